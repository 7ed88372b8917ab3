"""A fault at step N for N = 1, 2, … until none fires: each time in a forked process, on a fresh copy of a site.

Idea: SQLite's crash tests. What is left must be one of the legal states, which are known beforehand.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import sqlite3
import traceback
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

from flask import Flask

from app import create_app, failpoint
from app import db as database
from app.config import Settings
from app.db import db

State = dict[str, list[str]]
Work = Callable[[], object]

CHANCE = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?|'[\w-]{22}'")  # the clock, and ids that are drawn
MOST_STEPS, NEVER = 2000, 10**9
LONGEST = 60  # seconds of one strike


class Ground:
    """A site in `folder` that is put back to what it was before each strike."""

    def __init__(self, folder: Path) -> None:
        self.data, self.kept = folder / "data", folder / "kept"
        self.app: Flask = create_app(Settings(DATA=self.data, SECRET_KEY="k" * 40, JOB_ENGINE="none"))

    def furnish(self, work: Work) -> None:
        with self.app.test_request_context():
            work()
            db.session.remove()
            db.engine.dispose()
        shutil.copytree(self.data, self.kept)

    def put_back(self) -> None:
        shutil.rmtree(self.data)
        shutil.copytree(self.kept, self.data)

    def strike(self, work: Work, number: int, deed: str) -> bool:
        """Do the work in a process that ends, or fails, at its step `number`; False when it has not so many."""
        self.put_back()
        return self._done(work, number, deed)

    def go_on(self, work: Work) -> None:
        """Do the work undisturbed, on what a strike has left."""
        assert not self._done(work, NEVER, "exit")

    def _done(self, work: Work, number: int, deed: str) -> bool:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of forking beside threads, which the child has not
            child = os.fork()
        if child == 0:
            self._in_child(work, number, deed)
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        assert code in (0, 1, failpoint.EXIT_STATUS), f"step {number}: ended with {code}"
        return code != 0

    def _in_child(self, work: Work, number: int, deed: str) -> None:
        """Never returns: what is to be done after tests is the parent's to do."""
        code = 2
        try:
            signal.alarm(LONGEST)
            with self.app.test_request_context():
                database.listen_for_failpoints()
                failpoint.arm(failpoint.ANY, number, deed)
                with contextlib.suppress(failpoint.Failed):
                    work()
            code = 0 if failpoint.passed is not failpoint._nothing else 1  # it is armed still, or it was passed
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)


def strikes(ground: Ground, work: Work, deed: str, every: int = 1) -> Iterator[int]:
    """The numbers of the steps at which it was struck, with the site as that has left it."""
    for number in range(1, MOST_STEPS, every):
        if not ground.strike(work, number, deed):
            return
        yield number
    raise AssertionError("there is no end to its steps")


def state(data: Path) -> State:
    """Every row of every table, but for what clocks and chance decide; and the names of the files that are whole."""
    with contextlib.closing(sqlite3.connect(data / "playpress.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        tables = [name for (name,) in named if not name.startswith(("sqlite_", "post_words"))]
        rows = {name: [_row(row) for row in connection.execute(f'SELECT * FROM "{name}"')] for name in tables}
        words = connection.execute("SELECT rowid FROM post_words WHERE post_words MATCH 'struck'").fetchall()
    return {**{name: sorted(found) for name, found in rows.items()}, "found": [str(row) for row in words]}


def lacking(data: Path) -> list[str]:
    """Files that rows name and that are not there."""
    with contextlib.closing(sqlite3.connect(data / "playpress.db")) as connection:
        keys = [key for (key,) in connection.execute("SELECT key FROM job_pictures")]
    return [key for key in keys if not (data / "pictures" / key[:2] / key).is_file()]


def _row(row: tuple[object, ...]) -> str:
    return CHANCE.sub("…", repr(row))
