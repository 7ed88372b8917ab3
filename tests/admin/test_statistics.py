from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from flask import Flask

from app.admin.chart import MOST_BARS, of_days
from app.db import writing
from app.statistics.ledger import today
from app.statistics.models import WHOLE_SITE, VisitDay, VisitReferrer
from app.statistics.summary import Counts
from tests.admin.conftest import Author


def visited(app: Flask, page: str, views: int, visitors: int, days_ago: int = 0, runs: int = 0) -> None:
    with app.app_context(), writing() as session:
        day = today() - timedelta(days=days_ago)
        session.add(VisitDay(day=day, page=page, views=views, visitors=visitors, runs=runs))


def test_an_empty_site_says_so(author: Author) -> None:
    page = author.client.get("/admin/statistics").text
    assert "Nobody has been counted" in page
    assert "<rect" not in page


def test_counts_are_told_in_numbers_and_in_bars(app: Flask, author: Author) -> None:
    author.write(title="Read a lot", source="Text.")
    visited(app, "/posts/read-a-lot", 1200, 30, runs=7)
    visited(app, "/", 3, 2)
    visited(app, "/demos/style-transfer", 2, 1)
    visited(app, WHOLE_SITE, 1203, 31, runs=7)
    visited(app, WHOLE_SITE, 55, 5, days_ago=30)
    with app.app_context(), writing() as session:
        session.add(VisitReferrer(day=today(), host="example.org", views=17))
    page = author.client.get("/admin/statistics").text
    row = page[page.index(">Read a lot</a>") :]
    assert re.findall(r'number">([\d,–]+)<', row)[:3] == ["1,200", "30", "7"]
    assert "Home page" in page
    assert '<a href="/demos/style-transfer">Style transfer</a>' in page
    assert "55 in the 30 days before" in page
    assert "example.org" in page
    assert page.count('<rect class="views"') == 1


def test_a_post_is_one_row_whatever_its_address_was(app: Flask, author: Author) -> None:
    url = author.write(title="Moved", source="Text.", slug="first")
    visited(app, "/posts/first", 4, 1)
    author.post(url, title="Moved", source="Text.", slug="second", status="published", version=1)
    visited(app, "/posts/second", 5, 2)
    page = author.client.get("/admin/statistics?days=7").text
    assert page.count(">Moved</a>") == 1
    assert re.findall(r'number">([\d,–]+)<', page[page.index(">Moved</a>") :])[:2] == ["9", "3"]


def test_a_stretch_that_is_none_is_refused(author: Author) -> None:
    answer = author.client.get("/admin/statistics?days=9")
    assert (answer.status_code, "7, 30 or 365" in answer.text) == (404, True)


@pytest.mark.parametrize("length", [1, 7, MOST_BARS, MOST_BARS + 1, 365])
def test_bars_lose_nothing_and_stay_within_the_drawing(length: int) -> None:
    first = date(2026, 1, 1)
    days = [(first + timedelta(days=n), Counts(n * 7 % 31, n * 7 % 31 // 2, 0)) for n in range(length)]
    chart = of_days(days)
    assert sum(bar.counts.views for bar in chart.bars) == sum(counts.views for _, counts in days)
    assert chart.weeks == (length > MOST_BARS)
    assert len(chart.bars) == (length // 7 if chart.weeks else length)
    highest = max(bar.counts.views for bar in chart.bars)
    assert highest <= chart.top <= max(1, 2 * highest)
    for left, right in zip(chart.bars, chart.bars[1:], strict=False):
        assert left.x + left.width < right.x
    assert chart.bars[-1].x + chart.bars[-1].width <= 1000
    for bar in chart.bars:
        assert 0 <= bar.visitors <= bar.views <= 100
        assert bar.views == pytest.approx(100 * bar.counts.views / chart.top, abs=0.01)
