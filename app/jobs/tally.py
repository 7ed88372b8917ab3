"""What runs have come to, in counts that only ever grow: those of the runs that are kept, and what erased ones leave.

Idea: a run that has ended never changes, so it can be counted whenever somebody asks, and once more when it is erased;
then its counts go into a table that says nothing about any one of them. Invariant: a total never falls, in whichever
process it is asked for.
"""

from __future__ import annotations

from collections import Counter
from math import inf
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.db import Base, db
from app.jobs.models import OPEN, Job

BUCKETS = (0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 900.0, inf)  # seconds, as upper ends
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
    times = (Job.created_at, Job.started_at, Job.finished_at, Job.seconds_before)
    ended = select(Job.demo, Job.status, Job.cached, Job.attempt, *times).where(Job.status.not_in(OPEN), *jobs)
    counts: Totals = Counter()
    for row in session.execute(ended):
        if row.cached:
            counts["cached", row.demo, ""] += 1
            continue
        counts["ended", row.demo, row.status] += 1
        counts["lost", row.demo, ""] += max(0, row.attempt - 1)
        if row.started_at is None or row.finished_at is None:
            continue
        if not row.seconds_before:  # one that was resumed has waited for its reader
            _time(counts, "wait", row.demo, (row.started_at - row.created_at).total_seconds())
        if row.status == "succeeded":
            seconds = row.seconds_before + (row.finished_at - row.started_at).total_seconds()
            _time(counts, "run", row.demo, seconds)
    return counts


def _time(counts: Totals, measure: str, demo: str, seconds: float) -> None:
    # Whole ones: a sum of fractions depends on their order, and could fall by the last bit when a run is erased.
    counts[f"{measure} ms", demo, ""] += max(0, round(1000 * seconds))  # a clock can be put back
    counts[measure, demo, bucket(next(end for end in BUCKETS if seconds <= end))] += 1
