"""What goes on now, for whoever runs the site: what waits, what runs, what failed, and starting a failed run again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from app.db import db, now, writing
from app.errors import Conflict, NotFound
from app.jobs import line
from app.jobs.engine import engine
from app.jobs.estimate import expected, experience, remaining
from app.jobs.models import LIVE, Job
from app.jobs.pictures import JobPicture

MOST_FAILURES = 30
GONE = "This run has been erased."
NOT_FAILED = "Only a run that failed can be tried again."
NO_PICTURE = "The picture this run was about has been erased, so only its reader can start it again."


class Going(NamedTuple):
    """A run that waits or runs; seconds, where they can be told."""

    job: str
    title: str
    running: bool
    progress: float
    since: datetime
    left: float | None  # until it begins, or ends
    device: str


class Failure(NamedTuple):
    job: str
    title: str
    sentence: str
    at: datetime
    again: bool  # whether it can be tried again


class Waiting(NamedTuple):
    """A demo's part of the line: runs, seconds of work as earlier runs tell, seconds since the first of them came."""

    demo: str
    title: str
    runs: int
    work: float
    longest: float
    running: int


def going_on() -> list[Going]:
    """What runs, then what waits, in the order of the line."""
    jobs = db.session.scalars(
        select(Job).where(Job.status.in_(LIVE)).order_by(Job.status.desc(), Job.turn, Job.created_at)
    )
    return [_going(job) for job in jobs]


def failures() -> list[Failure]:
    """The last that failed, the newest first."""
    failed = select(Job).where(Job.status == "failed").order_by(Job.finished_at.desc()).limit(MOST_FAILURES)
    return [
        Failure(job.id, title_of(job.demo), job.error or "", job.finished_at or job.created_at, not _missing(job))
        for job in db.session.scalars(failed)
    ]


def line_by_demo() -> list[Waiting]:
    """Every demo that is waited for or runs."""
    jobs: dict[str, list[Job]] = defaultdict(list)
    for job in db.session.scalars(select(Job).where(Job.status.in_(LIVE))):
        jobs[job.demo].append(job)
    return [_waiting(demo, found) for demo, found in sorted(jobs.items())]


def oldest_kept() -> datetime | None:
    """When the oldest run that is still kept was started."""
    return db.session.scalar(select(func.min(Job.created_at)))


def again(job_id: str) -> str:
    """The id of a new run with the inputs of one that failed, for the same reader. Raises a Conflict in a sentence."""
    with writing() as session:
        failed = session.get(Job, job_id)
        if failed is None:
            raise NotFound(GONE)
        if failed.status != "failed":
            raise Conflict(NOT_FAILED)
        if _missing(failed):
            raise Conflict(NO_PICTURE)
        job = Job(demo=failed.demo, client=failed.client, inputs=failed.inputs, work=failed.work)
        job.cache_key, job.version = failed.cache_key, engine().demos.version_of(failed.demo)
        job.turn = line.turn_for(job.client)
        session.add(job)
        session.flush()
        session.add_all(JobPicture(job.id, key, "input") for key in uploads_of(failed))
        made = job.id
    engine().dispatcher.notify(made)
    return made


def title_of(demo: str) -> str:
    """A demo's title; its name where it has gone since."""
    try:
        return engine().demos.title_of(demo)
    except NotFound:
        return demo


def uploads_of(job: Job) -> set[str]:
    """Keys of the pictures that a reader sent for this run, kept or erased."""
    return {value["picture"] for value in job.inputs.values() if isinstance(value, dict) and "picture" in value}


def _missing(job: Job) -> bool:
    """Whether a picture that it needs has been erased; one that went on from another's state cannot begin anew."""
    held = select(JobPicture.key).where(JobPicture.job_id == job.id, JobPicture.role == "input")
    return job.origin is not None or bool(uploads_of(job) - set(db.session.scalars(held)))


def _going(job: Job) -> Going:
    running = job.status == "running"
    left = remaining(job, experience(job.demo)) if running else line.place(job, engine().worker_alive()).wait
    since = job.started_at if running and job.started_at else job.created_at
    return Going(job.id, title_of(job.demo), running, job.progress, since, left and left.seconds, job.device or "")


def _waiting(demo: str, jobs: Sequence[Job]) -> Waiting:
    known, at = experience(demo), now()
    queued = [job for job in jobs if job.status == "queued"]
    told = [time.seconds * (1 - job.progress) for job in queued if (time := expected(job, known))]
    longest = max(((at - job.created_at).total_seconds() for job in queued), default=0.0)
    return Waiting(demo, title_of(demo), len(queued), sum(told), max(0.0, longest), len(jobs) - len(queued))
