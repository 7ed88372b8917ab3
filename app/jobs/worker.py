"""The worker: elected by a file lock, one a device, it runs the jobs in line one after the other.

Every web process is a candidate, and so is `flask work`. The kernel frees the lock when its holder dies, however it
dies, and another candidate takes over within half a second. Only the elected one loads what runs need.
"""

from __future__ import annotations

import fcntl
import logging
import os
import socket
import threading
import time
from pathlib import Path

from flask import Flask

from app.db import db
from app.errors import Busy, DiskFull
from app.jobs.engine import Engine
from app.jobs.execute import RELIEF_SECONDS, execute
from app.jobs.line import next_in_line
from app.jobs.models import requeue_lost
from app.jobs.sweep import sweep

log = logging.getLogger(__name__)

CANDIDATE_SECONDS = 0.5
LOOK_SECONDS = 5.0  # at the latest, for leases that ran out elsewhere
SWEEP_SECONDS = 600.0


class Worker:
    def __init__(self, app: Flask) -> None:
        self.app = app
        self.engine: Engine = app.extensions["jobs"]
        self.device = self.engine.settings.DEVICE or "auto"
        self.owner = f"{socket.gethostname()}/{self.device}"
        self.stopping = threading.Event()
        self.runs_on = ""
        self.swept = 0.0

    def run(self) -> None:
        """Wait for the device, then run jobs until `stop`."""
        lock = self._elected(self.engine.settings.DATA / f"worker-{self.device}.lock")
        if lock is None:
            return
        try:
            with self.app.app_context():
                self._take_over()
                self.runs_on = self.engine.demos.warm_up(self.engine.settings.DEVICE)
            seen = -1
            while not self.stopping.is_set():
                if not self._run_next():
                    seen = self.engine.bell.wait(seen, LOOK_SECONDS, self.stopping)
        finally:
            os.close(lock)

    def stop(self) -> None:
        """Put back what runs, and return from `run`."""
        self.stopping.set()

    def _elected(self, file: Path) -> int | None:
        """The lock's descriptor, which is held for life; None when told to stop before."""
        # Opened in this process and never inherited: a lock shared with a child would outlive its holder.
        descriptor = os.open(file, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        while not self.stopping.is_set():
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return descriptor
            except BlockingIOError:
                self.stopping.wait(CANDIDATE_SECONDS)
        os.close(descriptor)
        return None

    def _take_over(self) -> None:
        """Put back whatever still says that it runs on this device. It does not: its process held the lock we hold."""
        while not self.stopping.is_set():
            try:
                requeue_lost(self.owner)
                return
            except (Busy, DiskFull) as error:
                self._wait(error)

    def _wait(self, error: Exception) -> None:
        """What keeps a worker from writing is told in a line, and not as an error of its own."""
        log.warning("the worker waits: %s", error)
        self.stopping.wait(RELIEF_SECONDS)

    def _run_next(self) -> bool:
        """Run the job whose turn it is; False when none waits. An error here must not end the worker."""
        with self.app.app_context():
            try:
                self._tidy()
                job_id = next_in_line()
                db.session.rollback()
                return job_id is not None and execute(job_id, self.owner, self.runs_on, self.stopping)
            except (Busy, DiskFull) as error:
                self._wait(error)
            except Exception:
                log.exception("the worker stumbled and goes on")
                self.stopping.wait(1)
            return False

    def _tidy(self) -> None:
        requeue_lost()
        if time.monotonic() - self.swept > SWEEP_SECONDS:
            self.swept = time.monotonic()
            sweep()
