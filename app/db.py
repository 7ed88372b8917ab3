"""The database: one object, SQLite set up to lose nothing, and write transactions that never fail half-way."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, MetaData, TypeDecorator, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import DeclarativeBase, Session

from app import failpoint, writelock
from app.errors import meant_by

WAIT_SECONDS = 5.0  # for the turn to write; whoever waits longer is told to come back
PRAGMAS = (
    "journal_mode=WAL",  # readers never wait for a writer
    "synchronous=FULL",  # what was answered "saved" survives a power cut, at 0.25 ms a commit
    f"busy_timeout={WAIT_SECONDS * 1000:.0f}",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",  # a damaged page is told of where it is read, before it does harm elsewhere
    "secure_delete=ON",  # what was erased is not left between the lines of the file
    "temp_store=MEMORY",
    "journal_size_limit=67108864",
)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcTime(TypeDecorator[datetime]):
    """A point in time, kept as UTC and given back as UTC, also by SQLite, which forgets time zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


db = SQLAlchemy(model_class=Base)
migrate = Migrate(render_as_batch=True)


def init_app(app: Flask) -> None:
    db.init_app(app)
    migrate.init_app(app, db)


def now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def writing() -> Iterator[Session]:
    """One write transaction: has the write lock from its start, commits at its end, rolls back on an error.

    A transaction that reads first and asks for the lock later fails at once when another writer came between,
    whatever the busy timeout; so whoever writes says so at the beginning. Raises Busy where others write for too long,
    and DiskFull; nothing was changed then.
    """
    db.session.rollback()  # a read that is still open would decide the kind of transaction
    with alone(db.engine) as seconds:
        try:
            db.session.connection(execution_options={"writes": True, "patience": seconds})
            yield db.session  # type: ignore[misc]
            failpoint.passed("commit")
            db.session.commit()
            failpoint.passed("committed")
        except BaseException as error:
            db.session.rollback()
            if known := meant_by(error):
                raise known from error
            raise


def alone(engine: Engine) -> AbstractContextManager[float]:
    """Inside, nobody else writes to the site's database, in whichever process. Gives the seconds left to wait.

    Raises Busy where others take too long.
    """
    lock = writelock.of(engine)
    return lock.held(WAIT_SECONDS) if lock else nullcontext(WAIT_SECONDS)


def scrub() -> bool:
    """What was erased is in no file of the database when this returns; False while others keep it from being so.

    SQLite overwrites what is erased (secure_delete), but its log of writes still has the old pages until it is worked
    into the database and emptied.
    """
    if db.engine.dialect.name != "sqlite":
        return True
    db.session.rollback()
    with alone(db.engine):
        connection = db.engine.raw_connection()
        try:
            busy = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            connection.close()
    return not busy


@event.listens_for(Engine, "connect")
def _set_up_sqlite(connection: Any, _record: Any) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None  # transactions begin in _begin, not where the driver guesses
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    options = connection.get_execution_options()
    if not options.get("writes"):
        connection.exec_driver_sql("BEGIN")
    elif (seconds := options.get("patience", WAIT_SECONDS)) > WAIT_SECONDS - 0.1:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:  # who has stood in line before the lock waits only for the rest of its time here
        connection.exec_driver_sql(f"PRAGMA busy_timeout={max(0.0, seconds) * 1000:.0f}")
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={WAIT_SECONDS * 1000:.0f}")


def listen_for_failpoints() -> None:
    """Every statement is a place to fail at from now on. Costs a call for each, so it is for tests alone."""
    event.listen(Engine, "before_cursor_execute", _pass_statement)


def _pass_statement(*_: Any) -> None:
    failpoint.passed("statement")


if failpoint.armed:
    listen_for_failpoints()
