"""Erasing: what a reader asks to be gone, and what has been kept for as long as was promised."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from app.db import now, writing
from app.jobs.engine import engine
from app.jobs.models import OPEN, Job
from app.jobs.pictures import JobPicture, drop

EXPIRED = "This run waited for too long and was dropped. Please start it again."


def erase(job: Job) -> None:
    """Remove a job and every picture that only it holds. A run in progress finds its row gone and stops."""
    _remove(Job.id == job.id)


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
    _remove(Job.created_at < results_end, Job.status.not_in(OPEN))


def _remove(*jobs: Any) -> None:
    with writing() as session:
        held = select(JobPicture.key).join(Job, Job.id == JobPicture.job_id).where(*jobs)
        keys = set(session.scalars(held))
        session.execute(delete(Job).where(*jobs).execution_options(synchronize_session=False))
    drop(keys)
