"""What runs have come to, in counts that only ever grow: those of the runs that are kept, and what erased ones leave.

Idea: a run that has ended never changes, so it can be counted whenever somebody asks, and once more when it is erased;
then its counts go into a table that says nothing about any one of them. Invariant: a total never falls, in whichever
process it is asked for.
"""

from __future__ import annotations

from collections import Counter
from math import inf
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.db import Base, db
from app.jobs.lapse import milliseconds
from app.jobs.models import OPEN, Job

BUCKETS = (0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 900.0, inf)  # seconds, as upper ends
STROKE = 500  # milliseconds, of which every bucket has a whole number
Totals = Counter[tuple[str, str, str]]  # measure, demo, label


class RunTally(Base):
    """What runs that were erased have come to."""

    __tablename__ = "run_tallies"

    measure: Mapped[str] = mapped_column(primary_key=True)  # ended, cached, lost; wait and run, with their sums in ms
    demo: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(primary_key=True)  # how it ended; the bucket
    amount: Mapped[float]


def totals() -> Totals:
    """Of every run that this site has ever had."""
    counts = _of(db.session)
    for row in db.session.scalars(select(RunTally)):
        counts[row.measure, row.demo, row.label] += int(row.amount)
    return counts


def bucket(end: float) -> str:
    """The label of what took no longer than so many seconds, and longer than the bucket before."""
    return f"{end:g}"


def remember(session: Session, *jobs: Any) -> None:
    """Keep the counts of jobs that are about to be erased, in the transaction that erases them."""
    for (measure, demo, label), amount in _of(session, *jobs).items():
        row = session.get(RunTally, (measure, demo, label))
        if row is None:
            row = RunTally(measure=measure, demo=demo, label=label, amount=0.0)
            session.add(row)
        row.amount += amount


def _of(session: Any, *jobs: Any) -> Totals:
    counts: Totals = Counter()
    ended, lost = (Job.status.not_in(OPEN), *jobs), case((Job.attempt > 1, Job.attempt - 1), else_=0)
    how = select(Job.demo, Job.status, Job.cached, func.count(), func.sum(lost)).where(*ended)
    for demo, status, cached, number, losses in session.execute(how.group_by(Job.demo, Job.status, Job.cached)):
        if cached:
            counts["cached", demo, ""] += number
        else:
            counts["ended", demo, status] += number
            counts["lost", demo, ""] += losses
    computed = (*ended, ~Job.cached, Job.started_at.is_not(None), Job.finished_at.is_not(None))
    # One that was resumed has waited for its reader.
    counts += _times(session, "wait", milliseconds(Job.created_at, Job.started_at), *computed, Job.seconds_before == 0)
    run = milliseconds(Job.started_at, Job.finished_at, Job.seconds_before)
    return counts + _times(session, "run", run, *computed, Job.status == "succeeded")


def _times(session: Any, measure: str, lasted: ColumnElement[int], *jobs: Any) -> Totals:
    """How many fell into which bucket, and their sum."""
    counts: Totals = Counter()
    strokes = (lasted + STROKE - 1) // STROKE  # the database sorts them coarsely, in few groups
    found = select(Job.demo, strokes, func.count(), func.sum(lasted)).where(*jobs).group_by(Job.demo, strokes)
    for demo, begun, number, total in session.execute(found):
        counts[measure, demo, bucket(next(end for end in BUCKETS if begun * STROKE <= 1000 * end))] += number
        counts[f"{measure} ms", demo, ""] += total
    return counts
