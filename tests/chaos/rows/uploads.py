"""Ten thousand hostile uploads to the real server, one after the other."""

from __future__ import annotations

import http.client
import json
import time
from collections import Counter

from tests.chaos import multipart, uploads
from tests.chaos.rows.outcome import Outcome, percentile, site
from tests.chaos.server import Server

ID, DEED = "H-01", "hostile uploads: whole, damaged and noise"
NUMBER = 10_000
API = "/api/v1/demos/gram-matrix/jobs"
SLOWEST, GROWTH = 2.0, 50 << 20  # seconds at the 99th percentile; bytes of memory of the server, after a warm-up
WARM = 200


def measured(scale: float, seed: int) -> Outcome:
    outcome = Outcome()
    with site(outcome) as server:
        statuses, seconds, growth = _bombard(server, seed, int(NUMBER * scale), outcome)
    slow = percentile(seconds, 0.99)
    outcome.broken += [f"99 % within {slow:.2f} s"] if slow > SLOWEST else []
    outcome.broken += [f"{growth >> 20} MB more memory"] if growth > GROWTH else []
    outcome.figures |= {
        "uploads": f"{len(seconds):,}",
        "taken in": f"{statuses[200] + statuses[202]:,}",
        "refused with a sentence": f"{statuses[422]:,}",
        "answers of 500": f"{sum(count for status, count in statuses.items() if status >= 500):,}",
        "half and 99 % within": f"{percentile(seconds, 0.5):.3f} s · {slow:.3f} s",
        "memory of the server": f"+{growth / 2**20:.1f} MB",
    }
    return outcome


def _bombard(server: Server, seed: int, number: int, outcome: Outcome) -> tuple[Counter[int], list[float], int]:
    statuses: Counter[int] = Counter()
    seconds: list[float] = []
    memory: list[int] = []
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    for count in range(number):
        name, data = uploads.upload(seed, count)
        began = time.monotonic()
        try:
            status, body = _send(connection, data)
        except (OSError, http.client.HTTPException) as error:
            status, body = 0, repr(error).encode()
            connection.close()
        seconds.append(time.monotonic() - began)
        statuses[status] += 1
        if status not in (200, 202, 422):
            outcome.broken.append(f"{seed}/{count} ({name}): {status} {body[:80]!r}")
        elif status == 202:
            _erase(connection, json.loads(body)["urls"]["self"])
        if count >= WARM and count % 100 == 0:
            memory.append(server.memory())
    memory.append(server.memory())
    connection.close()
    return statuses, seconds, max(memory) - memory[0]


def _send(connection: http.client.HTTPConnection, data: bytes) -> tuple[int, bytes]:
    body = multipart.form(multipart.part("picture", data, "photo.png"))
    connection.request("POST", API, body, {"Content-Type": multipart.TYPE})
    answer = connection.getresponse()
    return answer.status, answer.read()


def _erase(connection: http.client.HTTPConnection, path: str) -> None:
    """A run that waits is one more row to count for the next; they are not what is measured."""
    connection.request("DELETE", path)
    connection.getresponse().read()
