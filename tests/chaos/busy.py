"""Who else is at a site while readers read: an author who saves, readers who send photographs, who signs in."""

from __future__ import annotations

import contextlib
import http.client
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

from tests.chaos import multipart, uploads
from tests.chaos.clients import FORM, Visitor
from tests.chaos.server import Server

MEASURING = "/api/v1/demos/gram-matrix/jobs"


class Editor:
    """An author who saves one post; how long each save took, and how many were refused."""

    def __init__(self, server: Server) -> None:
        self.visitor, self.address, self.version = Visitor(lambda: server.port), "/admin/posts", 0
        self.seconds: list[float] = []
        self.refused = 0
        self.visitor.sign_in()

    def save(self) -> None:
        number, began = len(self.seconds), time.monotonic()
        text = "\n\n".join(f"Paragraph {line} of text {number}, with *emphasis* and `code`." for line in range(30))
        fields = {"title": "Edited", "slug": "edited", "source": text, "status": "published", "tags": "edited"}
        form = fields | {"version": str(self.version), "token": self.visitor.token}
        status, told = self.visitor.ask("POST", self.address, urlencode(form))
        self.seconds.append(time.monotonic() - began)
        if status in (200, 201):
            self.address, self.version = told.get("url", self.address), told["version"]
        else:
            self.refused += 1


class Uploaders:
    """Readers at sixty addresses who each send in a photograph when it is their turn; counts how they were answered."""

    def __init__(self, server: Server) -> None:
        self.server, self.sent = server, 0
        self.statuses: Counter[int] = Counter()
        photographs = [uploads.saved(uploads.noise(640, 480, seed), "JPEG", quality=80) for seed in range(40)]
        self.bodies = [multipart.form(multipart.part("picture", data, "photo.jpg")) for data in photographs]
        self.pool = ThreadPoolExecutor(16)

    def send(self) -> None:
        self.pool.submit(self._send, self.sent)
        self.sent += 1

    def _send(self, number: int) -> None:
        body, address = self.bodies[number % len(self.bodies)], f"127.0.1.{number % 60 + 1}"
        self.statuses[ask_from(address, self.server, MEASURING, body, multipart.TYPE)] += 1


def signing_in(server: Server, passwords: dict[str, str], statuses: Counter[int]) -> None:
    """All of them at once, each from an address of its own; returns when all are answered."""

    def enter(number: int, name: str) -> int:
        body = urlencode({"name": name, "password": passwords[name]})
        return ask_from(f"127.0.2.{number + 1}", server, "/admin/sign-in", body.encode(), FORM)

    with ThreadPoolExecutor(len(passwords)) as pool:
        statuses.update(pool.map(enter, range(len(passwords)), passwords))


def ask_from(address: str, server: Server, path: str, body: bytes, kind: str) -> int:
    """The status of a POST from an address of this machine; 0 where the connection breaks."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60, source_address=(address, 0))
    with contextlib.closing(connection):
        try:
            connection.request("POST", path, body, {"Content-Type": kind, "Accept": "application/json"})
            answer = connection.getresponse()
            answer.read()
            return answer.status
        except (OSError, http.client.HTTPException):
            return 0
