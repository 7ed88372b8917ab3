"""What a run keeps on the way, so that whoever has it next goes on from there."""

from __future__ import annotations

import json
import threading
from datetime import timedelta

import pytest

from app.db import db, now
from app.jobs import stretch, watch
from app.jobs.models import Job, requeue_lost
from app.jobs.pictures import JobPicture
from app.jobs.stretch import Stretch
from app.jobs.sweep import erase, sweep
from app.jobs.updates import JobEvent
from tests.jobs.adding import STEPS, Adding, in_thread, of, total_after
from tests.jobs.conftest import Lab


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every step is told and keeps its state."""
    monkeypatch.setattr(stretch, "STATE_SECONDS", 0)
    monkeypatch.setattr(watch, "LOOK_SECONDS", 0.01)


def walk(lab: Lab, job: Job, steps: int) -> Job:
    """A worker that takes so many steps and is heard of no more."""
    mine = Job.claim(job.id, "lost", "cpu", 30)
    assert mine
    begun = Stretch(mine)
    store = lab.app.extensions["jobs"].store
    state = store.read(mine.state_key) if mine.state_key else None
    for _, update in zip(range(steps), lab.run(mine.inputs_now, store.read, state), strict=False):
        assert begun.take(update)
    return mine


def states(lab: Lab) -> list[int]:
    """The steps of the states that are on disk."""
    files = lab.app.extensions["jobs"].store.folder.rglob("*.bin")
    return sorted(json.loads(file.read_bytes())[0] for file in files if file.read_bytes().startswith(b"["))


def test_when_its_worker_is_lost_a_run_goes_on_from_its_last_state(lab: Lab) -> None:
    lab.run = adding = Adding()
    job = lab.submit(steps=STEPS)
    walk(lab, job, 20)
    assert requeue_lost("lost") == 1
    assert of(job).progress == pytest.approx(20 / STEPS), "and not from its beginning"
    lab.execute(job)
    done = of(job)
    assert (done.status, done.attempt, (done.data or {})["total"]) == ("succeeded", 2, total_after(STEPS))
    assert adding.began_with == [None, b"[20, %d]" % total_after(20)]


def test_the_curve_of_both_attempts_is_whole_and_tells_no_step_twice(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    lab.run = Adding()
    job = lab.submit(steps=STEPS)
    mine = walk(lab, job, 20)
    mine.report(21 / STEPS, {"step": 21, "of": STEPS, "total": 0}, {}, None)  # told, but not kept
    requeue_lost("lost")
    lab.execute(job)
    events = db.session.query(JobEvent).filter_by(job_id=job.id).order_by(JobEvent.seq).all()
    assert [event.data["step"] for event in events] == list(range(1, STEPS + 1))
    assert events[20].seq > mine.seq, "a reader who was told of the lost step is told of the new one too"
    assert events[20].data["total"] == total_after(21)


def test_a_new_state_takes_the_place_of_the_old_one(lab: Lab) -> None:
    lab.run = Adding()
    job = lab.submit(steps=STEPS)
    walk(lab, job, 7)
    assert states(lab) == [7]
    assert db.session.query(JobPicture).filter_by(job_id=job.id, role="state").count() == 1


def test_a_worker_that_stops_loses_not_one_step(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stretch, "STATE_SECONDS", 3600)
    lab.run = adding = Adding(slow_from=5)
    job, stopping = lab.submit(steps=STEPS), threading.Event()
    thread = in_thread(lab, job, stopping)
    assert adding.reached.wait(10)
    stopping.set()
    thread.join(10)
    stopped = of(job)
    assert (stopped.status, stopped.attempt) == ("queued", 0)
    assert states(lab) == [(stopped.data or {})["step"]]


def test_a_run_that_ends_while_its_worker_stops_has_ended(lab: Lab) -> None:
    lab.run = Adding()
    job, stopping = lab.submit(steps=3), threading.Event()
    stopping.set()
    in_thread(lab, job, stopping).join(10)
    assert of(job).status in ("succeeded", "queued")
    lab.execute(job)
    assert (of(job).data or {})["total"] == total_after(3)


def test_a_state_is_not_for_other_code(lab: Lab) -> None:
    lab.run = adding = Adding()
    job = lab.submit(steps=STEPS)
    walk(lab, job, 20)
    requeue_lost("lost")
    lab.order.fingerprint = "v2"
    lab.execute(job)
    assert (of(job).version, adding.began_with) == ("v2", [None, None])
    steps = [event.data["step"] for event in db.session.query(JobEvent).filter_by(job_id=job.id).order_by(JobEvent.seq)]
    assert steps[0] == 1 and steps == sorted(set(steps))


def test_the_time_that_a_run_took_is_that_of_all_its_stretches(lab: Lab) -> None:
    lab.run = Adding()
    job = lab.submit(steps=STEPS)
    mine = walk(lab, job, 20)
    mine.keep_state(mine.state_key or "", 100.0)
    mine.put_back()
    lab.execute(job)
    assert 100 < (of(job).seconds or 0) < 110


def test_a_stopped_run_and_a_finished_one_keep_their_state_for_a_day(lab: Lab) -> None:
    lab.run = Adding()
    job = lab.submit(steps=STEPS)
    lab.execute(job)
    assert states(lab) == [STEPS]
    sweep(now() + timedelta(hours=25))
    assert states(lab) == []
    assert of(job).files, "its result stays"


def test_a_paused_run_expires_with_its_upload_and_nothing_of_it_stays(lab: Lab) -> None:
    lab.run = Adding()
    job = lab.submit(steps=STEPS, photo=b"mine")
    mine = walk(lab, job, 5)
    assert mine.set_aside({}, {})
    sweep(now() + timedelta(hours=25))
    assert of(job).status == "expired"
    assert states(lab) == []


def test_erasing_a_run_erases_its_state(lab: Lab) -> None:
    lab.run = Adding()
    job = lab.submit(steps=STEPS)
    walk(lab, job, 5)
    erase(of(job))
    assert states(lab) == []
