from __future__ import annotations

import os
from datetime import timedelta

from flask.testing import FlaskClient

from app.db import db, now
from app.jobs.election import DOWN
from app.jobs.models import Job
from app.jobs.thread import ThreadDispatcher
from app.jobs.worker import Worker
from tests.jobs.conftest import Lab


def test_a_worker_is_alive_as_long_as_it_holds_the_lock(lab: Lab) -> None:
    engine = lab.app.extensions["jobs"]
    assert not engine.worker_alive()
    elected = Worker(lab.app)
    lock = engine.settings.DATA / "worker-auto.lock"
    descriptor = elected._elected(lock)
    assert descriptor is not None
    assert engine.worker_alive()
    os.close(descriptor)  # as the kernel does when its holder dies
    assert lock.exists()
    assert not engine.worker_alive()


def test_whoever_looks_never_keeps_a_candidate_from_being_elected(lab: Lab) -> None:
    engine = lab.app.extensions["jobs"]
    (engine.settings.DATA / "worker-auto.lock").touch()
    for _ in range(3):
        assert not engine.worker_alive()
    assert Worker(lab.app)._elected(engine.settings.DATA / "worker-auto.lock") is not None


def test_a_worker_on_another_machine_is_known_by_the_job_it_runs(lab: Lab) -> None:
    job = Job.claim(lab.submit().id, "elsewhere", "cuda", 30)
    assert job
    assert lab.app.extensions["jobs"].worker_alive()
    db.session.get_one(Job, job.id, populate_existing=True).lease_until = now() - timedelta(seconds=1)
    db.session.commit()
    assert not lab.app.extensions["jobs"].worker_alive()


def test_a_worker_that_starts_when_asked_counts(lab: Lab) -> None:
    engine = lab.app.extensions["jobs"]
    engine.dispatcher = ThreadDispatcher(lab.app)
    assert engine.worker_alive()


def test_a_run_that_nobody_makes_says_so_and_keeps_its_place(lab: Lab, client: FlaskClient) -> None:
    first, second = lab.submit("ann", n=1), lab.submit("bob", n=2)
    job = client.get(f"/api/v1/jobs/{second.id}").json
    assert job and job["message"] == DOWN
    assert job["queue"] == {"ahead": 1, "seconds": None, "range": None, "worker_alive": False}
    assert DOWN in client.get(f"/jobs/{first.id}").text
