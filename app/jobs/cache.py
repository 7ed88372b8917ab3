"""The cache of finished runs: the same inputs, parameters, seed, code and weights are computed once."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sqlalchemy import select

from app.db import db
from app.jobs.models import Job
from app.jobs.pictures import JobPicture
from app.jobs.updates import JobEvent

COPIED = (
    *("status", "data", "pictures", "files", "progress", "seq", "device", "started_at", "finished_at"),
    *("state_key", "state_seq", "state_seconds", "seconds_before"),
)


def cache_key(demo: str, fingerprint: str, inputs: dict[str, Any], state_key: str | None = None) -> str:
    """The name of a run by all that decides its result; pictures and the state it begins with by their content."""
    known = [demo, fingerprint, inputs] + ([state_key] if state_key else [])
    return hashlib.sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()


def copy_twin(job: Job) -> bool:
    """Give a new `job` the result of a finished run with the same key, if there is one. Within a write transaction.

    It gets a copy and not the run itself, so that each reader can erase what is theirs.
    """
    same = (Job.cache_key == job.cache_key, Job.status == "succeeded", ~Job.cached, Job.id != job.id)
    as_asked = Job.steered.is_(None)  # the inputs of a steered one say only what it began with
    twin = db.session.scalar(select(Job).where(*same, as_asked).limit(1))
    if twin is None:
        return False
    for name in COPIED:
        setattr(job, name, getattr(twin, name))
    job.cached = True
    db.session.flush()
    for event in db.session.scalars(select(JobEvent).where(JobEvent.job_id == twin.id)):
        columns = (event.seq, event.progress, event.seconds_left, event.data, event.pictures)
        db.session.add(JobEvent(job.id, *columns))
    held = db.session.scalars(select(JobPicture).where(JobPicture.job_id == twin.id, JobPicture.role != "input"))
    db.session.add_all([JobPicture(job.id, picture.key, picture.role) for picture in held])
    return True
