"""Before a site starts: can its database be believed, and written? What is wrong is a sentence; nothing is changed.

A server that starts on a damaged file writes into it, and what could still have been saved is lost.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from app.config import Settings
from app.errors import BadSetting

# Where several machines may write and none sees the other's locks, nor the memory that SQLite's log is read through.
NETWORKED = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "lustre", "fuse.sshfs", "fuse.glusterfs", "ncpfs"}
MOUNTS = Path("/proc/self/mounts")
MARK = "-edition"  # beside the database, from its first start on; all zeros until something is shown

RESTORE = "Nothing was changed. Restore the last good archive: flask --app wsgi restore FILE.zip --replace"
DAMAGED = "The database {} is damaged ({}). " + RESTORE
EMPTIED = "The database {} is empty, and it was not before. " + RESTORE
IN_NETWORK = (
    "{} is on a network’s disk ({}), where SQLite loses what it wrote. Choose a folder of this machine for DATA."
)
NOT_WRITTEN = "Nothing can be written in {}: {}. Give it to the user who runs the site, or choose another DATA."


def refuse_unsound(settings: Settings) -> None:
    """Raises BadSetting with what is wrong and the way out. For databases that are files; others see to themselves."""
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return
    file = Path(url.database).resolve()
    if kind := network_of(file.parent):
        raise BadSetting(IN_NETWORK.format(file.parent, kind))
    for folder in {file.parent, settings.DATA.resolve()}:
        _refuse_unwritable(folder)
    if not file.exists():
        return
    if file.stat().st_size == 0:
        if _was_used(file):
            raise BadSetting(EMPTIED.format(file))
    elif trouble := trouble_with(file):
        raise BadSetting(DAMAGED.format(file, trouble))


def trouble_with(file: Path) -> str:
    """What SQLite finds wrong with a database and the log beside it, both of which it only reads; empty for nothing."""
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema=OFF")
            connection.execute("PRAGMA cell_size_check=ON")
            found = [str(row[0]) for row in connection.execute("PRAGMA quick_check(3)")]
    except sqlite3.DatabaseError as error:
        return str(error)
    return "" if found == ["ok"] else "; ".join(" ".join(found).split("\n")[:3])


def network_of(folder: Path, mounts: Path = MOUNTS) -> str:
    """The kind of the network's file system that has the folder; empty for a disk of this machine."""
    if not mounts.exists():
        return ""
    told = [line.split()[1:3] for line in mounts.read_text(errors="replace").splitlines() if len(line.split()) > 2]
    places = [(Path(place.replace("\\040", " ")), kind) for place, kind in told]
    around = [(len(place.parts), number, kind) for number, (place, kind) in enumerate(places) if _has(place, folder)]
    kind = max(around)[2] if around else ""  # of two at one place the later one is seen
    return kind if kind in NETWORKED else ""


def _has(place: Path, folder: Path) -> bool:
    return place == folder or place in folder.parents


def _refuse_unwritable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tried = folder / f".new-{os.getpid()}"
        tried.write_bytes(b"")
        tried.unlink()
    except OSError as error:
        raise BadSetting(NOT_WRITTEN.format(folder, error.strerror)) from None


def _was_used(file: Path) -> bool:
    mark, log = (file.with_name(file.name + ending) for ending in (MARK, "-wal"))
    shown = mark.read_bytes().strip(b"\0") if mark.exists() else b""
    return bool(shown) or (log.exists() and log.stat().st_size > 0)
