from __future__ import annotations

import os
import random
import re
import sqlite3
import threading
from contextlib import closing, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from zipfile import ZipFile

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Engine, delete, make_url

from app import create_app
from app.backup import archive, capture, database, recovery
from app.backup.workshop import workshop
from app.blog import editing
from app.blog.exchange import intake
from app.blog.manuscript import Manuscript
from app.db import writing
from app.errors import AppError, Busy
from app.jobs.pictures import JobPicture, drop
from tests.backup.conftest import State, a_picture, site, state
from tests.backup.test_recovery import Moments

RESTORES = int(os.environ.get("RESTORES", "20"))
WRITERS = 4
PAUSE = 0.02  # seconds between two saves: without any, SQLite lets some writers wait for ever


class Writer:
    """An author who saves one post again and again. `known` is the last text whose save was answered."""

    def __init__(self, app: Flask, number: int) -> None:
        self.app, self.number, self.known, self.sent = app, number, 0, 0
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self._write)
        with app.test_request_context():
            self.id = editing.create(self._manuscript()).id

    def _write(self) -> None:
        with self.app.test_request_context():
            while not self.stopped.wait(PAUSE):
                self.sent = self.known + 1
                with suppress(Busy):  # it had no turn for five seconds, so this text was not saved
                    editing.save(self.id, self.sent, self._manuscript())
                    self.known = self.sent

    def _manuscript(self) -> Manuscript:
        text = f"Text {self.sent} of writer {self.number}."
        return Manuscript(f"Writer {self.number}", text, tags=(f"text-{self.sent}",), status="published")


def written(folder: Path, number: int) -> int:
    """Which text of a writer the site in `folder` has: the same one in all that is kept of it."""
    with closing(sqlite3.connect(folder / "playpress.db")) as connection:
        post_id, source, html, version = connection.execute(
            "SELECT id, source, html, version FROM posts WHERE slug = ?", (f"writer-{number}",)
        ).fetchone()
        tags = connection.execute("SELECT name FROM tags WHERE post_id = ?", (post_id,)).fetchall()
        words = connection.execute("SELECT tags || text FROM post_words WHERE rowid = ?", (post_id,)).fetchone()[0]
    found = {int(number) for text in (source, html, words) for number in re.findall(r"[Tt]ext[ -](\d+)", text)}
    assert found == {version - 1}
    assert tags == [(f"text-{version - 1}",)]
    return int(version) - 1


def test_what_was_saved_before_a_backup_is_in_it_and_nothing_is_half(other: Path, tmp_path: Path) -> None:
    with site(other) as app:
        writers = [Writer(app, number) for number in range(WRITERS)]
        for writer in writers:
            writer.thread.start()
        try:
            for number in range(RESTORES):
                known = [writer.known for writer in writers]
                made = capture.make(tmp_path / "site.zip", create_app)
                sent = [writer.sent for writer in writers]
                with site(tmp_path / f"new-{number}"):
                    recovery.restore(made.file, create_app)
                state(tmp_path / f"new-{number}")
                found = [written(tmp_path / f"new-{number}", writer.number) for writer in writers]
                assert all(a <= b <= c for a, b, c in zip(known, found, sent, strict=True))
                with ZipFile(made.file) as pack:
                    texts = [pack.read(f"posts/writer-{writer.number}.md").decode() for writer in writers]
                assert all(f"Text {text} of" in markdown for text, markdown in zip(found, texts, strict=True))
        finally:
            for writer in writers:
                writer.stopped.set()
                writer.thread.join()
        assert min(writer.known for writer in writers) > 0


def test_the_posts_in_it_come_in_without_the_rest(kept: tuple[Path, State], tmp_path: Path) -> None:
    with ZipFile(kept[0]) as pack:
        pack.extractall(tmp_path / "unpacked")
    with site(tmp_path / "data"):
        upgrade()
        assert {post.outcome for post in intake.import_posts(tmp_path / "unpacked" / "posts")} == {"added"}
    with site(tmp_path / "data"):
        found = {post.slug: post.source for post in editing.everything()}
    assert set(found) == set(kept[1][0])
    with closing(sqlite3.connect(tmp_path / "unpacked" / "playpress.db")) as connection:
        assert dict(connection.execute("SELECT slug, source FROM posts")) == found


