"""A new site takes the place of an old one by a single rename, that of the database; all else is put right around it.

DATA itself stays where it is: it may be a volume, which cannot be renamed. Before the rename the old site lacks
nothing, and whatever else is there is named by no row; after it the new site lacks nothing.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from app.backup import database
from app.backup.manifest import DATABASE, SECRET
from app.backup.workshop import on_disk

STORES = ("media", "pictures")


def swap(new: Path, data: Path, database_file: Path, aside: Path | None) -> None:
    """Puts the site in the folder `new`, which is on the disk of `data`, in the place of the one in `data`.

    The old site is a site of its own in `aside` afterwards. The caller sees to it that nobody is at work on it.
    """
    if database_file.exists():
        database.settle(database_file)
    if aside:
        _set_aside(data, database_file, aside, new.parent / "aside")
    for file in database.files(database_file):
        if file != database_file:  # the log of a damaged database, which is in `aside`: SQLite would read it into ours
            file.unlink()
    _move_in(new, data)
    _move_database(new / DATABASE, database_file)  # from here on it is the new site
    if (new / SECRET).exists():
        os.replace(new / SECRET, data / SECRET)
    on_disk(data)


def clear_stores(data: Path, kept: set[str]) -> None:
    """Removes the files of a site that was set aside and that the present one does not name."""
    for store in STORES:
        for file in (data / store).glob("*/*"):
            if f"{store}/{file.parent.name}/{file.name}" not in kept:
                file.unlink()


def _set_aside(data: Path, database_file: Path, aside: Path, made: Path) -> None:
    """Gives every file of the old site a second name in `aside`, all of them at once."""
    made.mkdir()
    for file in database.files(database_file):
        _link(file, made / file.name.replace(database_file.name, DATABASE))
    if (data / SECRET).exists():
        _link(data / SECRET, made / SECRET)
    for store in STORES:
        for file in (data / store).glob("*/*"):
            _link(file, made / file.relative_to(data))
    os.replace(made, aside)
    on_disk(aside.parent)


def _link(file: Path, second: Path) -> None:
    second.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(file, second)
    except OSError:  # not every disk can, and a database may lie on another
        shutil.copy2(file, second)


def _move_in(new: Path, data: Path) -> None:
    for store in STORES:
        for file in (new / store).glob("*/*"):
            target = data / file.relative_to(new)
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(file, target)
            on_disk(target.parent)


def _move_database(new: Path, target: Path) -> None:
    if new.stat().st_dev != target.parent.stat().st_dev:
        near = target.with_name(f"{target.name}.restored")
        shutil.copyfile(new, near)
        new = near
    with new.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(new, target)
    on_disk(target.parent)
