"""Runs that go on from others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from app.db import now
from app.errors import InvalidInput
from app.jobs.models import Job
from app.jobs.sweep import erase, sweep
from tests.jobs.adding import STEPS, Adding, of, total_after
from tests.jobs.conftest import Lab


@pytest.fixture
def parent(lab: Lab) -> Job:
    lab.run = Adding()
    job = lab.submit(steps=20)
    lab.execute(job)
    return of(job)


def test_a_fork_begins_with_the_state_of_its_origin_and_its_own_inputs(lab: Lab, parent: Job) -> None:
    job = lab.submit("bob", origin=parent.id, steps=STEPS, by=7)
    lab.execute(job)
    done = of(job)
    assert (done.origin, done.status) == (parent.id, "succeeded")
    assert (done.data or {})["total"] == total_after(STEPS - 20, 7, total_after(20))


def test_a_fork_is_another_run_than_the_one_with_the_same_inputs(lab: Lab, parent: Job) -> None:
    assert not lab.submit("bob", origin=parent.id, steps=20).cached
    assert lab.submit("ann", steps=20).cached


def test_equal_forks_are_computed_once(lab: Lab, parent: Job) -> None:
    lab.execute(lab.submit("ann", origin=parent.id, steps=STEPS))
    again = lab.submit("bob", origin=parent.id, steps=STEPS)
    assert (again.cached, again.origin, (again.data or {})["total"]) == (True, parent.id, total_after(STEPS))
    further = lab.submit("bob", origin=again.id, steps=STEPS + 5)  # a copy can be gone on from as well
    lab.execute(further)
    assert (of(further).data or {})["total"] == total_after(STEPS + 5)


def test_a_fork_outlives_its_origin(lab: Lab, parent: Job) -> None:
    job = lab.submit("bob", origin=parent.id, steps=STEPS)
    erase(parent)
    lab.execute(job)
    assert (of(job).data or {})["total"] == total_after(STEPS)


def test_there_must_be_something_to_go_on_from(lab: Lab, parent: Job) -> None:
    waiting = lab.submit("ann", steps=3)
    for origin, why in [("nobody", "no such run"), (waiting.id, "no state")]:
        with pytest.raises(InvalidInput, match=why):
            lab.submit(origin=origin, steps=STEPS)
    lab.order.name = "other"
    with pytest.raises(InvalidInput, match="same demo"):
        lab.submit(origin=parent.id, steps=STEPS)
    lab.order.name, lab.order.fingerprint = "count", "v2"
    with pytest.raises(InvalidInput, match="earlier version"):
        lab.submit(origin=parent.id, steps=STEPS)


def test_a_state_that_was_erased_is_none(lab: Lab, parent: Job, client: FlaskClient) -> None:
    body = client.get(f"/api/v1/jobs/{parent.id}").json
    assert body and body["resumable"]
    sweep(now() + timedelta(hours=25))
    body = client.get(f"/api/v1/jobs/{parent.id}").json
    assert body and not body["resumable"]
    with pytest.raises(InvalidInput, match="no state"):
        lab.submit(origin=parent.id, steps=STEPS)
