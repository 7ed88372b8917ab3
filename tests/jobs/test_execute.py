from __future__ import annotations

import contextlib
import dataclasses
import errno
import io
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PIL import Image

from app.db import db
from app.demos.base import Update
from app.errors import AppError
from app.jobs import execute as execution
from app.jobs import stretch, watch, wishes
from app.jobs.execute import execute
from app.jobs.models import Job
from app.jobs.sweep import erase
from app.jobs.updates import JobEvent
from tests.jobs.conftest import Lab


def of(job: Job) -> Job:
    db.session.rollback()
    return db.session.get_one(Job, job.id)


def shade(lab: Lab, job: Job) -> int:
    """Which step's picture was kept."""
    key = (of(job).pictures or {})["result"]
    image = Image.open(io.BytesIO(lab.app.extensions["jobs"].store.read(key)))
    return image.getpixel((0, 0))[0]  # type: ignore[index, no-any-return]


def endless(reached: threading.Event) -> Callable[..., Iterator[Update]]:
    def run(inputs: Any, read: Any, state: Any) -> Iterator[Update]:
        for step in range(1, 2000):
            yield Update(step / 2000, {"step": step}, {"result": Image.new("RGB", (2, 2), (step % 250, 0, 0))})
            if step >= 3:
                reached.set()
            time.sleep(0.005)

    return run


def in_thread(lab: Lab, job: Job, stopping: threading.Event | None = None) -> threading.Thread:
    def work() -> None:
        with lab.app.app_context():
            execute(job.id, "worker", "a test bench", stopping)

    thread = threading.Thread(target=work)
    thread.start()
    return thread


@pytest.fixture
def alert(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "LOOK_SECONDS", 0.01)


def test_a_run_ends_with_its_last_update(lab: Lab) -> None:
    job = lab.submit()
    assert lab.execute(job)
    done = of(job)
    assert (done.status, done.progress, done.data) == ("succeeded", 1.0, {"step": 3, "of": 3})
    assert shade(lab, job) == 3
    assert (done.pictures or {})["result"].endswith(".png")
    assert not lab.execute(job)


def test_reports_grow_and_keep_their_numbers(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stretch, "REPORT_SECONDS", 0)
    job = lab.submit()
    lab.execute(job)
    events = db.session.query(JobEvent).filter_by(job_id=job.id).order_by(JobEvent.seq).all()
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    progress = [event.progress for event in events]
    assert progress == sorted(progress)
    assert len(events) >= 3


@pytest.mark.usefixtures("alert")
def test_cancel_stops_a_run_and_keeps_its_best_picture(lab: Lab) -> None:
    reached = threading.Event()
    lab.run = endless(reached)
    job = lab.submit()
    thread = in_thread(lab, job)
    assert reached.wait(10)
    wishes.cancel(of(job))
    thread.join(10)
    stopped = of(job)
    assert stopped.status == "canceled"
    assert 0 < stopped.progress < 1
    assert shade(lab, job) == (stopped.data or {})["step"] % 250


@pytest.mark.usefixtures("alert")
def test_a_worker_that_stops_puts_its_job_back(lab: Lab) -> None:
    reached, stopping = threading.Event(), threading.Event()
    lab.run = endless(reached)
    job = lab.submit()
    thread = in_thread(lab, job, stopping)
    assert reached.wait(10)
    stopping.set()
    thread.join(10)
    assert (of(job).status, of(job).attempt) == ("queued", 0)


@pytest.mark.usefixtures("alert")
def test_a_run_that_takes_too_long_is_stopped_with_a_sentence(lab: Lab) -> None:
    engine = lab.app.extensions["jobs"]
    lab.app.config["SETTINGS"] = engine.settings = dataclasses.replace(engine.settings, JOB_SECONDS=0)
    lab.run = endless(threading.Event())
    job = lab.submit()
    lab.execute(job)
    assert of(job).status == "failed"
    assert "fewer steps" in (of(job).error or "")


def spinning(reached: threading.Event) -> Callable[..., Iterator[Update]]:
    """One step, then a loop without an end that swallows every Exception."""

    def run(inputs: Any, read: Any, state: Any) -> Iterator[Update]:
        yield Update(0.1, {"step": 1}, {"result": Image.new("RGB", (2, 2), (7, 0, 0))})
        reached.set()
        while True:
            with contextlib.suppress(Exception):
                sum(range(10))

    return run


