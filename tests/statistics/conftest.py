"""A site whose visits are noted, and counted when a test says so; its day is the test's to say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import Client

from app.blog import editing
from app.blog.manuscript import Manuscript
from app.statistics import ledger, visit
from app.statistics.hearing import Hearing

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


class Day:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 12, tzinfo=UTC)

    @property
    def today(self) -> date:
        return self.now.date()

    def turn(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def day(monkeypatch: pytest.MonkeyPatch) -> Day:
    day = Day()
    monkeypatch.setattr(ledger, "today", lambda: day.today)
    monkeypatch.setattr(visit.time, "time", lambda: day.now.timestamp())
    return day


@pytest.fixture
def hearing(app: Flask, day: Day) -> Hearing:
    """It listens, and nothing is written but by a test."""
    hearing: Hearing = app.extensions["statistics"]
    hearing.listening = True
    with app.test_request_context():
        for title in ("One", "Two"):
            editing.create(Manuscript(title=title, source="Text.", status="published"))
        editing.create(Manuscript(title="About", source="Text.", kind="page", status="published", slug="about"))
        editing.create(Manuscript(title="Hidden", source="Text."))
    return hearing


@pytest.fixture
def read(app: Flask, hearing: Hearing) -> Callable[..., int]:
    """read(path, address, **headers) asks as a browser does and gives the status; a form is sent."""

    def read(path: str, address: str = "10.0.0.1", form: dict[str, str] | None = None, **headers: Any) -> int:
        asked = {"User-Agent": BROWSER} | {name.replace("_", "-"): value for name, value in headers.items()}
        whose, method = {"REMOTE_ADDR": address}, "POST" if form else "GET"
        client = Client(app.wsgi_app, use_cookies=False)
        return client.open(path, method=method, data=form, headers=asked, environ_overrides=whose).status_code

    return read
