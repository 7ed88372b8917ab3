"""A job engine whose one demo is whatever a test says: nothing is drawn, nothing heavy is loaded."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from app import jobs
from app.db import db
from app.demos.base import Update
from app.errors import InvalidInput
from app.jobs.engine import Changes, Read, Run
from app.jobs.execute import execute
from app.jobs.models import Job

Inputs = Mapping[str, Any]


@dataclass
class Order:
    """A demo as jobs know it, whose inputs are plain values and bytes."""

    name: str = "count"
    fingerprint: str = "v1"
    work: Callable[[Any], float] = field(default=lambda inputs: 1.0)

    def dump(self, inputs: Any) -> tuple[dict[str, Any], dict[str, bytes]]:
        plain = {k: v for k, v in inputs.items() if not isinstance(v, bytes)}
        return plain, {k: v for k, v in inputs.items() if isinstance(v, bytes)}


def counting(inputs: Inputs, read: Read, state: bytes | None) -> Generator[Update, Changes, None]:
    """Three steps; the picture's shade is the step, so that a test can tell which one was kept."""
    for step in (1, 2, 3):
        yield Update(step / 3, {"step": step, "of": 3}, {"result": Image.new("RGB", (4, 4), (step, 0, 0))})


class Lab:
    """Orders jobs, runs them in this thread, and counts the runs."""

    def __init__(self, app: Flask) -> None:
        self.app, self.order, self.runs = app, Order(), 0
        self.run: Run = counting
        app.extensions["jobs"].demos = self

    def run_of(self, demo: str) -> Run:
        self.runs += 1
        return self.run

    def version_of(self, demo: str) -> str:
        return self.order.fingerprint

    def goes_on(self, demo: str) -> bool:
        return True

    def changes_of(self, demo: str, given: Mapping[str, Any]) -> dict[str, Any]:
        if strange := given.keys() - {"by"}:
            raise InvalidInput({name: f"“{name}” cannot be changed." for name in strange})
        return dict(given)

    def warm_up(self, device: str) -> str:
        return "a test bench"

    def title_of(self, demo: str) -> str:
        return "Counting"

    def bench_of(self, demo: str, job: dict[str, Any]) -> str:
        return f"<p>{job['message']}</p>"

    def submit(self, client: str = "reader", key: str | None = None, origin: str | None = None, **inputs: Any) -> Job:
        return jobs.submit(self.order, inputs, client, key, origin=origin)

    def execute(self, job: Job) -> bool:
        return execute(job.id, "worker", "a test bench")


@pytest.fixture
def lab(app: Flask) -> Iterator[Lab]:
    with app.app_context():
        yield Lab(app)


def earlier(lab: Lab, seconds: float, **inputs: Any) -> Job:
    """A run that has ended well after so many seconds."""
    done = lab.submit(f"early with {inputs}", **inputs)
    lab.execute(done)
    db.session.rollback()
    job = db.session.get_one(Job, done.id, populate_existing=True)
    job.started_at = (job.finished_at or job.created_at) - timedelta(seconds=seconds)
    db.session.commit()
    return job
