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

from sqlalchemy import Engine, Select, event, insert, select, update
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, UOWTransaction, mapped_column

from app.commits import Commits
from app.db import Base

Turn = Callable[[datetime], Select[datetime | None]]
SHOWN = "shown on public pages"


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


class Watch:
    """Tells which moment it is. `turn(time)` selects when, after that time, a post appears by itself."""

    def __init__(self, engine: Engine, turn: Turn, clock: Callable[[], float] = time.time) -> None:
        self.engine, self.turn, self.clock = engine, turn, clock
        self.commits = Commits(engine)
        self.lock = threading.Lock()
        self.count: int | None = None
        self.seen = Moment(-1, inf, -inf)

    def moment(self) -> Moment:
        """The present one: the same object for as long as it lasts. Never older than the call."""
        with self.lock:
            count, at = self.commits.count(), self.clock()
            # Asked in this order, a commit in between is noticed the next time.
            if count is None or count != self.count or not self.holds(self.seen, at):
                self.seen, self.count = self._look(at), count
            return self.seen

    def holds(self, moment: Moment, at: float | None = None) -> bool:
        """Whether the clock still says so: it may also have been set back."""
        return moment.since <= (self.clock() if at is None else at) < moment.until

    def _look(self, at: float) -> Moment:
        with self.engine.connect() as connection:  # both answers are of one transaction
            edition = connection.scalar(select(Edition.number)) or 0
            if edition == self.seen.edition and self.holds(self.seen, at):
                return self.seen
            turn = connection.scalar(self.turn(_not_after(at)))
        return Moment(edition, at, turn.timestamp() if turn else inf)


def _not_after(at: float) -> datetime:
    """That time to the microsecond: one that was rounded up would pass over a post that appears in between."""
    rounded = datetime.fromtimestamp(at, UTC)
    return rounded if rounded.timestamp() <= at else rounded - timedelta(microseconds=1)


def follow(*shown: type[Base]) -> None:
    """From now on every change of these tables raises the edition."""
    for model in shown:
        model.metadata.tables[model.__tablename__].info[SHOWN] = True


@event.listens_for(Session, "after_flush")
def _after_objects(session: Session, _flush: UOWTransaction) -> None:
    if any(_is_shown(changed.__table__) for changed in (*session.new, *session.dirty, *session.deleted)):
        _raise(session)


@event.listens_for(Session, "do_orm_execute")
def _before_statement(state: ORMExecuteState) -> None:
    writes = state.is_insert or state.is_update or state.is_delete
    if writes and _is_shown(getattr(state.statement, "table", None)):
        _raise(state.session)


def _is_shown(table: object) -> bool:
    return bool(getattr(table, "info", {}).get(SHOWN))


def _raise(session: Session) -> None:
    connection = session.connection()
    if not connection.execute(update(Edition).values(number=Edition.number + 1)).rowcount:
        connection.execute(insert(Edition).values(id=1, number=1))
