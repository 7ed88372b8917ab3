"""F-14: a clock that jumps while a run goes on: it is neither lost nor done twice, and ends with what it comes to."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from app import db as database
from app.db import db
from app.demos.base import Update
from app.jobs import models, sweep
from app.jobs import stretch as stretches
from app.jobs.engine import Changes, Read
from app.jobs.models import Job, requeue_lost
from app.jobs.updates import JobEvent
from tests.jobs.conftest import Lab

JUMPS = {"an hour on": timedelta(hours=1), "an hour back": -timedelta(hours=1), "ten years back": -timedelta(days=3650)}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[timedelta]]:
    """How far the clock is off, as its last entry."""
    off = [timedelta()]

    def now() -> datetime:
        return database.now() + off[-1]

    for module in (models, sweep):
        monkeypatch.setattr(module, "now", now)
    monkeypatch.setattr(stretches, "REPORT_SECONDS", 0.0)
    yield off


@pytest.mark.parametrize("jump", JUMPS)
@pytest.mark.parametrize("looked", [False, True], ids=["alone", "beside another worker"])
def test_a_run_is_neither_lost_nor_done_twice(jump: str, looked: bool, lab: Lab, clock: list[timedelta]) -> None:
    def run(inputs: Mapping[str, Any], read: Read, state: bytes | None) -> Generator[Update, Changes, None]:
        for step in (1, 2, 3):
            yield Update(step / 3, {"step": step, "of": 3})
            if step == 1 and len(clock) == 1:
                clock.append(JUMPS[jump])
                if looked:
                    requeue_lost()  # as the worker of another device does, by the clock

    lab.run = run
    job_id = lab.submit(n=1).id
    rounds = 0
    while (job := db.session.get_one(Job, job_id, populate_existing=True)).status == "queued":
        lab.execute(job)
        db.session.rollback()
        rounds += 1
    assert (job.status, job.data) == ("succeeded", {"step": 3, "of": 3})
    assert job.attempt == rounds
    assert 1 <= rounds <= 2
    told = db.session.query(JobEvent).filter_by(job_id=job_id).order_by(JobEvent.seq).all()
    assert [event.data["step"] for event in told] == [1, 2, 3]
    assert lab.runs == rounds


@pytest.mark.parametrize("jump", JUMPS)
def test_what_a_worker_left_is_taken_up_whatever_the_clock_says(jump: str, lab: Lab, clock: list[timedelta]) -> None:
    """The lock says that it is gone, and not the time."""
    job = lab.submit(n=1)
    assert Job.claim(job.id, "worker", "a test bench", 30)
    clock.append(JUMPS[jump])
    assert requeue_lost("worker") == 1
    assert lab.execute(job)
    db.session.rollback()
    assert db.session.get_one(Job, job.id, populate_existing=True).status == "succeeded"
