"""Progress and previews as server-sent events, to any web process, from the reports in the table.

A stream begins with the job as it is, replays every report after `Last-Event-ID`, follows the run, and closes
after it, or when it is paused.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

from app.db import db
from app.jobs.describe import described, updates_after
from app.jobs.engine import engine
from app.jobs.models import Job

COMMENT_SECONDS = 15.0  # proxies close a connection that is silent for longer
LONGEST_SECONDS = 300.0  # then the browser comes back and goes on where it was


def follow(job_id: str, after: int) -> Iterator[str]:
    """The events of a job as text, until it rests. Holds no transaction while it waits. Needs a request."""
    bell, started, said, seen = engine().bell, time.monotonic(), None, -1
    yield "retry: 2000\n\n"
    while not bell.stopped.is_set() and time.monotonic() - started < LONGEST_SECONDS:
        job = db.session.get(Job, job_id)
        if job is None:
            return
        for update in updates_after(job, after):
            after = update["seq"]
            yield _event("update", update, after)
        state = described(job)
        db.session.remove()
        if not job.live:
            yield _event("paused" if state["status"] == "paused" else "done", state)
            return
        if (news := (state["status"], state["phase"], state["queue"])) != said:
            said = news
            yield _event("state", state)
        before, seen = seen, bell.wait(seen, COMMENT_SECONDS)
        if seen == before:
            yield ": still here\n\n"


def wait_for_news(job_id: str, after: int, seconds: float) -> None:
    """Return when a job has a report after this number or rests, at the latest after `seconds`."""
    bell, deadline, seen = engine().bell, time.monotonic() + seconds, -1
    while (left := deadline - time.monotonic()) > 0 and not bell.stopped.is_set():
        job = db.session.get(Job, job_id)
        db.session.remove()
        if job is None or not job.live or job.seq > after:
            return
        seen = bell.wait(seen, left)


def _event(name: str, data: dict[str, Any], number: int | None = None) -> str:
    head = f"id: {number}\n" if number is not None else ""
    return f"{head}event: {name}\ndata: {json.dumps(data)}\n\n"
