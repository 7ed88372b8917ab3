"""What a reader asks of a job: stop, pause, resume, change. Running, it does so after the step it is in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import update

from app.db import db, writing
from app.errors import Conflict
from app.jobs import line
from app.jobs.engine import engine
from app.jobs.models import OPEN, Job, changed, ended, waiting
from app.jobs.pictures import JobPicture

OVER = "This run is over. Start another one, or go on from it with “from”."
NO_PAUSE = "Runs of this demo cannot be paused: they keep no state to go on from."
NOT_BEGUN = "This run has not begun yet, so there is nothing to pause. It can be stopped."


def cancel(job: Job) -> None:
    """Waiting or paused, it is over at once, with the best picture it had; running, its worker stops."""
    with writing() as session:
        mine = Job.id == job.id
        row = session.get(Job, job.id, populate_existing=True)
        if row and changed(update(Job).where(mine, Job.status.in_(("queued", "paused"))).values(**ended("canceled"))):
            best = {*(row.pictures or {}).values(), *(row.files or {}).values()}
            held = (JobPicture.job_id == job.id, JobPicture.key.in_(best), JobPicture.role == "preview")
            session.execute(update(JobPicture).where(*held).values(role="result"))
        else:
            changed(update(Job).where(mine, Job.status == "running").values(cancel_requested=True))
    db.session.refresh(job)


def pause(job: Job) -> None:
    """Its worker lays it aside with its state. Raises Conflict when there is nothing to pause; paused, it stays so."""
    if not engine().demos.goes_on(job.demo):
        raise Conflict(NO_PAUSE)
    with writing():
        running = (Job.id == job.id, Job.status == "running")
        asked = changed(update(Job).where(*running).values(pause_requested=True))
    db.session.refresh(job)
    if not asked and job.status != "paused":
        raise Conflict(NOT_BEGUN if job.live else OVER)


def resume(job: Job) -> None:
    """In line again, like any other. Raises Conflict when it is over, TooMany or Busy when there is no room."""
    with writing():
        mine, again = Job.id == job.id, {"pause_requested": False}
        if not changed(update(Job).where(mine, Job.status == "running").values(**again)):
            paused = db.session.get(Job, job.id, populate_existing=True)
            if paused and paused.status == "paused":
                line.admit(paused.client, engine().settings)
                again |= waiting() | {"turn": line.turn_for(paused.client)}
                changed(update(Job).where(mine, Job.status == "paused").values(**again))
    db.session.refresh(job)
    if job.status not in OPEN:
        raise Conflict(OVER)
    engine().dispatcher.notify(job.id)


def steer(job: Job, given: Mapping[str, Any]) -> None:
    """Change live inputs; they are sent to the run with its next step.

    Raises InvalidInput, a sentence for each field, and Conflict when it is over or has no live inputs.
    """
    changes = engine().demos.changes_of(job.demo, given)
    with writing() as session:
        row = session.get(Job, job.id, populate_existing=True)
        wishes = ((row.wishes if row else None) or {}) | changes
        asked = changed(update(Job).where(Job.id == job.id, Job.status.in_(OPEN)).values(wishes=wishes))
    if not asked:
        raise Conflict(OVER)
    db.session.refresh(job)


def take(job: Job) -> dict[str, Any] | None:
    """For the worker that has it: the inputs that were changed since this was asked last; on record from now on."""
    with writing() as session:
        row = session.get(Job, job.id, populate_existing=True)
        if row is None or not row.wishes:
            return None
        changes: dict[str, Any] = row.wishes
        step = {name: value for name, value in (job.data or {}).items() if name == "step"}
        steered = [*(row.steered or []), step | {"seq": job.seq, "changes": changes}]
        if not job.ours(wishes=None, steered=steered):
            return None
    job.wishes, job.steered = None, steered
    return changes