@pytest.mark.parametrize("with_secret", [True, False])
def test_the_secret_is_in_it_when_it_is_asked_for(with_secret: bool, other: Path, tmp_path: Path) -> None:
    with site(other):
        made = capture.make(tmp_path / "site.zip", create_app, with_secret=with_secret)
    with ZipFile(made.file) as pack:
        assert ("k" * 40 in [pack.read(name).decode(errors="replace") for name in pack.namelist()]) == with_secret
    with site(tmp_path / "new"):
        recovery.restore(made.file, create_app)
    assert (tmp_path / "new" / "secret_key").exists() == with_secret
    assert made.file.stat().st_mode & 0o077 == 0


def test_a_lost_picture_is_told_and_the_rest_is_kept(other: Path, tmp_path: Path) -> None:
    before = state(other)
    lost = a_picture(other)
    lost.unlink()
    with site(other):
        made = capture.make(tmp_path / "site.zip", create_app)
        assert made.lost == made.manifest.missing == [str(lost.relative_to(other))]
        assert recovery.verify(made.file, create_app) == made.manifest
    assert set(made.manifest.files) > set(before[1]) - set(made.lost)


def test_a_picture_that_is_swept_meanwhile_is_no_loss(
    other: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = min((other / "pictures").glob("*/*")).name
    with site(other) as app:
        pack = archive.write

        def sweeping(*given: object) -> object:
            with app.app_context():
                with writing() as session:
                    session.execute(delete(JobPicture).where(JobPicture.key == key))
                drop({key})
            return pack(*given)  # type: ignore[arg-type]

        monkeypatch.setattr(archive, "write", sweeping)
        made = capture.make(tmp_path / "site.zip", create_app)
        assert (made.lost, made.manifest.missing) == ([], [f"pictures/{key[:2]}/{key}"])
        with site(tmp_path / "new"):
            recovery.restore(made.file, create_app)


def test_killed_at_any_step_it_leaves_the_older_archive_or_the_new(other: Path, tmp_path: Path) -> None:
    folder, copies = tmp_path / "archives", tmp_path / "copies"
    folder.mkdir()
    copies.mkdir()
    with site(other):
        older = capture.make(folder / "site.zip", create_app).manifest
        editing.create(Manuscript("One more", "Words."))
        moments = Moments(folder, copies)
        taken = moments.during(lambda: capture.make(folder / "site.zip", create_app))
        posts = []
        for moment in taken:
            with archive.opened(moment / "site.zip") as found:
                posts.append(found.manifest.posts)
        assert posts == sorted(posts)
        assert set(posts) == {older.posts, older.posts + 1}
        with workshop(taken[5]):
            assert len(list(taken[5].glob(".playpress-backup-*"))) == 1  # what was left there is gone


def test_a_workshop_whose_maker_lives_is_left(tmp_path: Path) -> None:
    with workshop(tmp_path) as first, workshop(tmp_path) as second:
        assert first.exists()
        assert second != first
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("spoil", ["open", "disk", "name"])
def test_what_cannot_be_made_is_a_sentence_and_leaves_nothing(
    spoil: str, other: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "archives"
    folder.mkdir()
    target = folder / "site.zip"
    if spoil == "open":
        target.write_text("a thesis")
    if spoil == "name":
        target = folder / "nowhere" / "site.zip"
    if spoil == "disk":
        monkeypatch.setattr(archive.os, "fsync", full)
    before = sorted(folder.rglob("*"))
    with site(other), pytest.raises(AppError):
        capture.make(target, create_app)
    assert sorted(folder.rglob("*")) == before


def test_a_damaged_site_gives_no_archive(other: Path, tmp_path: Path) -> None:
    file = other / "playpress.db"
    data = bytearray(file.read_bytes())
    data[8192:] = random.Random(3).randbytes(len(data) - 8192)
    file.write_bytes(data)
    with site(other), pytest.raises(AppError):
        capture.make(tmp_path / "site.zip", create_app)
    assert not (tmp_path / "site.zip").exists()


@pytest.mark.parametrize("address", ["sqlite://", "postgresql://localhost/site"])
def test_another_database_is_kept_with_its_own_tool(address: str) -> None:
    url = make_url(address)
    engine = SimpleNamespace(url=url, dialect=SimpleNamespace(name=url.get_backend_name()))
    with pytest.raises(AppError, match="pg_dump"):
        database.file_of(cast(Engine, engine))


def full(descriptor: int) -> None:
    raise OSError(28, "No space left on device")
