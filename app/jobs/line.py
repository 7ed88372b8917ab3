"""The line of waiting jobs: whose turn it is, how many are ahead, how long that takes, and who may join.

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
from app.jobs.models import LIVE, Job, count

RECENT_RUNS = 20
KNOWN_FROM = 0.1  # before that a run says too little about itself


class Place(NamedTuple):
    """Where a waiting job stands: jobs ahead of it, and seconds until its turn, where they can be told."""

    ahead: int
    seconds: float | None


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


def place(job: Job) -> Place:
    earlier = (Job.turn < job.turn) | ((Job.turn == job.turn) & (Job.created_at < job.created_at))
    ahead = list(db.session.scalars(select(Job).where((Job.status == "running") | (Job.status == "queued") & earlier)))
    waits = [_remaining(other) for other in ahead]
    return Place(len(ahead), None if None in waits else sum(wait for wait in waits if wait is not None))


def typical_seconds(demo: str, work: float) -> float | None:
    """How long a run of this much work takes, from the last ones that ended well; None before there are any."""
    last = select(Job).where(Job.demo == demo, Job.status == "succeeded", ~Job.cached)
    runs = db.session.scalars(last.order_by(Job.finished_at.desc()).limit(RECENT_RUNS)).all()
    done = sum(run.work for run in runs)
    return work * sum(run.seconds or 0.0 for run in runs) / done if done else None


def seconds_left(job: Job, progress: float, elapsed: float) -> float | None:
    """How long a run still takes: at first as others took, later as it does itself; None while nobody can know."""
    typical = typical_seconds(job.demo, job.work)
    if typical is None:
        return elapsed * (1 - progress) / progress if progress > KNOWN_FROM else None
    return (1 - progress) * (typical * (1 - progress) + elapsed)


def _remaining(job: Job) -> float | None:
    whole = typical_seconds(job.demo, job.work)
    return None if whole is None else whole * (1 - job.progress)