@pytest.mark.usefixtures("alert")
def test_a_run_without_a_next_step_is_interrupted_and_the_next_job_runs(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "PATIENCE_SECONDS", 0.05)
    reached, quick = threading.Event(), lab.run
    lab.run = spinning(reached)
    job, following = lab.submit(), lab.submit("another")
    thread = in_thread(lab, job)
    assert reached.wait(10)
    wishes.cancel(of(job))
    thread.join(10)
    assert not thread.is_alive()
    assert of(job).status == "canceled" and shade(lab, job) == 7
    lab.run = quick
    assert lab.execute(following) and of(following).status == "succeeded"


@pytest.mark.usefixtures("alert")
def test_one_that_takes_too_long_before_its_first_step_is_told(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(inputs: Any, read: Any, state: Any) -> Iterator[Update]:
        while True:
            sum(range(10))
        yield Update(1)

    monkeypatch.setattr(watch, "PATIENCE_SECONDS", 0.05)
    engine = lab.app.extensions["jobs"]
    engine.settings = dataclasses.replace(engine.settings, JOB_SECONDS=0)
    lab.app.config["SETTINGS"] = engine.settings
    lab.run = run
    job = lab.submit()
    assert lab.execute(job)
    assert of(job).status == "failed" and "the longest a run may take" in str(of(job).error)


@pytest.mark.usefixtures("alert")
def test_erasing_a_running_job_stops_it_and_leaves_no_picture(lab: Lab) -> None:
    reached = threading.Event()
    lab.run = endless(reached)
    job = lab.submit(photo=b"mine")
    thread = in_thread(lab, job)
    assert reached.wait(10)
    job_id = job.id
    erase(of(job))
    thread.join(10)
    assert db.session.get(Job, job_id) is None
    assert db.session.query(JobEvent).count() == 0


def test_a_reader_sees_only_sentences(lab: Lab, caplog: pytest.LogCaptureFixture) -> None:
    def broken(inputs: Any, read: Any, state: Any) -> Iterator[Update]:
        yield Update(0.1)
        raise RuntimeError("/etc/secret could not be read")

    def refused(inputs: Any, read: Any, state: Any) -> Iterator[Update]:
        yield Update(0.1)
        raise AppError("This picture has no edges to find.")

    lab.run = broken
    crashed = lab.submit(n=1)
    lab.execute(crashed)
    assert of(crashed).error == execution.BROKE
    assert "secret" in caplog.text
    lab.run = refused
    declined = lab.submit(n=2)
    lab.execute(declined)
    assert of(declined).error == "This picture has no edges to find."


@pytest.mark.parametrize(
    "error",
    [MemoryError(), RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: 9 bytes")],
    ids=repr,
)
def test_a_run_that_needs_too_much_memory_is_told_so_and_the_next_one_runs(lab: Lab, error: Exception) -> None:
    counted = lab.run

    def greedy(inputs: Any, read: Any, state: Any) -> Iterator[Update]:
        yield Update(0.1)
        raise error

    lab.run = greedy
    large = lab.submit(n=1)
    lab.execute(large)
    assert of(large).error == execution.TOO_LARGE
    lab.run = counted
    small = lab.submit(n=2)
    lab.execute(small)
    assert of(small).status == "succeeded"


def test_a_full_disk_is_no_fault_of_a_run(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_self: object, _data: bytes, _kind: str) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(execution, "RELIEF_SECONDS", 0.01)
    job = lab.submit()
    with monkeypatch.context() as disk:
        disk.setattr(type(lab.app.extensions["jobs"].store), "put", full)
        lab.execute(job)
    assert (of(job).status, of(job).attempt, of(job).error) == ("queued", 0, None)
    lab.execute(job)
    assert (of(job).status, of(job).attempt) == ("succeeded", 1)


def test_a_lost_attempt_leaves_no_reports_to_the_next(lab: Lab) -> None:
    job = lab.submit()
    first = Job.claim(job.id, "worker", "cpu", 30)
    assert first
    first.report(0.9, {"step": 270}, {}, 1.0)
    first.put_back()
    lab.execute(job)
    events = db.session.query(JobEvent).filter_by(job_id=job.id).order_by(JobEvent.seq).all()
    assert all(event.data["step"] <= 3 for event in events)
    assert events[0].seq > 1  # a reader who saw number one is told of these
