from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from app import db as database
from app.db import UtcTime, db, writing
from app.errors import Busy, DiskFull


@pytest.fixture
def counter(app: Flask) -> Flask:
    with app.app_context(), writing() as session:
        session.execute(text("CREATE TABLE counter (n INTEGER)"))
        session.execute(text("INSERT INTO counter VALUES (0)"))
    return app


def test_writers_that_read_first_lose_nothing(counter: Flask) -> None:
    """Eight threads read a number and write the next one; without the lock from the start most would fail."""

    def count() -> None:
        with counter.app_context():
            for _ in range(25):
                with writing() as session:
                    n = session.scalar(text("SELECT n FROM counter"))
                    session.execute(text("UPDATE counter SET n = :n"), {"n": n + 1})

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with counter.app_context():
        assert db.session.scalar(text("SELECT n FROM counter")) == 200


def test_an_error_leaves_nothing_half_written(counter: Flask) -> None:
    with counter.app_context():
        with pytest.raises(ZeroDivisionError), writing() as session:
            session.execute(text("UPDATE counter SET n = 7"))
            raise ZeroDivisionError
        assert db.session.scalar(text("SELECT n FROM counter")) == 0


@pytest.mark.parametrize(("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)])
def test_sqlite_is_set_up_to_keep_what_it_confirmed(app: Flask, pragma: str, value: object) -> None:
    with app.app_context():
        assert db.session.scalar(text(f"PRAGMA {pragma}")) == value


HOLD = """
import fcntl, os, sqlite3, sys
if sys.argv[1] == "lock":
    file = os.open(sys.argv[2] + "-writing", os.O_CREAT | os.O_RDWR)
    fcntl.flock(file, fcntl.LOCK_EX)
else:
    connection = sqlite3.connect(sys.argv[2], isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture(params=["lock", "sqlite"])
def elsewhere(request: pytest.FixtureRequest, counter: Flask) -> Iterator[subprocess.Popen[str]]:
    """Another process that writes, and knows of our lock or does not; it ends when its input does."""
    with counter.app_context():
        file = str(db.engine.url.database)
    command = [sys.executable, "-c", HOLD, request.param, file]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout and process.stdin and process.stdout.readline() == "held\n"
    yield process
    process.stdin.close()
    process.wait()
    process.stdout.close()


def test_whoever_finds_another_writing_for_too_long_is_told_and_readers_are_not_held(
    counter: Flask, elsewhere: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "WAIT_SECONDS", 0.3)
    with counter.app_context():
        db.engine.dispose()  # new connections, with the shorter waiting
        with pytest.raises(Busy, match="nothing was changed") as told, writing() as session:
            session.execute(text("UPDATE counter SET n = 1"))
        assert told.value.retry_after
        assert db.session.scalar(text("SELECT n FROM counter")) == 0
        assert elsewhere.stdin
        elsewhere.stdin.close()
        elsewhere.wait()
        with writing() as session:
            session.execute(text("UPDATE counter SET n = 2"))
        assert db.session.scalar(text("SELECT n FROM counter")) == 2


def test_who_has_stood_in_line_before_does_not_wait_as_long_again(
    counter: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    with counter.app_context():
        monkeypatch.setattr(database, "alone", lambda engine: nullcontext(0.25))
        with db.engine.connect() as connection:
            connection.connection.dbapi_connection.set_trace_callback(asked.append)  # type: ignore[union-attr]
        with writing() as session:
            session.execute(text("UPDATE counter SET n = 3"))
    told = [statement for statement in asked if "busy_timeout" in statement or "IMMEDIATE" in statement]
    assert told == ["PRAGMA busy_timeout=250", "BEGIN IMMEDIATE", "PRAGMA busy_timeout=5000"]


def test_every_write_of_the_site_holds_the_lock(counter: Flask) -> None:
    """SQLite 3.7.0 to 3.51.2 can damage the database otherwise; so what commits is `writing`, and migrations."""
    root = Path(__file__).parents[1]
    files = [file for file in (root / "app").rglob("*.py") if ".commit(" in file.read_text()]
    assert files == [root / "app" / "db.py"]
    assert "with alone(" in (root / "migrations" / "env.py").read_text()
    with counter.app_context(), writing():
        lock = os.open(f"{db.engine.url.database}-writing", os.O_RDWR)
        with pytest.raises(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(lock)


def test_a_full_disk_changes_nothing_and_is_told(counter: Flask) -> None:
    with counter.app_context():
        pages = db.session.scalar(text("PRAGMA page_count"))
        db.engine.dispose()
        with pytest.raises(DiskFull, match="nothing was changed"), writing() as session:
            session.execute(text(f"PRAGMA max_page_count={pages}"))
            session.execute(text("UPDATE counter SET n = 9"))
            session.execute(text("INSERT INTO counter SELECT randomblob(100000)"))
        assert db.session.scalars(text("SELECT n FROM counter")).all() == [0]
        db.engine.dispose()
        with writing() as session:
            session.execute(text("INSERT INTO counter SELECT 1"))


def test_times_come_back_as_utc() -> None:
    kind = UtcTime()
    noon_in_delhi = datetime(2026, 11, 23, 12, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    kept = kind.process_bind_param(noon_in_delhi, None)
    assert kind.process_result_value(kept, None) == datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
