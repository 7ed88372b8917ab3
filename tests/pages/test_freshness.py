"""Nothing stale, whoever edits and whoever asks: random walks with a clock to turn, and races in real time."""

from __future__ import annotations

import gzip
import random
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import Client

from app.blog import editing
from app.blog.manuscript import Manuscript
from app.blog.models import Post
from app.db import db, now, writing
from app.errors import AppError
from tests.pages.conftest import Clock, pages_of, uncached

Publish = Callable[..., int]
TAGS = ("one", "two")


class Walk:
    """An author and readers who do something, anything, in one of the two processes."""

    def __init__(self, apps: list[Flask], clock: Clock, seed: int) -> None:
        self.apps, self.clock, self.random = apps, clock, random.Random(seed)
        self.known: dict[str, str] = {}
        self.read = self.changed = 0

    def step(self) -> None:
        deeds = [self.write, self.edit, self.rerender, self.delete, self.wait] + [self.ask] * 8
        self.random.choice(deeds)()

    def manuscript(self) -> Manuscript:
        pick = self.random
        appears = self.clock.now + timedelta(seconds=pick.choice((-3600, -60, 0, 5, 30, 300)))
        status, kind = pick.choice(("published", "published", "draft")), pick.choice(("post", "post", "page"))
        name, tags = f"p{pick.randrange(6)}", tuple(tag for tag in TAGS if pick.random() < 0.5)
        text = f"Said {pick.random()} at once.\n\n" * 6
        series = pick.choice(("", "S"))
        return Manuscript(name, text, name, "", tags, series, status=status, published_at=appears, kind=kind)

    def write(self) -> None:
        self.author(lambda: editing.create(self.manuscript()))

    def edit(self) -> None:
        def change() -> None:
            if posts := editing.everything():
                post = self.random.choice(posts)
                editing.save(post.id, post.version, self.manuscript())

        self.author(change)

    def rerender(self) -> None:
        def change() -> None:
            with writing() as session:
                for post in session.query(Post):
                    post.html += " "

        self.author(change)

    def delete(self) -> None:
        self.author(lambda: [editing.delete(post.id) for post in editing.everything()[:1]])

    def author(self, deed: Callable[[], Any]) -> None:
        with self.random.choice(self.apps).test_request_context(), suppress(AppError):
            deed()
            self.changed += 1

    def wait(self) -> None:
        self.clock.turn(self.random.choice((0.5, 4.999999, 5, 29, 31, 300, -2)))

    def ask(self) -> None:
        """One reader at any address, who may have been there before: what they see is what Flask would say now."""
        app, pick = self.random.choice(self.apps), self.random
        names = [f"/{pick.choice(('posts/', ''))}p{n}" for n in range(6)]
        address = pick.choice([*names, *(f"/tags/{tag}" for tag in TAGS), "/", "/?page=2", "/feed.xml"])
        headers = {"Accept-Encoding": pick.choice(("gzip", "gzip;q=0", ""))}
        if pick.random() < 0.5 and address in self.known:
            headers["If-None-Match"] = self.known[address]
        now, answer = uncached(app).get(address), Client(app.wsgi_app).get(address, headers=headers)
        self.read += 1
        if answer.status_code == 304:
            assert now.status_code == 200, address
            assert now.get_etag()[0] == answer.get_etag()[0], address
            return
        data = answer.get_data()
        squeezed = answer.headers.get("Content-Encoding") == "gzip"
        assert squeezed is False or headers["Accept-Encoding"] == "gzip"
        assert (gzip.decompress(data) if squeezed else data) == now.get_data(), address
        assert answer.status_code == now.status_code
        if answer.status_code == 200:
            self.known[address] = answer.headers["ETag"]


@pytest.mark.parametrize("seed", range(4))
def test_a_reader_never_sees_what_was(apps: list[Flask], clock: Clock, seed: int) -> None:
    walk = Walk(apps, clock, seed)
    for _ in range(3):
        walk.write()
    for _ in range(120):
        walk.step()
    assert walk.read > 30
    assert walk.changed > 10


@dataclass(frozen=True)
class Span:
    """Between asking and having: whatever is said was so at some time in it."""

    began: float
    ended: float
    said: int


def test_in_a_race_every_answer_was_true_while_it_was_asked_for(apps: list[Flask], publish: Publish) -> None:
    post_id = publish("v0", slug="racer", source="Text.\n\n" * 60)
    written, stop = [Span(0.0, time.monotonic(), 0)], threading.Event()

    def read(app: Flask, seen: list[Span]) -> None:
        client = Client(app.wsgi_app)
        while not stop.is_set():
            began = time.monotonic()
            text = client.get("/posts/racer").text
            seen.append(Span(began, time.monotonic(), int(text.partition("<h1>v")[2].partition("<")[0])))

    seen: list[list[Span]] = [[] for _ in range(4)]
    readers = [threading.Thread(target=read, args=(apps[n % 2], spans)) for n, spans in enumerate(seen)]
    for reader in readers:
        reader.start()
    for number in range(1, 40):
        with apps[number % 2].app_context():
            began = time.monotonic()
            with writing():
                db.session.get_one(Post, post_id).title = f"v{number}"
            written.append(Span(began, time.monotonic(), number))
        time.sleep(0.01 * (number % 3))
    stop.set()
    for reader in readers:
        reader.join()
    written.append(Span(float("inf"), float("inf"), 40))
    for spans in seen:
        assert len(spans) > 10
        for span in spans:
            assert written[span.said].began <= span.ended, "said before it was written"
            assert span.began <= written[span.said + 1].ended, "said after it was replaced"
        assert [span.said for span in spans] == sorted(span.said for span in spans)


def test_a_post_appears_on_time(apps: list[Flask], publish: Publish) -> None:
    post_id = publish("Soon", published_at=now() + timedelta(days=1))  # to render it may take longer than what is left
    with apps[0].app_context(), writing() as session:
        appears = now() + timedelta(seconds=1)
        session.get_one(Post, post_id).published_at = appears
    clients, early, late = [Client(app.wsgi_app) for app in apps], 0, 0
    while late < 6:
        began = datetime.now(UTC)
        there = "Soon" in clients[late % 2].get("/").text
        ended = datetime.now(UTC)
        assert began < appears or there, "it is late"
        assert ended >= appears or not there, "it is early"
        early, late = early + (not there), late + there
    assert early > 0


def test_many_who_ask_at_once_have_it_drawn_once(apps: list[Flask], publish: Publish) -> None:
    publish(source="Text.\n\n" * 200)
    pages, drawn = pages_of(apps[0]), list[str]()
    inner = pages.inner

    def slow(environ: dict[str, Any], start: Any) -> Any:
        drawn.append(environ["PATH_INFO"])
        time.sleep(0.05)
        return inner(environ, start)

    pages.inner = slow
    texts: list[str] = []
    readers = [threading.Thread(target=lambda: texts.append(Client(pages).get("/posts/a-post").text)) for _ in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert drawn == ["/posts/a-post"]
    assert len(texts) == 8
    assert len(set(texts)) == 1
