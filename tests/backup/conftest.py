"""Sites with posts, a picture and a run, whose state can be read without Playpress and compared."""

from __future__ import annotations

import gc
import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade

from app import create_app
from app.backup import capture
from app.blog import copies, editing
from app.blog.manuscript import Manuscript
from app.blog.pictures import shelf
from app.config import Settings
from app.db import db, writing
from app.jobs.models import Job
from app.jobs.pictures import JobPicture

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}"><rect width="{0}" height="{0}"/></svg>'
State = tuple[dict[str, str], dict[str, str]]


@contextmanager
def site(folder: Path) -> Iterator[Flask]:
    """The site in `folder`, with a context for it."""
    app = create_app(Settings(DATA=folder, SECRET_KEY="k" * 40, JOB_ENGINE="none"))
    try:
        with app.test_request_context():
            yield app
            db.session.remove()
            db.engine.dispose()
    finally:
        app.extensions["jobs"].stop()
        gc.collect()


def fill(app: Flask, word: str) -> None:
    """Three posts about `word`, a drawing in one of them, what is typed and not saved, and a run with a picture."""
    upgrade()
    shelf.take_in(DRAWING.format(len(word)).encode(), f"{word}.svg", "A square")
    for number in range(3):
        post_id = post(f"{word} {number}", f"On {word}. ![A square]({word}.svg)" if number else f"On {word}.")
    copies.keep(post_id, 1, 0, {"title": word, "source": "Typed, not saved."})
    copies.keep_text(0, 0, {"title": word, "source": "No post yet."})
    with writing() as session:
        session.add(Job(id=word, demo="count", client="c", inputs={}, cache_key=word, status="succeeded"))
        session.flush()
        session.add(JobPicture(word, app.extensions["jobs"].store.put(word.encode(), "png"), "result"))


def post(title: str, source: str) -> int:
    return editing.create(Manuscript(title, source, status="published")).id


def state(folder: Path) -> State:
    """Every post by its address, and the SHA-256 of every file that a row names; read by SQL and not by Playpress."""
    with closing(sqlite3.connect(folder / "playpress.db")) as connection:
        posts = dict(connection.execute("SELECT slug, title || source || html || version FROM posts"))
        kept = [f"media/{key[:2]}/{key}.svg" for (key,) in connection.execute("SELECT hash FROM pictures")]
        kept += [f"pictures/{key[:2]}/{key}" for (key,) in connection.execute("SELECT key FROM job_pictures")]
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return posts, {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in kept}


def texts(folder: Path) -> list[tuple[Any, ...]]:
    """What is typed and not saved, and every text that a post had."""
    with closing(sqlite3.connect(folder / "playpress.db")) as connection:
        copies = connection.execute("SELECT id, post_id, rev, fields FROM working_copies").fetchall()
        return copies + connection.execute("SELECT id, post_id, kind, fields, source FROM revisions").fetchall()


def everything(folder: Path) -> dict[str, bytes]:
    """All files under `folder`, but for the lock, which is made by asking."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and file.name != "site.lock"
    }


def a_picture(folder: Path) -> Path:
    """One of the files of posts' pictures."""
    return min((folder / "media").glob("*/*"))


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, State]:
    """An archive, and the state of the site that it was made of."""
    folder = tmp_path_factory.mktemp("kept")
    with site(folder / "data") as app:
        fill(app, "kept")
        capture.make(folder / "site.zip", create_app)
    return folder / "site.zip", state(folder / "data")


@pytest.fixture(scope="session")
def another(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of another site than the one in the archive, for reading."""
    folder = tmp_path_factory.mktemp("another") / "data"
    with site(folder) as app:
        fill(app, "other")
    return folder


@pytest.fixture
def other(another: Path, tmp_path: Path) -> Path:
    """The folder of another site than the one in the archive."""
    return Path(shutil.copytree(another, tmp_path / "data"))
