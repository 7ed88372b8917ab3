"""Nothing that tells one visitor from another outlives its day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.config import Settings
from app.db import db
from app.statistics import ledger
from app.statistics.hearing import Hearing
from app.statistics.models import VisitDay, VisitMark, VisitReferrer, VisitSalt
from app.statistics.visit import Visit
from tests.statistics.conftest import BROWSER, Day

Read = Callable[..., int]


def kept(app: Flask, table: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_with_the_day_go_its_salt_and_its_marks(app: Flask, hearing: Hearing, read: Read, day: Day) -> None:
    read("/posts/one")
    hearing.write()
    assert kept(app, VisitSalt) == 1
    assert kept(app, VisitMark) == 2  # of the page and of the site
    with app.app_context():
        mark = db.session.scalar(select(VisitMark.visitor).limit(1))
        salt = db.session.scalar(select(VisitSalt.salt))
        assert mark and salt
    day.turn(days=1)
    hearing.write()  # nobody has come since
    assert kept(app, VisitSalt) == kept(app, VisitMark) == 0
    assert kept(app, VisitDay) == 2
    data = app.config["SETTINGS"].DATA
    assert not holds(data, app, mark)
    assert not holds(data, app, salt)


def holds(data: Path, app: Flask, secret: bytes) -> bool:
    """Whether a file of the site still has these bytes, once the log of writes is worked into the database."""
    with app.app_context(), db.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    return any(secret in file.read_bytes() for file in data.rglob("*") if file.is_file())


def test_a_visitor_comes_anew_on_every_day(app: Flask, hearing: Hearing, read: Read, day: Day) -> None:
    for _ in range(3):
        read("/posts/one")
        read("/posts/one")
        hearing.write()
        day.turn(days=1)
    with app.app_context():
        rows = db.session.scalars(select(VisitDay).where(VisitDay.page == "/posts/one"))
        assert [(row.views, row.visitors) for row in rows] == [(2, 1)] * 3


def test_marks_of_two_pages_do_not_tell_that_one_visitor_read_both() -> None:
    both = Visit("/a", date(2026, 3, 1), "10.0.0.1", BROWSER, "")
    salt = b"s" * 32
    assert both.mark(salt, "/a") != both.mark(salt, "/b")
    assert both.mark(salt, "/a") != both.mark(b"t" * 32, "/a")
    assert both.mark(salt, "/a") == both._replace(page="/b", referrer="example.org").mark(salt, "/a")


def test_neither_address_nor_browser_is_anywhere(app: Flask, hearing: Hearing, read: Read, settings: Settings) -> None:
    read("/posts/one", "203.0.113.77", Referer="https://example.org/whose/secret-path")
    hearing.write()
    for secret in (b"203.0.113.77", b"Gecko", b"secret-path"):
        assert not holds(settings.DATA, app, secret)


def test_who_invents_referrers_fills_no_database(app: Flask, day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "MOST_HOSTS", 5)
    with app.app_context():
        for batch in range(4):
            ledger.keep(Visit("/", day.today, "1", BROWSER, f"h{batch}-{n}.example") for n in range(3))
        rows = {row.host: row.views for row in db.session.scalars(select(VisitReferrer))}
    assert len(rows) == 6
    assert (sum(rows.values()), rows[ledger.ELSEWHERE]) == (12, 7)
