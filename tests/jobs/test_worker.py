from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from app.db import db
from app.jobs import worker as workers
from app.jobs.models import Job
from app.jobs.worker import Worker
from tests.jobs.conftest import Lab

HOLD = """import fcntl, sys, time
file = open(sys.argv[1], "w")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(60)"""


def until(met: object, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if met():  # type: ignore[operator]
            return True
        time.sleep(0.02)
    return False


def status(job: Job) -> str:
    db.session.rollback()
    return db.session.get_one(Job, job.id, populate_existing=True).status


@pytest.fixture
def start(lab: Lab, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setattr(workers, "CANDIDATE_SECONDS", 0.02)
    started: list[tuple[Worker, threading.Thread]] = []

    def begin() -> Worker:
        worker = Worker(lab.app)
        thread = threading.Thread(target=worker.run)
        thread.start()
        started.append((worker, thread))
        return worker

    yield begin
    for worker, thread in started:
        worker.stop()
        thread.join(10)


def test_jobs_run_one_after_the_other_and_new_ones_are_noticed(lab: Lab, start) -> None:  # type: ignore[no-untyped-def]
    first = lab.submit("a", n=1)
    start()
    assert until(lambda: status(first) == "succeeded")
    second = lab.submit("b", n=2)
    assert until(lambda: status(second) == "succeeded")


def test_of_many_candidates_one_is_elected(lab: Lab, start) -> None:  # type: ignore[no-untyped-def]
    candidates = [start() for _ in range(4)]
    assert until(lambda: sum(bool(candidate.runs_on) for candidate in candidates) == 1)
    time.sleep(0.2)
    elected = [candidate for candidate in candidates if candidate.runs_on]
    assert len(elected) == 1
    elected[0].stop()
    assert until(lambda: sum(bool(candidate.runs_on) for candidate in candidates) == 2)


def test_when_the_elected_process_is_killed_another_takes_over_its_job(lab: Lab, start) -> None:  # type: ignore[no-untyped-def]
    lock: Path = lab.app.config["SETTINGS"].DATA / "worker-auto.lock"
    holder = subprocess.Popen([sys.executable, "-c", HOLD, lock], stdout=subprocess.PIPE, text=True)
    assert holder.stdout
    assert holder.stdout.readline() == "held\n"
    job = lab.submit()
    candidate = start()
    assert Job.claim(job.id, candidate.owner, "cpu", 30)  # as the killed process had done
    time.sleep(0.2)
    assert status(job) == "running"
    holder.kill()
    holder.communicate()
    assert until(lambda: status(job) == "succeeded")
    assert db.session.get_one(Job, job.id).attempt == 2


def test_an_error_of_the_engine_does_not_end_the_worker(lab: Lab, start, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    stumbles = iter([True, False, False, False])
    real = workers.next_in_line

    def stumbling() -> str | None:
        if next(stumbles, False):
            raise OSError("the disk went away for a moment")
        return real()

    monkeypatch.setattr(workers, "next_in_line", stumbling)
    job = lab.submit()
    start()
    assert until(lambda: status(job) == "succeeded")
