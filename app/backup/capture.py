"""A backup is made: the database of one moment, the files it names, the posts as text; read back before it counts."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import current_app
from flask_migrate import upgrade

from app.backup import archive, contents, database, rehearsal
from app.backup.manifest import ABOUT, DATABASE, SECRET, Manifest
from app.backup.workshop import OpenSite, on_disk, site_in, workshop
from app.config import Settings
from app.db import db, now
from app.errors import AppError

README = """A site made with Playpress: {site}, as of {at}.

posts/         every post as Markdown, with its pictures beside it; any editor reads them
playpress.db   everything: posts, accounts, runs of demos; a database of SQLite
media/         the pictures of posts, in several widths
pictures/      what readers’ runs were made from and came to
manifest.json  the size and the SHA-256 of every file

“flask restore” makes the site from this file. The last 64 characters of the file are the SHA-256 of all bytes
before its last 71, in which they stand.
"""
NOT_OURS = "{} is there and is no archive of flask backup. Choose another name."


@dataclass(frozen=True)
class Made:
    """An archive that has been read back. `lost` are files that were not there though the site still names them."""

    file: Path
    manifest: Manifest
    bytes: int
    seconds: float
    lost: list[str]


def make(target: Path, open_site: OpenSite, *, with_secret: bool = False) -> Made:
    """Backs the present site up into `target`, while it runs. An archive of that name is replaced by a verified one.

    Raises AppError with a sentence; then there is nothing new at `target`.
    """
    began = time.monotonic()
    database.file_of(db.engine)
    if target.exists() and not archive.is_sealed(target):
        raise AppError(NOT_OURS.format(target))
    with _sentences(), workshop(target.parent) as folder:
        new = folder / "new.zip"
        manifest = _written(new, folder / "site", open_site, with_secret)
        with archive.opened(new) as made:
            rehearsal.check(made, folder / "rehearsal", open_site)
        lost = _lost(manifest.missing, folder / "later", open_site) if manifest.missing else []
        size = new.stat().st_size
        os.replace(new, target)
        on_disk(target.parent)
    return Made(target, manifest, size, time.monotonic() - began, lost)


def _written(new: Path, folder: Path, open_site: OpenSite, with_secret: bool) -> Manifest:
    settings: Settings = current_app.config["SETTINGS"]
    folder.mkdir()
    at = now().replace(microsecond=0)
    database.snapshot(db.engine, folder / DATABASE)
    with _read(folder / DATABASE, folder / "read", open_site):
        counts, kept = contents.counts(), contents.kept()
        contents.write_posts(folder / "posts")
    manifest = Manifest(
        settings.SITE_URL or settings.NAME,
        at.isoformat(),
        database.revision(folder / DATABASE),
        counts.posts,
        counts.pictures,
        counts.runs,
        missing=[],
        files={},
    )
    (folder / ABOUT).write_text(README.format(site=manifest.site, at=manifest.created_at))
    files = {name: settings.DATA / name for name in kept} | {name: folder / name for name in (DATABASE, ABOUT)}
    files |= {str(path.relative_to(folder)): path for path in (folder / "posts").rglob("*") if path.is_file()}
    if with_secret:
        (folder / SECRET).write_text(current_app.config["SECRET_KEY"])
        files[SECRET] = folder / SECRET
    return archive.write(new, files, manifest)


@contextmanager
def _read(file: Path, folder: Path, open_site: OpenSite) -> Iterator[None]:
    """Inside, the site is the one of a database's copy, in the schema of today: who has just updated backs up first."""
    settings: Settings = current_app.config["SETTINGS"]
    folder.mkdir()
    shutil.copyfile(file, folder / DATABASE)
    (folder / "media").symlink_to((settings.DATA / "media").resolve())  # where the texts’ pictures are looked for
    with site_in(folder, open_site):
        upgrade()
        yield


def _lost(missing: list[str], folder: Path, open_site: OpenSite) -> list[str]:
    """Those of the `missing` files that the site names to this day: what was swept meanwhile has no row any more."""
    folder.mkdir()
    database.snapshot(db.engine, folder / DATABASE)
    with _read(folder / DATABASE, folder / "read", open_site):
        return sorted(contents.kept() & set(missing))


@contextmanager
def _sentences() -> Iterator[None]:
    """What the disk refuses, in a sentence for whoever reads cron’s mail."""
    try:
        yield
    except OSError as error:
        raise AppError(
            f"No backup was made: {error.strerror or error} ({error.filename or 'while writing'})."
        ) from error
