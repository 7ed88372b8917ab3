"""The edition of the public pages: a number raised in the same transaction as every change of what they show.

Two answers of one edition can still differ by the clock, when a post with a date to come appears between them. So a
`Moment` is an edition and the time until the next post appears, and whoever keeps pages keeps them for a moment.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import inf
from pathlib import Path
from weakref import WeakValueDictionary

from sqlalchemy import Engine, Select, event, insert, select, update
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, SessionTransaction, UOWTransaction, mapped_column

from app.db import Base
from app.pages.mark import Mark

Turn = Callable[[datetime], Select[datetime | None]]
SHOWN, TICKET = "shown on public pages", "ticket of a change of public pages"
# Seconds after which the database is asked whatever the mark says: for who wrote past it, or took the file away.
LOOK_SECONDS = 1.0


_marks: WeakValueDictionary[Path, Mark] = WeakValueDictionary()  # each is held by the watch of its application
_marking = threading.Lock()


class Edition(Base):
    """The one row that counts."""

    __tablename__ = "editions"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]


@dataclass(frozen=True)
class Moment:
    """As long as nothing is changed, public pages stay what they are from `since` until `until`, in Unix time."""

    edition: int
    since: float
    until: float


@dataclass(frozen=True)
class Look:
    """What the database said, when, and where the mark stood before it was asked."""

    moment: Moment
    at: float  # on the monotonic clock
    standing: int | None


class Watch:
    """Tells which moment it is. `turn(time)` selects when, after that time, a post appears by itself."""

    def __init__(self, engine: Engine, turn: Turn, clock: Callable[[], float] = time.time) -> None:
        self.engine, self.turn, self.clock = engine, turn, clock
        self.mark = mark_of(engine)
        self.lock = threading.Lock()
        self.last = Look(Moment(-1, inf, -inf), -inf, None)

    def moment(self) -> Moment:
        """The present one: the same object for as long as it lasts. Never older than the call."""
        if not self._stands(self.last):
            with self.lock:
                if not self._stands(self.last):
                    self.last = self._look()
        return self.last.moment

    def holds(self, moment: Moment) -> bool:
        """Whether the clock still says so: it may also have been set back."""
        return moment.since <= self.clock() < moment.until

    def _stands(self, last: Look) -> bool:
        standing = self.mark.standing() if self.mark else None
        fresh = time.monotonic() < last.at + LOOK_SECONDS
        return standing is not None and standing == last.standing and fresh and self.holds(last.moment)

    def _look(self) -> Look:
        standing, at = self.mark.standing() if self.mark else None, time.monotonic()  # before anything is read
        moment, now = self.last.moment, self.clock()
        with self.engine.connect() as connection:  # both answers are of one transaction
            edition = connection.scalar(select(Edition.number)) or 0
            if edition != moment.edition or not self.holds(moment):
                turn = connection.scalar(self.turn(_not_after(now)))
                moment = Moment(edition, now, turn.timestamp() if turn else inf)
        return Look(moment, at, standing)


def follow(*shown: type[Base]) -> None:
    """From now on every change of these tables raises the edition."""
    for model in shown:
        Base.metadata.tables[model.__tablename__].info[SHOWN] = True


def mark_of(engine: Engine) -> Mark | None:
    """The one beside a database that is a file."""
    name = engine.url.database if engine.dialect.name == "sqlite" else None
    if not name or name == ":memory:":
        return None
    file = Path(name).resolve()
    with _marking:
        found = _marks.get(file)
        if found is None:
            found = _marks[file] = Mark(file.with_name(file.name + "-edition"))
    return found


@event.listens_for(Session, "after_flush")
def _after_objects(session: Session, _flush: UOWTransaction) -> None:
    if any(_is_shown(changed.__table__) for changed in (*session.new, *session.dirty, *session.deleted)):
        _raise(session)


@event.listens_for(Session, "do_orm_execute")
def _before_statement(state: ORMExecuteState) -> None:
    writes = state.is_insert or state.is_update or state.is_delete
    if writes and _is_shown(getattr(state.statement, "table", None)):
        _raise(state.session)


@event.listens_for(Session, "after_transaction_end")
def _after_all(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None and (ticket := session.info.pop(TICKET, None)):
        mark, number = ticket
        mark.end(number)


def _raise(session: Session) -> None:
    connection = session.connection()
    if not connection.execute(update(Edition).values(number=Edition.number + 1)).rowcount:
        connection.execute(insert(Edition).values(id=1, number=1))
    if TICKET not in session.info and (mark := mark_of(connection.engine)):  # the write lock is ours by now
        session.info[TICKET] = mark, mark.begin()


def _is_shown(table: object) -> bool:
    """The schema's own table is asked: a statement holds a copy of it, made perhaps before `follow`."""
    own = Base.metadata.tables.get(getattr(table, "key", ""))
    return own is not None and bool(own.info.get(SHOWN))


def _not_after(at: float) -> datetime:
    """That time to the microsecond: one that was rounded up would pass over a post that appears in between."""
    rounded = datetime.fromtimestamp(at, UTC)
    return rounded if rounded.timestamp() <= at else rounded - timedelta(microseconds=1)
