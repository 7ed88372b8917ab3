"""Running a job, in a thread here or on another machine: claim it, walk through its run, keep what comes out."""

from __future__ import annotations

import contextlib
import io
import logging
import threading
import time
from collections.abc import Iterator

from flask import Flask, current_app
from PIL.Image import Image

from app.db import db, writing
from app.errors import AppError
from app.jobs import line
from app.jobs.cache import copy_twin
from app.jobs.engine import Update, engine
from app.jobs.models import Job

log = logging.getLogger(__name__)

REPORT_SECONDS = 0.4  # between two reports: often enough to look alive, seldom enough to cost nothing
LOOK_SECONDS = 0.3  # between two looks at whether the reader has cancelled
BROKE = "Something went wrong on our side while this ran. It has been noted; please try again."
TOO_LONG = "This run was stopped after {seconds} s, the longest a run may take. Choose fewer steps or a smaller size."


def execute(job_id: str, owner: str, device: str, stopping: threading.Event | None = None) -> bool:
    """Run the job if it is still waiting; whether it was.

    `owner` names this worker, `device` says in words what it runs on, `stopping` asks it to let go.
    """
    job = Job.claim(job_id, owner, device, engine().settings.LEASE_SECONDS)
    if job is None:
        return False
    if _answered_by_twin(job):
        return True
    watch = _Watch(current_app._get_current_object(), job, stopping or threading.Event())  # type: ignore[attr-defined]
    with watch:
        try:
            _walk(job, watch)
        except AppError as error:
            job.fail(error.message)
        except Exception:
            log.exception("job %s of %s failed", job.id, job.demo)
            job.fail(BROKE)
    return True


def _walk(job: Job, watch: _Watch) -> None:
    """Through the run, from update to update, until it ends or `watch` says that it must."""
    updates: Iterator[Update] = engine().demos.run_of(job.demo)(job.inputs, engine().store.read)
    last, told, reported, started = None, None, 0.0, time.monotonic()
    with contextlib.closing(updates):  # type: ignore[type-var]
        for update in updates:
            last = update
            if watch.verdict:
                break
            if time.monotonic() - reported >= REPORT_SECONDS:
                told, reported = update, time.monotonic()
                if not _report(job, update, time.monotonic() - started):
                    return  # taken from us; whoever has it now goes on
    if last is not None and last is not told and watch.verdict != "lost":
        _report(job, last, time.monotonic() - started)
    _end(job, last, watch.verdict)


def _end(job: Job, last: Update | None, verdict: str | None) -> None:
    if verdict == "lost":
        return
    if verdict == "stopping":
        job.put_back(counted=False)
    elif verdict == "late":
        job.fail(TOO_LONG.format(seconds=engine().settings.JOB_SECONDS))
    else:
        pictures = {name: _kept(image, "png") for name, image in last.pictures.items()} if last else {}
        job.finish(pictures, canceled=verdict == "canceled")


def _report(job: Job, update: Update, elapsed: float) -> bool:
    left = line.seconds_left(job, update.progress, elapsed)
    previews = {name: _kept(image, "webp") for name, image in update.pictures.items()}
    return job.report(update.progress, update.data, previews, left)


def _kept(image: Image, kind: str) -> str:
    """The key of a picture in the store: PNG loses nothing, WebP is quick to send."""
    out = io.BytesIO()
    if kind == "png":
        image.save(out, "PNG", compress_level=6)
    else:
        image.save(out, "WEBP", quality=82, method=2)
    return engine().store.put(out.getvalue(), kind)


def _answered_by_twin(job: Job) -> bool:
    """True when the same run has ended while this one waited."""
    with writing() as session:
        return copy_twin(session.get_one(Job, job.id))


class _Watch:
    """Beside a run: renews its lease, and notices why it must end: canceled, lost, late or stopping."""

    def __init__(self, app: Flask, job: Job, stopping: threading.Event) -> None:
        self.app, self.job, self.stopping = app, job, stopping
        self.verdict: str | None = None
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._run, name=f"watch-{job.id}", daemon=True)

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()

    def _run(self) -> None:
        settings = self.app.config["SETTINGS"]
        started = renewed = time.monotonic()
        while self.verdict is None and not self.over.wait(LOOK_SECONDS):
            with self.app.app_context():
                if time.monotonic() - renewed > settings.LEASE_SECONDS / 3:
                    renewed = time.monotonic()
                    self.job.renew(settings.LEASE_SECONDS)
                self.verdict = self._look(time.monotonic() - started > settings.JOB_SECONDS)

    def _look(self, late: bool) -> str | None:
        row = db.session.get(Job, self.job.id)
        if row is None or (row.fence, row.status) != (self.job.fence, "running"):
            return "lost"
        if row.cancel_requested:
            return "canceled"
        return "late" if late else "stopping" if self.stopping.is_set() else None
