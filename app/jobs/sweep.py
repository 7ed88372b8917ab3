"""Erasing: what a reader asks to be gone, and what has been kept for as long as was promised."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from app.db import db, now, writing
from app.jobs import tally
from app.jobs.engine import engine
from app.jobs.models import OPEN, Job
from app.jobs.pictures import JobPicture, batched, drop, held

STRAYS_END = timedelta(minutes=10)  # longer than between a file and the row that holds it
EXPIRED = "This run waited for too long and was dropped. Please start it again."


def erase(job: Job) -> None:
    """Remove a job and every picture that only it holds. A run in progress finds its row gone and stops."""
    remove(Job.id == job.id)


def sweep(at: datetime | None = None) -> None:
    """Expire what waits for ever, erase old uploads, previews and states, then old results with their pages."""
    settings, at = engine().settings, at or now()
    uploads_end = at - timedelta(hours=settings.KEEP_UPLOADS_HOURS)
    with writing() as session:
        waits = update(Job).where(Job.status.in_(("queued", "paused")), Job.created_at < uploads_end)
        session.execute(waits.values(status="expired", error=EXPIRED, finished_at=at))
        old = select(Job.id).where(Job.created_at < uploads_end, Job.status.not_in(OPEN))
        gone = (JobPicture.job_id.in_(old), JobPicture.role != "result")
        keys = set(session.scalars(select(JobPicture.key).where(*gone)))
        session.execute(delete(JobPicture).where(*gone))
    drop(keys)
    results_end = at - timedelta(days=settings.KEEP_RESULTS_DAYS)
    remove(Job.created_at < results_end, Job.status.not_in(OPEN))
    _erase_strays(at)


def remove(*jobs: Any) -> dict[str, int]:
    """Erase jobs and the files that only they hold; gives these with their bytes. What stays are counts."""
    with writing() as session:
        theirs = select(JobPicture.key).join(Job, Job.id == JobPicture.job_id).where(*jobs)
        keys = set(session.scalars(theirs))
        tally.remember(session, *jobs)
        session.execute(delete(Job).where(*jobs).execution_options(synchronize_session=False))
    return drop(keys)


def _erase_strays(at: datetime) -> None:
    """Files that no job holds: what a run wrote while it was being erased, or just before the power failed."""
    old = engine().store.old((at - STRAYS_END).timestamp())
    drop({key for some in batched(old) for key in set(some) - held(some)})
    db.session.rollback()
