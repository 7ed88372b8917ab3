"""A site is made from an archive: unpacked and tried out beside the old one, which it replaces at the very end."""

from __future__ import annotations

import tempfile
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from flask import current_app

from app import writelock
from app.backup import archive, database, lock, rehearsal
from app.backup.manifest import DATABASE, SECRET, Manifest, is_kept
from app.backup.swap import clear_stores, swap
from app.backup.workshop import PREFIX, OpenSite, workshop
from app.config import Settings
from app.db import db, now
from app.errors import AppError, Conflict

# What is in the folder of a site that nobody has used yet, and what outlives a site: networks, drawings, older sites.
NO_SITE = {SECRET, lock.NAME, "models", "cards"}
OCCUPIED = "There is a site in {} ({}). Restore into another folder by DATA, or set it aside with --replace."
NO_FILE = "There is no file {}."


@dataclass(frozen=True)
class Restored:
    """What was restored, and the folder in which the old site is now."""

    manifest: Manifest
    aside: Path | None


def verify(file: Path, open_site: OpenSite) -> Manifest:
    """Does all that a restore does, but in a temporary folder. Raises Damaged with a sentence."""
    with _opened(file) as found, tempfile.TemporaryDirectory(prefix=PREFIX) as folder:
        archive.room_for(found, Path(folder))
        rehearsal.check(found, Path(folder) / "site", open_site)
        return found.manifest


def restore(file: Path, open_site: OpenSite, *, replace: bool = False) -> Restored:
    """Makes the site in DATA what it was when `file` was made. Killed at any moment, it leaves the old site or the new.

    Raises AppError with a sentence, and then nothing has changed.
    """
    settings: Settings = current_app.config["SETTINGS"]
    target = database.file_of(db.engine)
    db.session.remove()
    db.engine.dispose()
    with lock.alone(settings.DATA), _opened(file) as found:
        occupied = _occupied(settings.DATA, target)
        if occupied and not replace:
            raise Conflict(OCCUPIED.format(settings.DATA, occupied))
        archive.room_for(found, settings.DATA)
        with workshop(settings.DATA) as folder:
            _unpack(found, folder / "site", open_site)
            aside = _free_name(settings.DATA) if occupied else None
            swap(folder / "site", settings.DATA, target, aside)
        if occupied:
            clear_stores(settings.DATA, set(found.manifest.files))
        return Restored(found.manifest, aside)


def _opened(file: Path) -> AbstractContextManager[archive.Archive]:
    if not file.is_file():
        raise AppError(NO_FILE.format(file))
    return archive.opened(file)


def _occupied(data: Path, database_file: Path) -> str:
    """A name that tells of a site, or of something else that is not ours to mix with; empty when there is none."""
    there = {file.name for file in data.iterdir()} - NO_SITE
    strange = {name for name in there if not name.startswith((PREFIX, "before-", "worker-")) and not _is_mark(name)}
    if database_file.exists():
        return database_file.name
    return min(strange, default="")


def _is_mark(name: str) -> bool:
    """The pages' mark beside a database, or its writers' lock: made by looking at it, of no use without it."""
    return name.endswith(("-edition", writelock.ENDING))


def _unpack(found: archive.Archive, folder: Path, open_site: OpenSite) -> None:
    """The site of the archive in `folder`, checked and brought to the schema of today."""
    for name in found.manifest.files:
        if is_kept(name) or name in (DATABASE, SECRET):
            found.unpack(name, folder)
        else:
            found.check(name)
    rehearsal.rehearse(found.manifest, folder, open_site)


def _free_name(data: Path) -> Path:
    free = data / f"before-{now():%Y%m%d-%H%M%S}"
    while free.exists():
        free = free.with_name(f"{free.name}-again")
    return free
