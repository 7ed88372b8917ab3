"""Readers who ask for one address as fast as they are answered, from a process of their own.

python -m benchmarks.load PORT PATH SECONDS READERS [HEADER …]      prints JSON
"""

from __future__ import annotations

import json
import selectors
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

WARM_UP = 1.0


@dataclass(frozen=True)
class Load:
    """What came of it: answers a second, and how long readers waited, in milliseconds."""

    a_second: float
    p50: float
    p95: float
    status: int
    bytes: int  # of one answer's content, as it travelled


@dataclass
class Reader:
    connection: socket.socket
    asked: float = 0.0
    got: bytes = b""


def measure(port: int, path: str, seconds: float, readers: int, *headers: str, core: int | None = None) -> Load:
    """In a process of its own, on a core of its own where one is named."""
    command = [sys.executable, "-m", "benchmarks.load", str(port), path, str(seconds), str(readers), *headers]
    pinned = [] if core is None else ["taskset", "-c", str(core)]
    root = Path(__file__).parents[1]
    said = subprocess.run(pinned + command, cwd=root, check=True, capture_output=True, text=True).stdout
    return Load(**json.loads(said))


def main() -> None:
    port, path, seconds, readers, *headers = sys.argv[1:]
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Accept-Encoding: gzip", *headers]
    request = "\r\n".join([*lines, "", ""]).encode()
    _ask(int(port), request, WARM_UP, int(readers))
    started = time.perf_counter()
    waits, last = _ask(int(port), request, float(seconds), int(readers))
    elapsed = time.perf_counter() - started
    waits.sort()
    head, _, content = last.partition(b"\r\n\r\n")
    print(
        json.dumps(
            {
                "a_second": len(waits) / elapsed,
                "p50": waits[len(waits) // 2] * 1000,
                "p95": waits[len(waits) * 95 // 100] * 1000,
                "status": int(head.split()[1]),
                "bytes": len(content),
            }
        )
    )


def _ask(port: int, request: bytes, seconds: float, count: int) -> tuple[list[float], bytes]:
    """Every reader's waits in seconds, and the last answer whole."""
    waits, last, clock = list[float](), b"", time.perf_counter
    chooser = selectors.EpollSelector()
    for _ in range(count):
        reader = Reader(socket.create_connection(("127.0.0.1", port)))
        reader.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        chooser.register(reader.connection, selectors.EVENT_READ, reader)
        reader.asked = clock()
        reader.connection.sendall(request)
    end = clock() + seconds
    while clock() < end:
        for key, _ in chooser.select():
            reader = key.data
            received = reader.connection.recv(1 << 18)
            if not received:
                raise ConnectionError("The server hung up.")
            reader.got += received
            if _is_whole(reader.got):
                now = clock()
                waits.append(now - reader.asked)
                last, reader.got, reader.asked = reader.got, b"", now
                reader.connection.sendall(request)
    for key in list(chooser.get_map().values()):
        key.data.connection.close()
    return waits, last


def _is_whole(got: bytes) -> bool:
    end = got.find(b"\r\n\r\n")
    if end < 0:
        return False
    if got.startswith(b"HTTP/1.1 304"):
        return True
    at = got.lower().find(b"content-length:", 0, end)
    return at >= 0 and len(got) - end - 4 >= int(got[at + 15 : got.index(b"\r", at)])


if __name__ == "__main__":
    main()
