from __future__ import annotations

from datetime import timedelta

from app.db import db, now
from app.jobs.models import Job
from app.jobs.sweep import sweep
from tests.jobs.conftest import Lab


def files(lab: Lab) -> int:
    return len([file for file in lab.app.extensions["jobs"].store.folder.rglob("*.*") if file.is_file()])


def test_uploads_go_first_and_results_later(lab: Lab) -> None:
    job = lab.submit(photo=b"mine")
    lab.execute(job)
    job_id = job.id
    assert files(lab) == 4  # upload, first and last preview, result
    sweep(now() + timedelta(hours=23))
    assert files(lab) == 4
    sweep(now() + timedelta(hours=25))
    assert files(lab) == 1
    assert db.session.get(Job, job_id)
    sweep(now() + timedelta(days=31))
    assert files(lab) == 0
    assert db.session.get(Job, job_id) is None


def test_what_waited_for_a_day_is_dropped_with_a_sentence(lab: Lab) -> None:
    job = lab.submit()
    sweep(now() + timedelta(hours=25))
    dropped = db.session.get_one(Job, job.id, populate_existing=True)
    assert (dropped.status, dropped.error and dropped.error.endswith(".")) == ("expired", True)
    assert not lab.execute(job)


def test_what_runs_is_left_alone(lab: Lab) -> None:
    job = lab.submit(photo=b"mine")
    assert Job.claim(job.id, "worker", "cpu", 30)
    sweep(now() + timedelta(days=60))
    assert db.session.get_one(Job, job.id, populate_existing=True).status == "running"
    assert files(lab) == 1
