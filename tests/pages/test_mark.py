from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import Client

from app.blog.models import Post
from app.config import Settings
from app.db import db, writing
from app.pages.mark import Mark
from tests.pages.conftest import pages_of

ROOT = Path(__file__).parents[2]
KILLED = """
import os, pathlib, signal
from app import create_app
from app.blog.models import Post
from app.config import Settings
from app.db import db, writing
from app.pages.mark import Mark

die = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
app = create_app(Settings(DATA=pathlib.Path({data!r}), SECRET_KEY="k" * 40, JOB_ENGINE="none"))
if {when!r} == "after it":
    Mark.end = die
with app.app_context(), writing() as session:
    session.query(Post).first().title = "Written by who was killed"
    session.flush()
    if {when!r} == "before it":
        die()
"""


def test_it_stands_only_while_nobody_is_between_beginning_and_end(tmp_path: Path) -> None:
    """Who writes waits for the lock, but may be slow to say that it has ended: any order of saying so."""
    marks = [Mark(tmp_path / "mark") for _ in range(3)]
    chance, open_tickets, last = random.Random(3), list[int](), 0
    for _ in range(2000):
        mark = chance.choice(marks)
        if chance.random() < 0.5:
            ticket = mark.begin()
            assert ticket > last, "no number comes twice"
            last = ticket
            open_tickets.append(ticket)
        elif open_tickets:
            mark.end(open_tickets.pop(chance.randrange(len(open_tickets))))
        for seen in marks:
            if last in open_tickets:
                assert seen.standing() is None
            if not open_tickets:
                assert seen.standing() == last


def test_it_outlives_its_makers(tmp_path: Path) -> None:
    first = Mark(tmp_path / "mark")
    first.end(first.begin())
    del first
    assert Mark(tmp_path / "mark").standing() == 1


@pytest.mark.parametrize(("when", "title"), [("before it", "First"), ("after it", "Written by who was killed")])
def test_a_writer_killed_at_its_commit_leaves_no_stale_page(
    apps: list[Flask], settings: Settings, publish: Callable[..., int], when: str, title: str
) -> None:
    post_id = publish("First", slug="it")
    readers = [Client(app.wsgi_app) for app in apps]
    assert all("First" in reader.get("/posts/it").text for reader in readers)
    code = KILLED.format(data=str(settings.DATA), when=when)
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == -9
    mark = pages_of(apps[0]).watch.mark
    assert mark
    assert mark.standing() is None, "its ticket is open"
    for reader in readers * 2:
        assert f"<h1>{title}</h1>" in reader.get("/posts/it").text
    for number in range(2):
        with apps[0].app_context(), writing():
            db.session.get_one(Post, post_id).title = f"Next {number}"
        assert mark.standing() is not None, "the next change puts it right"
        assert all(f"<h1>Next {number}</h1>" in reader.get("/posts/it").text for reader in readers)


def test_a_savepoint_is_not_the_end(apps: list[Flask], publish: Callable[..., int]) -> None:
    post_id = publish("First", slug="it")
    mark = pages_of(apps[1]).watch.mark
    assert mark
    with apps[0].app_context(), writing() as session:
        with session.begin_nested():
            db.session.get_one(Post, post_id).title = "Second"
        assert mark.standing() is None
        assert "First" in Client(apps[1].wsgi_app).get("/posts/it").text
    assert mark.standing() is not None
    assert "Second" in Client(apps[1].wsgi_app).get("/posts/it").text


def test_who_takes_the_mark_away_is_noticed_within_a_second(
    apps: list[Flask], publish: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.pages import edition

    post_id = publish("First", slug="it")
    reader = Client(apps[1].wsgi_app)
    assert "First" in reader.get("/posts/it").text
    monkeypatch.setattr(edition, "mark_of", lambda engine: None)  # who writes has another mark, or none
    with apps[0].app_context(), writing():
        db.session.get_one(Post, post_id).title = "Second"
    monkeypatch.setattr(edition, "LOOK_SECONDS", 0.0)  # a second later
    assert "Second" in reader.get("/posts/it").text
