"""The line of waiting jobs: whose turn it is, how many are ahead, and who may join.

Fair order is start-time fair queueing (Goyal, Vin, Cheng 1996): a job's turn is one after its reader's last one, but
never before the turn that is being served. A reader with twenty jobs and a reader with one take turns.
"""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import func, select

from app.config import Settings
from app.db import db, now
from app.errors import Busy, TooMany
from app.jobs.estimate import experience, remaining
from app.jobs.experience import NO_TIME, Estimate
from app.jobs.models import LIVE, Job, count


class Place(NamedTuple):
    """Where a waiting job stands: jobs ahead of it, and how long until its turn, where that can be told."""

    ahead: int
    wait: Estimate | None


def next_in_line() -> str | None:
    """The id of the job whose turn it is."""
    return db.session.scalar(select(Job.id).where(Job.status == "queued").order_by(Job.turn, Job.created_at).limit(1))


def turn_for(client: str) -> float:
    """The turn of a new job of this reader."""
    being_served = db.session.scalar(select(func.min(Job.turn)).where(Job.status == "running"))
    if being_served is None:
        being_served = db.session.scalar(select(func.min(Job.turn)).where(Job.status == "queued"))
    last = db.session.scalar(select(func.max(Job.turn)).where(Job.client == client, Job.status.in_(LIVE)))
    return max(being_served or 0.0, -1.0 if last is None else last + 1.0)


def admit(client: str, settings: Settings) -> None:
    """Raises TooMany or Busy, with the time to come back, when one more job would be too many."""
    minute = now() - timedelta(seconds=60)
    if count(Job.client == client, Job.status.in_(LIVE)) >= settings.JOBS_PER_READER:
        raise TooMany(
            f"You have {settings.JOBS_PER_READER} runs waiting or running. Wait for one to end, or stop one.",
            retry_after=10,
        )
    if count(Job.client == client, Job.created_at > minute, ~Job.cached) >= settings.UPLOADS_PER_MINUTE:
        raise TooMany("That was a lot of runs in one minute. Please try again in a minute.", retry_after=60)
    if count(Job.status == "queued") >= settings.QUEUE_LIMIT:
        raise Busy("The line is full at the moment. Please try again in a minute.", retry_after=60)


def place(job: Job, moves: bool = True) -> Place:
    """Where a waiting job stands. Nobody can tell for how long in a line that does not move."""
    earlier = (Job.turn < job.turn) | ((Job.turn == job.turn) & (Job.created_at < job.created_at))
    ahead = list(db.session.scalars(select(Job).where((Job.status == "running") | (Job.status == "queued") & earlier)))
    known = {demo: experience(demo) for demo in {other.demo for other in ahead}}
    waits = [remaining(other, known[other.demo]) for other in ahead]
    told = [wait for wait in waits if wait]
    if len(told) < len(waits) or not moves:
        return Place(len(ahead), None)
    return Place(len(ahead), Estimate(*(sum(ends) for ends in zip(NO_TIME, *told, strict=True))))
