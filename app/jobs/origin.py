"""The run that another one goes on from."""

from __future__ import annotations

from sqlalchemy import select

from app.db import db
from app.errors import InvalidInput
from app.jobs.engine import engine
from app.jobs.models import Job
from app.jobs.pictures import JobPicture

UNKNOWN = "There is no such run to go on from. It may have been erased."
OTHER = "Only a run of the same demo can be gone on from."
STATELESS = "This run has no state to go on from: it was never kept, or has been erased. Start a new one."
OUTDATED = "This run was made by an earlier version of the demo and cannot be gone on from. Start a new one."


def origin_of(job_id: str, demo: str) -> Job:
    """The run with this id, whose state another run of `demo` can begin with. Raises InvalidInput with a sentence."""
    job = db.session.get(Job, job_id)
    if job is None:
        raise InvalidInput({"from": UNKNOWN})
    if job.demo != demo:
        raise InvalidInput({"from": OTHER})
    held = (JobPicture.job_id == job.id, JobPicture.key == job.state_key, JobPicture.role == "state")
    if db.session.scalar(select(JobPicture.id).where(*held).limit(1)) is None:
        raise InvalidInput({"from": STATELESS})
    if job.version != engine().demos.version_of(demo):
        raise InvalidInput({"from": OUTDATED})
    return job
