"""A run that can go on: it adds, in an order that matters, keeps its state with every step, and can be steered."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Generator, Mapping
from typing import Any

from PIL import Image

from app.db import db
from app.demos.base import Update
from app.jobs.engine import Changes, Read
from app.jobs.execute import execute
from app.jobs.models import Job
from tests.jobs.conftest import Lab

STEPS = 60
MODULUS = 1_000_003


def total_after(steps: int, by: int = 1, total: int = 0) -> int:
    """The oracle: what an uninterrupted run has added up."""
    for _ in range(steps):
        total = (total * 31 + by) % MODULUS
    return total


class Adding:
    """The run. `reached` is set at a step; from there it goes slowly, so that a test can ask for something."""

    def __init__(self, slow_from: int = STEPS + 1) -> None:
        self.slow_from, self.reached = slow_from, threading.Event()
        self.began_with: list[bytes | None] = []

    def __call__(self, inputs: Mapping[str, Any], read: Read, state: bytes | None) -> Generator[Update, Changes, None]:
        self.began_with.append(state)
        step, total = json.loads(state) if state else (0, 0)
        by = inputs.get("by", 1)
        while step < inputs.get("steps", STEPS):
            step, total = step + 1, (total * 31 + by) % MODULUS
            changes = yield self.update(step, total)
            by = (changes or {}).get("by", by)
            if step >= self.slow_from:
                self.reached.set()
                time.sleep(0.01)

    def update(self, step: int, total: int) -> Update:
        picture = Image.new("RGB", (2, 2), (step % 250, 0, 0))
        files = {"sum": total.to_bytes(4, "little")}
        data = {"step": step, "of": STEPS, "total": total}
        return Update(step / STEPS, data, {"result": picture}, files, lambda: json.dumps([step, total]).encode())


def of(job: Job) -> Job:
    db.session.rollback()
    return db.session.get_one(Job, job.id, populate_existing=True)


def in_thread(lab: Lab, job: Job, stopping: threading.Event | None = None) -> threading.Thread:
    job_id = job.id

    def work() -> None:
        with lab.app.app_context():
            execute(job_id, "worker", "a test bench", stopping)

    thread = threading.Thread(target=work)
    thread.start()
    return thread
