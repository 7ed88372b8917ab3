"""Clients of a site that may be killed at any moment: one who writes posts, one who edits them, a reader with runs."""

from __future__ import annotations

import http.client
import json
import random
import re
import secrets
import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from tests.chaos.history import Deed, History
from tests.chaos.server import NAME, PASSWORD

FORM = "application/x-www-form-urlencoded"
MODULUS = 1_000_003
DOWN_SECONDS = 0.1  # that a person, too, waits before trying again
DEMO = """
import time
from dataclasses import dataclass
from app.demos.base import Demo, Number, Update, asks

@dataclass(frozen=True)
class Inputs:
    n: int = asks(Number("N", 1, 10**9), 1)

DEMO = Demo(title="Squares", summary="Squares.", inputs=Inputs)

def run(inputs):
    for step in (1, 2):
        time.sleep({pause})
        yield Update(step / 2, {{"outcome": inputs.n * inputs.n % 1000003, "step": step}})
"""


class Visitor:
    """Sends requests to wherever the site is just now."""

    def __init__(self, port: Callable[[], int]) -> None:
        self.port, self.cookie, self.token, self.accept = port, "", "", "application/json"

    def ask(self, method: str, path: str, body: str | None = None, kind: str = FORM) -> tuple[int, Any]:
        """Status and what the JSON says, or the text. Raises OSError where the connection breaks."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port(), timeout=30)
        headers = {"Accept": self.accept, "Content-Type": kind, "Cookie": self.cookie}
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
            if found := answer.getheader("Set-Cookie"):
                self.cookie = found.partition(";")[0]
            return answer.status, json.loads(text) if answer.getheader("Content-Type", "").endswith("json") else text
        except http.client.HTTPException as error:
            raise ConnectionResetError(str(error)) from error
        finally:
            connection.close()

    def sign_in(self) -> None:
        self.ask("POST", "/admin/sign-in", urlencode({"name": NAME, "password": PASSWORD}))
        _, page = self.ask("GET", "/admin")
        found = re.search(r'name="token" value="(\w+)"', str(page))
        assert found, "not signed in"
        self.token = found[1]


class Clients:
    """Three of them, each in a thread, until `stop`."""

    def __init__(self, port: Callable[[], int], history: History, seed: int) -> None:
        self.history, self.stopping, self.chance = history, threading.Event(), random.Random(seed)
        self.author, self.reader = Visitor(port), Visitor(port)
        self.author.sign_in()
        self.posts: list[tuple[str, str]] = []  # address and key of those that were acknowledged
        self.slower = 0.0  # seconds between two of a client's deeds
        works = (self.write, self.edit, self.run)
        self.threads = [threading.Thread(target=self._until_stopped, args=(work,), daemon=True) for work in works]
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        self.stopping.set()
        for thread in self.threads:
            thread.join(60)

    def write(self) -> None:
        key = f"post-{secrets.token_hex(6)}"
        deed = Deed("text", key, secrets.token_hex(8))

        def send() -> bool:
            status, told = self.author.ask("POST", "/admin/posts", self._form(deed))
            if status == 201:
                self.posts.append((told["url"], key))
            return status == 201

        self.history.tell(deed, send)

    def edit(self) -> None:
        """Edits a post many times on end, each on the version that the last answer named."""
        if not self.posts:
            time.sleep(0.02)
            return
        (address, key), version = self.chance.choice(self.posts), 1
        for _ in range(10):
            deed = Deed("text", key, secrets.token_hex(8))

            def send(deed: Deed = deed, address: str = address) -> bool:
                nonlocal version
                status, told = self.author.ask("POST", address, self._form(deed, version))
                version = told.get("version", version)
                return status == 200

            if self.stopping.wait(self.slower if self.history.tell(deed, send) else DOWN_SECONDS):
                return

    def run(self) -> None:
        n = self.chance.randrange(1, 10**9)
        deed = Deed("run", "", str(n * n % MODULUS))

        def send() -> bool:
            body = json.dumps({"n": n})
            status, told = self.reader.ask("POST", "/api/v1/demos/squares/jobs", body, "application/json")
            deed.key = told.get("id", "") if status == 202 else ""
            return status == 202

        self.history.tell(deed, send)
        self.stopping.wait(0.15)

    def _form(self, deed: Deed, version: int = 0) -> str:
        """A post in which the same word stands in several fields: a half edit would show two."""
        word = deed.value
        fields = {"title": f"On {word}", "slug": deed.key, "description": word, "source": f"Text {word}.", "tags": word}
        return urlencode(fields | {"status": "published", "version": str(version), "token": self.author.token})

    def _until_stopped(self, work: Callable[[], None]) -> None:
        while not self.stopping.is_set():
            before = self.history.acknowledged()
            work()
            self.stopping.wait(self.slower if self.history.acknowledged() > before else DOWN_SECONDS)
