"""The worker as a thread of the web server: the default, with nothing else to install or to start."""

from __future__ import annotations

import os
import threading

from flask import Flask

from app.jobs.worker import Worker

JOIN_SECONDS = 20


class ThreadDispatcher:
    """One worker thread a process, started in the process that uses it, since threads do not survive a fork.

    Every process has one; `Worker` sees to it that only one of them all runs jobs.
    """

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.lock = threading.Lock()
        self.pid: int | None = None
        self.worker: Worker | None = None
        self.thread: threading.Thread | None = None

    def notify(self, job_id: str) -> None:
        self.start()  # under `flask run` nobody else did

    def start(self) -> None:
        with self.lock:
            if self.pid == os.getpid():
                return
            self.pid = os.getpid()
            self.worker = Worker(self.app)
            self.thread = threading.Thread(target=self.worker.run, name="worker", daemon=True)
            self.thread.start()

    def starts_when_asked(self) -> bool:
        return self.pid != os.getpid()

    def let_go(self) -> None:
        if self.worker and self.pid == os.getpid():
            self.worker.stop()

    def join(self) -> None:
        if self.thread and self.pid == os.getpid():
            self.thread.join(timeout=JOIN_SECONDS)
            self.pid = None
