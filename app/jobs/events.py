"""How every web process learns that a job has moved: it watches the database for commits of others.

SQLite counts them for us, so a wait costs microseconds each 50 ms and no writer has to tell.
"""

from __future__ import annotations

import threading
import time

from sqlalchemy import Engine

from app.commits import Commits

POLL_SECONDS = 0.05
STEADY_SECONDS = 0.25  # the pace of the rings where the database does not count commits


class Bell:
    """Rings when anything was committed: `seen = bell.wait(seen, timeout)` returns at the next ring or the timeout."""

    def __init__(self, engine: Engine) -> None:
        self.commits = Commits(engine)
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
        count = self.commits.count()
        return int(time.monotonic() / STEADY_SECONDS) if count is None else count
