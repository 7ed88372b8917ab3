"""How every web process learns that a job has moved: it watches the database for commits of others.

SQLite counts them for us (`PRAGMA data_version`), so a wait costs a microsecond each 50 ms and no writer has to tell.
"""

from __future__ import annotations

import threading
import time

from sqlalchemy import Engine, PoolProxiedConnection

POLL_SECONDS = 0.05


class Bell:
    """Rings when anything was committed: `seen = bell.wait(seen, timeout)` returns at the next ring or the timeout."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.lock = threading.Lock()
        self.connection: PoolProxiedConnection | None = (
            None  # its own: the count leaves out the asking connection's commits
        )
        self.stopped = threading.Event()

    def wait(self, seen: int, timeout: float, stop: threading.Event | None = None) -> int:
        """The count of rings, as soon as it is not `seen`, at the latest after `timeout` or when told to stop."""
        deadline = time.monotonic() + timeout
        while (count := self._count()) == seen and time.monotonic() < deadline:
            if (stop or self.stopped).wait(POLL_SECONDS):
                break
        return count

    def stop(self) -> None:
        """Every wait returns at once from now on."""
        self.stopped.set()

    def _count(self) -> int:
        if self.engine.dialect.name != "sqlite":
            return int(time.monotonic() / 0.25)  # other databases do not count commits for us: ring at a steady pace
        with self.lock:
            if self.connection is None:
                self.connection = self.engine.raw_connection()  # no transaction of ours, or the count would stand still
            return int(self.connection.cursor().execute("PRAGMA data_version").fetchone()[0])
