"""Beside a run: a thread that renews its lease, and notices why it must end and what its reader asks of it."""

from __future__ import annotations

import contextlib
import ctypes
import threading
import time
from collections.abc import Iterator

from flask import Flask

from app.db import db
from app.errors import Busy, DiskFull
from app.jobs import wishes
from app.jobs.engine import Changes, Update
from app.jobs.models import Job

LOOK_SECONDS = 0.3  # between two looks at what the reader asks
PATIENCE_SECONDS = 10.0  # that a run has to come to its next step, once it must end


class Interrupted(BaseException):
    """Raised in the midst of a run that must end and comes to no next step; no run's `except Exception` holds it."""


class Watch:
    """`verdict` says why the run must end: canceled, lost, late or stopping; None as long as it need not."""

    def __init__(self, app: Flask, job: Job, stopping: threading.Event) -> None:
        self.app, self.job, self.stopping = app, job, stopping
        self.verdict: str | None = None
        self.pausing = self.wished = False
        self.over = threading.Event()
        self.computing: int | None = None  # the thread that is between two steps of the run
        self.between = threading.Lock()
        self.thread = threading.Thread(target=self._run, name=f"watch-{job.id}", daemon=True)

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()

    def verdict_on(self, update: Update) -> str | None:
        """The verdict after this step; it is also “paused”, but only where the step has a state to go on from."""
        going = self.pausing and update.state is not None and update.progress < 1  # from its end nothing goes on
        return self.verdict or ("paused" if going else None)

    @contextlib.contextmanager
    def patience(self) -> Iterator[None]:
        """Around the computing of a step: raises Interrupted in it where that takes too long after a verdict."""
        self.computing = threading.get_ident()
        try:
            yield
        finally:
            with self.between:  # an interruption is either raised by now, or is not asked for any more
                self.computing = None

    def changes(self) -> Changes:
        """What the reader has changed since this was asked last."""
        if not self.wished:
            return None
        self.wished = False
        return wishes.take(self.job)

    def _run(self) -> None:
        settings = self.app.config["SETTINGS"]
        renewed = time.monotonic()
        started = renewed - self.job.seconds_before
        while self.verdict is None and not self.over.wait(LOOK_SECONDS):
            with self.app.app_context():
                if time.monotonic() - renewed > settings.LEASE_SECONDS / 3:
                    renewed = time.monotonic()
                    with contextlib.suppress(Busy, DiskFull):  # there are two more tries before the lease runs out
                        self.job.renew(settings.LEASE_SECONDS)
                self.verdict = self._look(time.monotonic() - started > settings.JOB_SECONDS)
        while not self.over.wait(PATIENCE_SECONDS):
            self._interrupt()

    def _interrupt(self) -> None:
        """A loop without an end would hold up everybody's runs. A call into C is only stopped when it returns."""
        with self.between:
            if self.computing is not None:
                thread, error = ctypes.c_ulong(self.computing), ctypes.py_object(Interrupted)
                ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, error)

    def _look(self, late: bool) -> str | None:
        row = db.session.get(Job, self.job.id)
        if row is None or (row.fence, row.status) != (self.job.fence, "running"):
            return "lost"
        self.pausing, self.wished = row.pause_requested, row.wishes is not None
        if row.cancel_requested:
            return "canceled"
        return "late" if late else "stopping" if self.stopping.is_set() else None
