"""A job as everyone is told of it: the same JSON for the API, for events and for its page, with its state in words."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import url_for
from sqlalchemy import select

from app.db import db
from app.jobs import line
from app.jobs.election import DOWN
from app.jobs.engine import engine
from app.jobs.estimate import around, expected, experience, remaining
from app.jobs.experience import Estimate
from app.jobs.models import Job
from app.jobs.pictures import JobPicture
from app.jobs.updates import JobEvent


def described(job: Job) -> dict[str, Any]:
    held = _held(job)
    alive = job.status != "queued" or engine().worker_alive()
    place = line.place(job, alive) if job.status == "queued" else None
    rest = remaining(job, experience(job.demo)) if job.status == "running" else None
    shown = _shown(job, held)
    return {
        "id": job.id,
        "demo": job.demo,
        "status": job.status,
        "phase": job.phase,
        "progress": round(job.progress, 4),
        "seconds_left": rest and _rounded(rest.seconds),
        "seconds_left_range": rest and _range(rest),
        "message": worded(job, place, rest) if alive else DOWN,
        "cached": job.cached,
        "attempt": job.attempt,
        "queue": _queue(place) | {"worker_alive": alive} if place else None,
        "inputs": {name: _input(value, held) for name, value in job.inputs.items()},
        "latest": shown,
        "output": shown if job.status in ("succeeded", "canceled") else None,
        "error": job.error,
        "origin": job.origin,
        "steered": job.steered or [],
        "resumable": job.state_key in held,
        "version": job.version,
        "reported": job.report_reason is not None,
        "created_at": _iso(job.created_at),
        "started_at": _iso(job.started_at),
        "finished_at": _iso(job.finished_at),
        "expires_at": _iso(job.created_at + timedelta(days=engine().settings.KEEP_RESULTS_DAYS)),
        "metrics": {
            "queue_s": None if job.seconds_before else _between(job.created_at, job.started_at),
            "run_s": _rounded(job.seconds),
            "device": job.device,
        },
        "urls": _addresses(job),
    }


def updates_after(job: Job, seq: int) -> list[dict[str, Any]]:
    """The reports of a run after the one with this number, oldest first."""
    held = _held(job)
    later = select(JobEvent).where(JobEvent.job_id == job.id, JobEvent.seq > seq).order_by(JobEvent.seq)
    events, whole = db.session.scalars(later).all(), expected(job, experience(job.demo))
    rests = [_left_at(event, whole) for event in events]
    return [
        {
            "seq": event.seq,
            "progress": round(event.progress, 4),
            "seconds_left": rest and _rounded(rest.seconds),
            "seconds_left_range": rest and _range(rest),
            "data": event.data,
            "pictures": _urls(event.pictures, held),
        }
        for event, rest in zip(events, rests, strict=True)
    ]


def worded(job: Job, place: line.Place | None, rest: Estimate | None) -> str:
    """The state in one sentence, for a reader."""
    if place is not None:
        about = f", about {place.wait.words}" if place.wait else ""
        return f"In line: {place.ahead} ahead{about}" if place.ahead else "Next in line"
    if job.status == "running":
        return _worded_run(job, rest)
    step = (job.data or {}).get("step")
    if job.status == "succeeded":
        if job.cached and job.finished_at:
            return f"From an earlier run with the same inputs, computed on {job.finished_at:%-d %B %Y}"
        return f"Done in {job.seconds or 0:.1f} s" + (f" on {job.device}" if job.device else "")
    if job.status == "paused":
        return f"Paused at step {step}: resume when you like" if step else "Paused: resume when you like"
    if job.status == "canceled":
        return f"Stopped at step {step}: this is the best so far" if step else "Stopped before it began"
    return job.error or "It did not work out."


def _worded_run(job: Job, rest: Estimate | None) -> str:
    if job.cancel_requested:
        return "Stopping after this step"
    if job.pause_requested:
        return "Pausing after this step"
    if job.phase == "loading":
        return "Loading the network"
    data = job.data or {}
    step = f"Step {data['step']} of {data['of']}" if {"step", "of"} <= data.keys() else f"{job.progress:.0%} done"
    return f"{step}, {rest.words} left" if rest else step


def _left_at(event: JobEvent, whole: Estimate | None) -> Estimate | None:
    return None if event.seconds_left is None else around(event.seconds_left, whole, event.progress)


def _queue(place: line.Place) -> dict[str, Any]:
    wait = place.wait
    # In whole seconds, so that those who wait are not told of every tenth.
    ends = wait and [round(wait.low), round(wait.high)]
    return {"ahead": place.ahead, "seconds": wait and round(wait.seconds), "range": ends}


def _range(told: Estimate) -> list[float]:
    return [round(told.low, 1), round(told.high, 1)]


def _shown(job: Job, held: set[str]) -> dict[str, Any] | None:
    if job.data is None:
        return None
    return {"pictures": _urls(job.pictures, held), "files": _urls(job.files, held), "data": job.data}


def _addresses(job: Job) -> dict[str, str]:
    verbs = ("events", "cancel", "pause", "resume", "steer")
    return {
        "self": url_for("jobs_api.show", job_id=job.id),
        **{verb: url_for(f"jobs_api.{verb}", job_id=job.id) for verb in verbs},
        "page": url_for("jobs.page", job_id=job.id),
        "recipe": url_for("jobs.recipe_png", job_id=job.id),
        "report": url_for("jobs.report", job_id=job.id),
        "timelapse": url_for("jobs.film", job_id=job.id, kind="webp"),
    }


def _held(job: Job) -> set[str]:
    """The files of this job that have not been erased."""
    return set(db.session.scalars(select(JobPicture.key).where(JobPicture.job_id == job.id)))


def _urls(pictures: dict[str, str] | None, held: set[str]) -> dict[str, str]:
    return {name: url_for("jobs.picture", key=key) for name, key in (pictures or {}).items() if key in held}


def _input(value: Any, held: set[str]) -> Any:
    """An input as it was given; a reader's own picture as an address while it is kept."""
    if not isinstance(value, dict) or "picture" not in value:
        return value
    return {"picture": url_for("jobs.picture", key=value["picture"]) if value["picture"] in held else None}


def _between(start: datetime | None, end: datetime | None) -> float | None:
    return round((end - start).total_seconds(), 2) if start and end else None


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 1)


def _iso(at: datetime | None) -> str | None:
    return at.isoformat(timespec="milliseconds") if at else None
