from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask

from app.admin.demos import seconds
from tests.admin.conftest import Author


@dataclass
class Busy:
    """A demo's week, as jobs would tell it."""

    demo: str = "style-transfer"
    title: str = "Style transfer"
    today: int = 3
    week: int = 1234
    waiting: int = 2
    wait: tuple[float, float] | None = (0.4, 31.0)
    run: tuple[float, float] | None = None
    failed: float = 0.0125
    cached: float = 0.4
    choices: dict[str, Any] = field(
        default_factory=lambda: {"size": [("384", 0.7), ("512", 0.2), ("1024", 0.1)], "goal": [("both", 0.99)]}
    )


@dataclass
class Handed:
    found: list[Busy]
    alive: bool = True

    def loads(self) -> list[Busy]:
        return self.found

    def worker_alive(self) -> bool:
        return self.alive

    def reported(self) -> list[Any]:
        return []


def test_a_week_without_runs_says_so(author: Author) -> None:
    assert "No demo was asked for" in author.client.get("/admin/demos").text


def test_the_table_tells_a_demos_week(app: Flask, author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.extensions, "admin", Handed([Busy()]))
    page = author.client.get("/admin/demos").text
    for told in ("Style transfer", "1,234", "0.4 s", "31 s", "1.2 %", "40 %", "384", "70 %", "–"):
        assert told in page
    assert "1024" not in page
    assert "Left as they stand: goal." in page
    assert "No worker" not in page


def test_a_site_without_a_worker_is_told(app: Flask, author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.extensions, "admin", Handed([Busy()], alive=False))
    assert "No worker is running" in author.client.get("/admin/demos").text


@pytest.mark.parametrize(("value", "words"), [(0.04, "0.0 s"), (9.94, "9.9 s"), (31.4, "31 s"), (600, "10 min")])
def test_seconds_in_words(value: float, words: str) -> None:
    assert seconds(value) == words
