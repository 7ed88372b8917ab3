"""What is counted and what is not, by counting alongside."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from random import Random

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.statistics.hearing import Hearing
from app.statistics.models import VisitDay, VisitReferrer
from tests.statistics.conftest import BROWSER

Read = Callable[..., int]
PAGES = ("/", "/posts/one", "/posts/two", "/about", "/demos/style-transfer")


def counts(app: Flask, hearing: Hearing) -> dict[str, tuple[int, int, int]]:
    """Views, visitors and runs by page; the whole site's under an empty name."""
    hearing.write()
    with app.app_context():
        rows = db.session.scalars(select(VisitDay))
        return {row.page: (row.views, row.visitors, row.runs) for row in rows}


def test_any_order_of_visits_is_counted_as_it_was(app: Flask, hearing: Hearing, read: Read) -> None:
    """The oracle keeps every visit, in sets; batches may end anywhere."""
    random, views, visitors = Random(5), Counter[str](), defaultdict[str, set[tuple[str, str]]](set)
    for _ in range(300):
        page, address = random.choice(PAGES), f"10.0.0.{random.randrange(6)}"
        agent = random.choice((BROWSER, BROWSER.replace("128", "129")))
        assert read(page, address, User_Agent=agent) == 200
        for counted in (page, ""):
            views[counted] += 1
            visitors[counted].add((address, agent))
        if random.random() < 0.05:
            hearing.write()
    expected = {page: (views[page], len(visitors[page]), 0) for page in views}
    assert counts(app, hearing) == expected


def test_a_page_that_the_browser_has_already_is_a_view_too(app: Flask, hearing: Hearing, read: Read) -> None:
    read("/posts/one")
    assert read("/posts/one", If_None_Match="*") == 304
    assert counts(app, hearing)["/posts/one"] == (2, 1, 0)


@pytest.mark.parametrize(
    "path", ["/posts/none", "/posts/hidden", "/feed.atom", "/one.md", "/archive", "/healthz", "/%ff"]
)
def test_what_is_no_page_of_the_blog_is_not_counted(app: Flask, hearing: Hearing, read: Read, path: str) -> None:
    read(path)
    assert counts(app, hearing) == {}


@pytest.mark.parametrize(
    "headers",
    [
        {"DNT": "1"},
        {"Sec_GPC": "1"},
        {"Sec_Purpose": "prefetch;prerender"},
        {"Cookie": "theme=dark; session=abc"},
        {"Cookie": "__Host-session=abc"},
        {"User_Agent": ""},
        {"User_Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"User_Agent": "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ClaudeBot/1.0)"},
        {"User_Agent": "curl/8.5.0"},
        {"User_Agent": "Mozilla/5.0 (X11) AppleWebKit/537.36 HeadlessChrome/120.0 Safari/537.36"},
    ],
)
def test_who_is_left_out(app: Flask, hearing: Hearing, read: Read, headers: dict[str, str]) -> None:
    assert read("/posts/one", **headers) == 200
    assert counts(app, hearing) == {}


@pytest.mark.parametrize(
    "agent",
    [
        BROWSER,
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0",
        "Mozilla/5.0 (Linux; Android 14; CUBOT X30) AppleWebKit/537.36 Chrome/126.0.0.0 Mobile Safari/537.36",
    ],
)
def test_readers_are_no_robots(app: Flask, hearing: Hearing, read: Read, agent: str) -> None:
    read("/posts/one", User_Agent=agent)
    assert counts(app, hearing)["/posts/one"] == (1, 1, 0)


def test_only_the_other_sites_name_is_kept(app: Flask, hearing: Hearing, read: Read) -> None:
    for referrer in (
        *("https://www.example.org/a?q=secret", "https://example.org", "https://News.example.org:8443/x"),
        *("http://localhost/posts/two", "android-app://some.app", "https://[bad", "https://under_score.example", ""),
    ):
        read("/posts/one", Referer=referrer)
    hearing.write()
    with app.app_context():
        found = {row.host: row.views for row in db.session.scalars(select(VisitReferrer))}
    assert found == {"example.org": 2, "news.example.org": 1}


def test_a_run_counts_for_the_page_it_was_started_from(app: Flask, hearing: Hearing, read: Read) -> None:
    start, accepted = "/demos/style-transfer/jobs", []
    for referrer in ("http://localhost/posts/one", "http://localhost/posts/one", "https://else.example/posts/one", ""):
        accepted.append(read(start, form={"content": "cat"}, Referer=referrer))
    assert accepted == [303] * 4
    found = counts(app, hearing)
    assert found["/posts/one"] == (0, 0, 2)
    assert found[""] == (0, 0, 2)


def test_nothing_is_noted_before_it_listens(app: Flask, hearing: Hearing, read: Read) -> None:
    hearing.listening = False
    read("/posts/one")
    assert not hearing.heard


def test_what_cannot_be_written_is_written_later(app: Flask, hearing: Hearing, read: Read) -> None:
    for _ in range(3):
        read("/posts/one")
    with app.app_context():
        VisitDay.__table__.drop(db.engine)  # type: ignore[attr-defined]
        hearing.write()
        assert len(hearing.heard) == 3
        VisitDay.__table__.create(db.engine)  # type: ignore[attr-defined]
    assert counts(app, hearing)["/posts/one"] == (3, 1, 0)


def test_a_server_that_stops_counts_what_it_heard_last(app: Flask, hearing: Hearing, read: Read) -> None:
    hearing.start()
    read("/posts/one")
    hearing.stop()
    with app.app_context():
        row = db.session.get(VisitDay, (hearing_day(app), "/posts/one"))
        assert row and row.views == 1


def hearing_day(app: Flask) -> object:
    return db.session.scalar(select(VisitDay.day).limit(1))
