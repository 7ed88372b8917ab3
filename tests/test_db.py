from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import Flask
from sqlalchemy import text

from app.db import UtcTime, db, writing


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


def test_times_come_back_as_utc() -> None:
    kind = UtcTime()
    noon_in_delhi = datetime(2026, 11, 23, 12, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    kept = kind.process_bind_param(noon_in_delhi, None)
    assert kind.process_result_value(kept, None) == datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
