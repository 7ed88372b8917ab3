"""The database as a file: the one module of backups that speaks SQLite's own language."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Engine

from app.errors import AppError, Conflict

BESIDE = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a file
OTHER_DATABASE = (
    "flask backup and flask restore know SQLite. Keep this database with pg_dump, for now, and the folder of DATA "
    "beside it."
)
IN_USE = "The database is in use: {}. Stop the site, then restore."
UNREADABLE = "The database cannot be copied: {}. Restore the last good archive."


def file_of(engine: Engine) -> Path:
    """The file of the site's database. Raises AppError for any other database."""
    name = engine.url.database if engine.dialect.name == "sqlite" else None
    if not name or name == ":memory:":
        raise AppError(OTHER_DATABASE)
    return Path(name)


def snapshot(engine: Engine, target: Path) -> None:
    """The whole database as of one moment, in the new file `target`, while others write. Raises AppError.

    Copying the file instead would lose what is still in the log beside it; VACUUM also leaves out what was deleted.
    """
    try:
        with closing(engine.raw_connection()) as connection:
            connection.cursor().execute("VACUUM INTO ?", (str(target),))
    except sqlite3.DatabaseError as error:
        raise AppError(UNREADABLE.format(error)) from error


def trouble(file: Path) -> str:
    """What SQLite finds wrong with a file that nobody writes; empty when it is whole."""
    try:
        with _still(file) as connection:
            whole = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
            strays = connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:
        return str(error)
    if whole != ["ok"]:
        return "; ".join(whole[:3])
    return f"{len(strays)} rows refer to rows that are not there" if strays else ""


def revision(file: Path) -> str:
    """The schema's revision; empty where there is none."""
    try:
        with _still(file) as connection:
            return "".join(str(row[0]) for row in connection.execute("SELECT version_num FROM alembic_version"))
    except sqlite3.DatabaseError:
        return ""


def settle(file: Path) -> None:
    """Makes the file all there is of its database, with nothing left in a log beside it. A damaged one stays as it is.

    Leaving the log is refused as long as anybody has the file open, so this also finds processes without our lock.
    """
    try:
        with closing(sqlite3.connect(file, timeout=1.0, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise Conflict(IN_USE.format(file)) from None


def files(file: Path) -> list[Path]:
    """The file and what is beside it, as far as they are there."""
    return [path for path in (file, *(file.with_name(file.name + end) for end in BESIDE)) if path.exists()]


@contextmanager
def _still(file: Path) -> Iterator[sqlite3.Connection]:
    """A connection that changes nothing, not even beside the file, and runs nothing that its schema brings."""
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?immutable=1", uri=True)) as connection:
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("PRAGMA cell_size_check=ON")
        yield connection
