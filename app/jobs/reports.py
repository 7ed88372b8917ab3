"""Reports: a reader says that a run is wrong or offensive; its pictures are covered until the author has looked.

Covered is its page, where whoever follows a link meets it unprepared. Its JSON and its pictures' own addresses still
answer: a report is one reader's word, and must not take a result from the reader whose run it is. Only the author does.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select, update

from app.db import db, now, writing
from app.errors import InvalidInput, TooMany
from app.jobs.models import Job, changed
from app.jobs.sweep import erase

REASONS = {"wrong": "It is wrong", "offensive": "It is offensive", "other": "Something else"}
LONGEST_NOTE = 500
AT_ONCE, WITHIN = 5, timedelta(hours=1)
TOO_MANY = "You have reported {most} runs within an hour. Please report the next one in {minutes} min."


class Report(NamedTuple):
    """A run that was reported and has not been looked at."""

    job: str
    demo: str
    reason: str
    note: str
    at: datetime


def file(job: Job, given: Mapping[str, Any], reporter: str) -> None:
    """Report a run; one that is reported already stays as it is.

    Raises InvalidInput, a sentence for each field, and TooMany with the time to come back.
    """
    reason, note = _read(given)
    with writing():
        _throttle(reporter)
        unreported = update(Job).where(Job.id == job.id, Job.report_reason.is_(None))
        filed = {"report_reason": reason, "report_note": note, "reported_at": now(), "reporter": reporter}
        changed(unreported.values(**filed))
    db.session.refresh(job)


def reported() -> list[Report]:
    """Every report that nobody has answered, the oldest first."""
    jobs = db.session.scalars(select(Job).where(Job.report_reason.is_not(None)).order_by(Job.reported_at))
    return [
        Report(job.id, job.demo, REASONS[job.report_reason], job.report_note or "", job.reported_at)
        for job in jobs
        if job.report_reason and job.reported_at
    ]


def dismiss(job_id: str) -> None:
    """There is nothing wrong with it. Who reported it and when is kept, for the throttle."""
    with writing():
        changed(update(Job).where(Job.id == job_id).values(report_reason=None, report_note=None))


def erase_run(job_id: str) -> None:
    """Erase a run with its pictures; gone already, it stays so."""
    if job := db.session.get(Job, job_id):
        erase(job)


def _read(given: Mapping[str, Any]) -> tuple[str, str]:
    reason, note = given.get("reason", ""), given.get("note") or ""
    problems = {}
    if reason not in REASONS:
        problems["reason"] = "Say what is the matter: wrong, offensive or other."
    if not isinstance(note, str) or len(note) > LONGEST_NOTE:
        problems["note"] = f"The note can have {LONGEST_NOTE} characters at most."
    if problems:
        raise InvalidInput(problems)
    return reason, note.strip()


def _throttle(reporter: str) -> None:
    """Raises TooMany when this reader has reported enough for now. Within a write transaction."""
    at = now()
    lately = select(Job.reported_at).where(Job.reporter == reporter, Job.reported_at > at - WITHIN)
    times = sorted(time for time in db.session.scalars(lately) if time)
    if len(times) >= AT_ONCE:
        seconds = (times[-AT_ONCE] + WITHIN - at).total_seconds()
        minutes = max(1, round(seconds / 60))
        raise TooMany(TOO_MANY.format(most=AT_ONCE, minutes=minutes), retry_after=max(1, round(seconds)))
