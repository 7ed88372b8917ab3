from __future__ import annotations

from collections.abc import Generator
from datetime import timedelta

import pytest

from app.db import db, now
from app.demos.base import Update
from app.errors import AppError, Conflict, NotFound
from app.jobs import overview
from app.jobs.engine import Changes, Read
from app.jobs.models import Job
from app.jobs.sweep import sweep
from tests.jobs.conftest import Inputs, Lab, counting, earlier


def failing(inputs: Inputs, read: Read, state: bytes | None) -> Generator[Update, Changes, None]:
    raise AppError("The picture is too dark.")
    yield


def failed(lab: Lab, **inputs: object) -> Job:
    lab.run = failing
    job = lab.submit(**inputs)
    lab.execute(job)
    lab.run = counting
    db.session.rollback()
    return db.session.get_one(Job, job.id, populate_existing=True)


def test_what_runs_comes_first_then_the_line(lab: Lab) -> None:
    jobs = [lab.submit(f"reader {n}", n=n) for n in range(4)]
    assert Job.claim(jobs[0].id, "worker", "cpu", 30)
    found = overview.going_on()
    assert [going.job for going in found] == [job.id for job in jobs]
    assert [going.running for going in found] == [True, False, False, False]


def test_the_line_by_demo_adds_up_what_earlier_runs_tell(lab: Lab) -> None:
    for n in range(6):
        earlier(lab, 10.0, n=n)
    for n in range(3):
        lab.submit(f"waiting {n}", n=10 + n)
    assert Job.claim(lab.submit("runs", n=20).id, "worker", "cpu", 30)
    (found,) = overview.line_by_demo()
    assert (found.demo, found.runs, found.running) == ("count", 3, 1)
    assert found.work == pytest.approx(30, rel=0.2)
    assert 0 <= found.longest < 60


def test_a_failure_says_why_and_can_be_tried_again(lab: Lab) -> None:
    job = failed(lab, photo=b"mine", n=1)
    (failure,) = overview.failures()
    assert (failure.job, failure.title, failure.sentence, failure.again) == (
        job.id,
        "Counting",
        "The picture is too dark.",
        True,
    )
    new = overview.again(job.id)
    db.session.rollback()
    assert lab.execute(db.session.get_one(Job, new))
    db.session.rollback()
    done = db.session.get_one(Job, new, populate_existing=True)
    assert (done.status, done.inputs, done.client, done.cache_key) == (
        "succeeded",
        job.inputs,
        job.client,
        job.cache_key,
    )
    assert db.session.get_one(Job, job.id).status == "failed"


def test_a_run_whose_picture_is_gone_cannot_be_tried_again(lab: Lab) -> None:
    job = failed(lab, photo=b"mine")
    sweep(now() + timedelta(hours=25))
    assert not overview.failures()[0].again
    with pytest.raises(Conflict, match="picture"):
        overview.again(job.id)


def test_only_what_failed_can_be_tried_again(lab: Lab) -> None:
    job = lab.submit()
    lab.execute(job)
    with pytest.raises(Conflict):
        overview.again(job.id)
    with pytest.raises(NotFound):
        overview.again("gone")


def test_the_oldest_that_is_kept(lab: Lab) -> None:
    assert overview.oldest_kept() is None
    first = lab.submit(n=1)
    lab.submit(n=2)
    assert overview.oldest_kept() == first.created_at
