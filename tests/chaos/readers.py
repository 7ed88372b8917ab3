"""Readers of one page, in a process of their own: how long each of them waited, and what they were answered.

python -m tests.chaos.readers PORT PATH SECONDS READERS EVERY       prints JSON; SIGTERM ends it before its time

Each holds its connection open. Where EVERY is 0 they ask again as soon as they are answered. Else each asks every so
many seconds, and a wait is counted from when it was due: a server that stalls is not asked any less for it.
"""

from __future__ import annotations

import json
import selectors
import signal
import socket
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

WARM_UP = 0.5  # seconds whose waits are not told
AGAIN = 0.05  # seconds until somebody whose connection broke tries again
NO_ANSWER = 0  # as a status


@dataclass
class Reader:
    due: float
    connection: socket.socket | None = None
    asking: bool = False
    got: bytearray = field(default_factory=bytearray)


class Reading:
    """`count` of them; the waits in seconds, and the statuses, of all that was answered within `last`."""

    def __init__(self, port: int, path: str, count: int, every: float = 0.0) -> None:
        self.port, self.every, self.ended = port, every, False
        lines = (f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Accept-Encoding: gzip", "", "")
        self.request = "\r\n".join(lines).encode()
        self.chooser = selectors.DefaultSelector()
        now = time.perf_counter()
        self.readers = [Reader(now + every * number / count) for number in range(count)]
        self.forget()

    def forget(self) -> None:
        self.waits: list[float] = []
        self.statuses: Counter[int] = Counter()

    def end(self, *_: object) -> None:
        self.ended = True

    def last(self, seconds: float) -> None:
        end = time.perf_counter() + seconds
        while (now := time.perf_counter()) < end and not self.ended:
            resting = [reader for reader in self.readers if not reader.asking]
            for reader in resting:
                if reader.due <= now:
                    self._ask(reader)
            soon = min((reader.due for reader in resting if not reader.asking), default=end)
            for key, _ in self.chooser.select(max(0.0, min(soon, end) - time.perf_counter())):
                self._hear(key.data)

    def leave(self) -> None:
        for reader in self.readers:
            self._hang_up(reader)

    def _ask(self, reader: Reader) -> None:
        try:
            if reader.connection is None:
                reader.connection = socket.create_connection(("127.0.0.1", self.port), timeout=10)
                reader.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self.chooser.register(reader.connection, selectors.EVENT_READ, reader)
            reader.asking = True
            reader.connection.sendall(self.request)
        except OSError:
            self._broken(reader)

    def _hear(self, reader: Reader) -> None:
        assert reader.connection
        try:
            received = reader.connection.recv(1 << 18)
        except OSError:
            received = b""
        if not received and reader.asking:
            self._broken(reader)
        elif not received:  # whoever was silent for long is hung up on, and asks on another connection
            self._hang_up(reader)
        else:
            reader.got += received
            if reader.asking and (status := whole(reader.got)):
                self._answered(reader, status)

    def _answered(self, reader: Reader, status: int) -> None:
        now = time.perf_counter()
        self.waits.append(now - reader.due)
        self.statuses[status] += 1
        closing = b"\r\nconnection: close" in reader.got.lower()
        reader.asking, reader.got = False, bytearray()
        reader.due = reader.due + self.every if self.every else now
        if closing:
            self._hang_up(reader)
        elif reader.due <= now:
            self._ask(reader)

    def _broken(self, reader: Reader) -> None:
        self._hang_up(reader)
        self.statuses[NO_ANSWER] += 1
        reader.asking, reader.due = False, time.perf_counter() + AGAIN

    def _hang_up(self, reader: Reader) -> None:
        if reader.connection:
            if reader.connection in self.chooser.get_map():
                self.chooser.unregister(reader.connection)
            reader.connection.close()
        reader.connection, reader.got = None, bytearray()


def whole(got: bytes | bytearray) -> int:
    """The status of an answer that has come to its end; 0 of one that has not."""
    end = got.find(b"\r\n\r\n")
    if end < 0:
        return 0
    at = got.lower().find(b"\r\ncontent-length:", 0, end)
    length = int(got[at + 17 : got.index(b"\r", at + 2)]) if at >= 0 else 0
    return int(got.split(maxsplit=2)[1]) if len(got) >= end + 4 + length else 0


def main() -> None:
    port, path, seconds, count, every = sys.argv[1:]
    reading = Reading(int(port), path, int(count), float(every))
    signal.signal(signal.SIGTERM, reading.end)
    reading.last(WARM_UP)
    reading.forget()
    began = time.perf_counter()
    reading.last(float(seconds))
    told = {"waits": reading.waits, "statuses": reading.statuses, "seconds": time.perf_counter() - began}
    reading.leave()
    print(json.dumps(told))


if __name__ == "__main__":
    main()
