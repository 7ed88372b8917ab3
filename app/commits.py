"""How a process notices that anything was committed: SQLite counts the commits of others, and telling costs 10 µs."""

from __future__ import annotations

import threading

from sqlalchemy import Engine, PoolProxiedConnection


class Commits:
    """`count()` changes with every commit to the database, whichever process or thread makes it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.lock = threading.Lock()
        self.connection: PoolProxiedConnection | None = None  # its own: the count leaves out the asker's own commits

    def count(self) -> int | None:
        """A number to compare with an earlier one; None where the database does not count."""
        if self.engine.dialect.name != "sqlite":
            return None
        with self.lock:
            if self.connection is None:
                self.connection = self.engine.raw_connection()  # no transaction of ours, or the count would stand still
            return int(self.connection.cursor().execute("PRAGMA data_version").fetchone()[0])
