"""One writer at a time among all threads and processes of a site, each for at most so long in line.

SQLite keeps writers apart by itself, but from 3.7.0 to 3.51.2 it can damage a database whose log of writes is worked
into it by one connection while another begins that log anew (sqlite.org/wal.html#walresetbug). Both are done by
writers only: working in at the end of a commit, beginning anew with the first page of the next one. So whoever holds
this lock from before the transaction until after it can never meet the other, and the log may be worked in as ever.
It also wakes the next writer at once, where SQLite's own waiting sleeps for up to a tenth of a second.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from app.errors import others_write

ENDING = "-writing"  # of the lock's name beside the database, where nothing but locks is ever kept in it
SHORTEST_SLEEP, LONGEST_SLEEP = 0.0005, 0.01  # between two tries for what another process has

_locks: dict[Path, WriteLock] = {}


class WriteLock:
    """Beside one database; the threads of this process stand in line before the one that asks other processes."""

    def __init__(self, file: Path) -> None:
        self.file, self.threads = file, threading.Lock()

    @contextmanager
    def held(self, seconds: float) -> Iterator[float]:
        """Inside, nobody else writes. Gives how many of the `seconds` are left; raises Busy after them."""
        deadline = time.monotonic() + seconds
        if not self.threads.acquire(timeout=seconds):
            raise others_write()
        try:
            # Opened anew each time: a child that was forked in between shares nothing, and a lock that somebody
            # removed is there again. Closing it lets go, and so does dying.
            descriptor = os.open(self.file, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            try:
                _lock(descriptor, deadline)
                yield deadline - time.monotonic()
            finally:
                os.close(descriptor)
        finally:
            self.threads.release()


def of(engine: Engine) -> WriteLock | None:
    """The one beside a database that is a file; others have none."""
    name = engine.url.database if engine.dialect.name == "sqlite" else None
    if not name or name == ":memory:":
        return None
    file = Path(name + ENDING)
    return _locks.get(file) or _locks.setdefault(file, WriteLock(file))


def _lock(descriptor: int, deadline: float) -> None:
    sleep = SHORTEST_SLEEP
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise others_write() from None
        time.sleep(sleep)
        sleep = min(2 * sleep, LONGEST_SLEEP)
