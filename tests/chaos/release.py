"""python -m tests.chaos.release: ten thousand hostile uploads to the real server, and a table of what it answered.

`--uploads` and `--seed` choose others; the exit status is 1 when a promise of docs/trust.md is broken.
"""

from __future__ import annotations

import argparse
import http.client
import json
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.chaos import multipart, uploads
from tests.chaos.server import Server, furnish

API = "/api/v1/demos/gram-matrix/jobs"
SLOWEST, GROWTH = 2.0, 50 << 20  # seconds at the 99th percentile; bytes of memory of the server, after a warm-up
WARM = 200


@dataclass
class Tally:
    """What was answered to so many uploads, and how fast."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)

    def percentile(self, share: float) -> float:
        return sorted(self.seconds)[min(len(self.seconds) - 1, int(share * len(self.seconds)))]

    @property
    def growth(self) -> int:
        return max(self.memory) - self.memory[0]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--uploads", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=2026)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        furnish(Path(folder))
        server = Server(Path(folder))
        try:
            tally = bombard(server, chosen.seed, chosen.uploads)
            wrong = server.unharmed()
        finally:
            server.stop()
    print(table(tally, wrong))
    return 1 if wrong or tally.broken or tally.percentile(0.99) > SLOWEST or tally.growth > GROWTH else 0


def bombard(server: Server, seed: int, number: int) -> Tally:
    tally, connection = Tally(), http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    for count in range(number):
        name, data = uploads.upload(seed, count)
        began = time.monotonic()
        try:
            status, body = send(connection, data)
        except (OSError, http.client.HTTPException) as error:
            status, body = 0, repr(error).encode()
            connection.close()
        tally.seconds.append(time.monotonic() - began)
        tally.statuses[status] += 1
        if status not in (200, 202, 422):
            tally.broken.append(f"{seed}/{count} ({name}): {status} {body[:80]!r}")
        elif status == 202:
            erase(connection, json.loads(body)["urls"]["self"])
        if count >= WARM and count % 100 == 0:
            tally.memory.append(server.memory())
    tally.memory.append(server.memory())
    return tally


def send(connection: http.client.HTTPConnection, data: bytes) -> tuple[int, bytes]:
    body = multipart.form(multipart.part("picture", data, "photo.png"))
    connection.request("POST", API, body, {"Content-Type": multipart.TYPE})
    answer = connection.getresponse()
    return answer.status, answer.read()


def erase(connection: http.client.HTTPConnection, path: str) -> None:
    """A run that waits is one more row to count for the next; they are not what is measured."""
    connection.request("DELETE", path)
    connection.getresponse().read()


def table(tally: Tally, wrong: list[str]) -> str:
    refused = tally.statuses[422]
    rows = {
        "Uploads": f"{len(tally.seconds):,}",
        "Taken in": f"{tally.statuses[200] + tally.statuses[202]:,}",
        "Refused with a sentence": f"{refused:,}",
        "Other answers": f"{len(tally.broken):,}",
        "Answers of 500": f"{sum(count for status, count in tally.statuses.items() if status >= 500):,}",
        "Harm to the server": "; ".join(wrong) or "none",
        "Seconds, half and 99 % of all within": f"{tally.percentile(0.5):.3f} · {tally.percentile(0.99):.3f}",
        "Slowest": f"{max(tally.seconds):.3f} s",
        "Memory of the server grew by": f"{tally.growth / 2**20:.1f} MB",
    }
    lines = [f"| {name} | {value} |" for name, value in rows.items()]
    return "\n".join(["| H-01 | |", "|---|---|", *lines, *(f"- {each}" for each in tally.broken[:20])])


if __name__ == "__main__":
    sys.exit(main())
