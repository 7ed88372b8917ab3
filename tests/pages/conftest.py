"""Two processes of one site, a clock to turn by hand, and the same application with nothing in front of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import Client

from app import create_app
from app.blog import archive, editing
from app.blog.manuscript import Manuscript
from app.config import Settings
from app.db import db
from app.pages import Pages


class Clock:
    """Stands until it is turned."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC).replace(microsecond=0)

    def turn(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def datetime(self) -> datetime:
        return self.now

    def time(self) -> float:
        return self.now.timestamp()


def pages_of(app: Flask) -> Pages:
    pages = app.wsgi_app.inner  # inside of what counts visits
    assert isinstance(pages, Pages)
    return pages


def uncached(app: Flask) -> Client:
    """A reader whom the application itself answers."""
    return Client(pages_of(app).inner)


@pytest.fixture
def apps(app: Flask, settings: Settings) -> Iterator[list[Flask]]:
    """Two applications as two processes would have them: one database, and nothing else in common."""
    other = create_app(settings)
    yield [app, other]
    other.extensions["jobs"].stop()
    with other.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def clock(apps: list[Flask], monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(archive, "now", clock.datetime)
    for app in apps:
        pages_of(app).watch.clock = clock.time
    return clock


@pytest.fixture
def publish(app: Flask) -> Callable[..., int]:
    """publish("Title", "Text", tags=("one",)) puts a post up and gives its id."""

    def publish(title: str = "A post", source: str = "First paragraph.", **fields: Any) -> int:
        with app.test_request_context():
            handed_in = Manuscript(**{"title": title, "source": source, "status": "published", **fields})
            return editing.create(handed_in).id

    return publish
