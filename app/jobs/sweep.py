"""Erasing: what a reader asks to be gone, and what has been kept for as long as was promised."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from app.db import db, now, writing
from app.jobs.engine import engine
from app.jobs.models import LIVE, Job, JobPicture

EXPIRED = "This run waited for too long and was dropped. Please start it again."


def erase(job: Job) -> None:
    """Remove a job and every picture that only it holds. A run in progress finds its row gone and stops."""
    _remove(Job.id == job.id)


def sweep(at: datetime | None = None) -> None:
    """Expire what waits for ever, erase old uploads and previews, then old results with their pages."""
    settings, at = engine().settings, at or now()
    uploads_end = at - timedelta(hours=settings.KEEP_UPLOADS_HOURS)
    with writing() as session:
        waits = update(Job).where(Job.status == "queued", Job.created_at < uploads_end)
        session.execute(waits.values(status="expired", error=EXPIRED, finished_at=at))
        old = select(Job.id).where(Job.created_at < uploads_end, Job.status.not_in(LIVE))
        gone = (JobPicture.job_id.in_(old), JobPicture.role != "result")
        keys = set(session.scalars(select(JobPicture.key).where(*gone)))
        session.execute(delete(JobPicture).where(*gone))
    _drop(keys)
    results_end = at - timedelta(days=settings.KEEP_RESULTS_DAYS)
    _remove(Job.created_at < results_end, Job.status.not_in(LIVE))


def _remove(*jobs: Any) -> None:
    with writing() as session:
        held = select(JobPicture.key).join(Job, Job.id == JobPicture.job_id).where(*jobs)
        keys = set(session.scalars(held))
        session.execute(delete(Job).where(*jobs).execution_options(synchronize_session=False))
    _drop(keys)


def _drop(keys: set[str]) -> None:
    """Delete the pictures that no row holds any more; asked under the write lock, where nobody can add such a row."""
    if not keys:
        return
    with writing():
        still = set(db.session.scalars(select(JobPicture.key).where(JobPicture.key.in_(keys))))
        for key in keys - still:
            engine().store.delete(key)
