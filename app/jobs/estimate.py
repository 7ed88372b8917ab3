"""How long a run takes: told from earlier runs before it begins, and from itself while it goes on.

Invariant: what is said of a demo takes one look at an index of the database, and a second one only when a run of that
demo has ended since the last time.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import Select, select

from app.db import db
from app.jobs.experience import Estimate, Experience, Run, learn
from app.jobs.models import Job
from app.jobs.updates import JobEvent

REMEMBERED = 100  # runs of a demo
TRUST = 0.1  # the share of a run after which its own pace counts as much as that of others
KNOWN_FROM = 0.1  # before that a run of which others tell nothing says too little about itself


def experience(demo: str) -> Experience | None:
    """What the last runs of a demo tell; None before there are any that ended well."""
    newest = db.session.execute(_ended_well(demo).limit(1)).first()
    if newest is None:
        return None
    # Whoever has ended last names the state of the history: nothing else changes what it tells.
    return _learned(demo, newest.device, newest.id, _seconds(newest))


def expected(job: Job, known: Experience | None) -> Estimate | None:
    """How long a job takes in all."""
    return known.of(job.inputs, job.work) if known else None


def remaining(job: Job, known: Experience | None) -> Estimate | None:
    """How long a live job still runs, once its turn has come; None while nobody can know."""
    whole = expected(job, known)
    told = db.session.get(JobEvent, (job.id, job.seq)) if job.status == "running" else None
    if told and told.seconds_left is not None:
        return around(told.seconds_left, whole, told.progress)
    return whole and around(whole.seconds * (1 - job.progress), whole, job.progress)


class Pace:
    """How fast a run goes: over the later half of what it has done, since most runs begin slower than they go on."""

    def __init__(self, progress: float, seconds: float) -> None:
        self.marks = [(progress, seconds)]

    def mark(self, progress: float, seconds: float) -> None:
        """The run has come so far, after so many seconds in all."""
        self.marks.append((progress, seconds))

    @property
    def whole(self) -> float | None:
        """Seconds that a whole run takes at this pace; None while too little of it is done."""
        progress, seconds = self.marks[-1]
        then, before = next(mark for mark in reversed(self.marks) if mark[0] <= progress / 2 or mark is self.marks[0])
        done = progress - then
        return (seconds - before) / done if done > 0 else None


def left(whole: Estimate | None, pace: Pace) -> Estimate | None:
    """What is left of a run: at first as others took, later as it does itself; None while nobody can know."""
    progress, own = pace.marks[-1][0], pace.whole
    if whole is None:
        return around(own * (1 - progress), None, progress) if own and progress > KNOWN_FROM else None
    others = TRUST / (TRUST + progress) if own else 1.0
    return around((others * whole.seconds + (1 - others) * (own or 0.0)) * (1 - progress), whole, progress)


def around(seconds: float, whole: Estimate | None, progress: float) -> Estimate:
    """The range around what a run has left: the farther it is, the less it matters how much others differed."""
    others = TRUST / (TRUST + progress)
    low, high = (whole.low / whole.seconds, whole.high / whole.seconds) if whole else (0.5, 2.0)
    return Estimate(*(seconds * (1 + others * (bound - 1)) for bound in (1.0, low, high)))


def _ended_well(demo: str) -> Select[Any]:
    """Runs of a demo that say how long one takes, the newest first."""
    columns = (Job.id, Job.inputs, Job.work, Job.device, Job.started_at, Job.finished_at, Job.seconds_before)
    # One that was lost took longer than is known, and one that went on from another's state took less than it is.
    well = (Job.demo == demo, Job.status == "succeeded", ~Job.cached, Job.attempt == 1, Job.origin.is_(None))
    return select(*columns).where(*well).order_by(Job.finished_at.desc())


@lru_cache(maxsize=64)
def _learned(demo: str, device: str | None, newest: str, seconds: float) -> Experience:
    rows = db.session.execute(_ended_well(demo).where(Job.device == device).limit(REMEMBERED))
    return learn([Run(row.inputs, row.work, _seconds(row)) for row in rows])


def _seconds(row: Any) -> float:
    seconds: float = row.seconds_before + (row.finished_at - row.started_at).total_seconds()
    return max(seconds, 1e-3)
