from __future__ import annotations

import pytest

from app.db import db
from app.errors import Conflict
from app.jobs.models import Job
from tests.jobs.conftest import Lab


def test_the_same_order_by_the_same_reader_is_one_job(lab: Lab) -> None:
    assert lab.submit(n=1).id == lab.submit(n=1).id
    assert lab.submit(n=2).id != lab.submit(n=1).id


def test_the_same_order_by_two_readers_runs_once(lab: Lab) -> None:
    first, second = lab.submit("ann", n=1), lab.submit("bob", n=1)
    assert first.id != second.id
    lab.execute(first)
    lab.execute(second)
    assert lab.runs == 1
    ann, bob = (db.session.get_one(Job, job.id) for job in (first, second))
    assert (ann.status, bob.status) == ("succeeded", "succeeded")
    assert ann.pictures == bob.pictures
    assert (ann.cached, bob.cached) == (False, True)


def test_a_finished_run_answers_the_same_order_at_once(lab: Lab) -> None:
    lab.execute(lab.submit("ann", n=1))
    again = lab.submit("bob", n=1)
    assert (again.status, again.cached, lab.runs) == ("succeeded", True, 1)


@pytest.mark.parametrize("change", ["inputs", "picture", "fingerprint", "demo"])
def test_whatever_decides_the_result_makes_it_another_run(lab: Lab, change: str) -> None:
    lab.execute(lab.submit("ann", n=1, photo=b"one"))
    inputs = {"n": 2 if change == "inputs" else 1, "photo": b"two" if change == "picture" else b"one"}
    if change == "fingerprint":
        lab.order.fingerprint = "v2"
    if change == "demo":
        lab.order.name = "other"
    assert lab.submit("ann", **inputs).status == "queued"


def test_a_failed_run_is_no_answer(lab: Lab) -> None:
    lab.run = lambda inputs, read, state: (_ for _ in ()).throw(RuntimeError("broken"))
    lab.execute(lab.submit("ann", n=1))
    assert lab.submit("ann", n=1).status == "queued"


def test_an_idempotency_key_names_one_run(lab: Lab) -> None:
    first = lab.submit(key="k1", n=1)
    lab.execute(first)
    assert lab.submit(key="k1", n=1).id == first.id
    with pytest.raises(Conflict):
        lab.submit(key="k1", n=2)
    with pytest.raises(Conflict):
        lab.submit("somebody else", key="k1", n=1)


def test_a_refused_order_leaves_nothing_behind(lab: Lab) -> None:
    with pytest.raises(Conflict):
        lab.submit(key="k", n=1)
        lab.submit(key="k", n=2)
    assert db.session.query(Job).count() == 1


def test_what_was_accepted_is_on_disk(lab: Lab) -> None:
    job = lab.submit(photo=b"a picture")
    key = job.inputs["photo"]["picture"]
    db.session.remove()
    assert db.session.get_one(Job, job.id).status == "queued"
    assert lab.app.extensions["jobs"].store.read(key) == b"a picture"
