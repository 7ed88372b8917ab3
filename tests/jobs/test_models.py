from __future__ import annotations

import contextlib
import secrets
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from app.db import db, now, writing
from app.errors import Conflict
from app.jobs import wishes
from app.jobs.models import MOST_ATTEMPTS, OPEN, Job, requeue_lost
from app.jobs.pictures import JobPicture
from app.jobs.updates import JobEvent
from tests.jobs.conftest import Lab


def fresh(job: Job) -> Job:
    db.session.rollback()
    return db.session.get_one(Job, job.id, populate_existing=True)


def claim(job: Job, owner: str = "worker") -> Job | None:
    return Job.claim(job.id, owner, "cpu", 30)


def expire_lease(job: Job) -> None:
    running = (Job.id == job.id, Job.status == "running")
    with writing():
        db.session.execute(update(Job).where(*running).values(lease_until=now() - timedelta(seconds=1)))


def test_only_one_worker_claims_a_job(lab: Lab) -> None:
    job = lab.submit()
    assert claim(job, "first") is not None
    assert claim(job, "second") is None
    assert fresh(job).owner == "first"


def test_a_worker_taken_for_dead_writes_nothing(lab: Lab) -> None:
    job = lab.submit()
    zombie = claim(job, "zombie")
    assert zombie
    expire_lease(job)
    assert requeue_lost() == 1
    successor = claim(job, "successor")
    assert successor
    assert not zombie.report(0.5, {"step": 1}, {}, None)
    assert not zombie.finish({})
    assert not zombie.fail("late")
    assert not zombie.put_back()
    assert not zombie.renew(30)
    assert fresh(job).status == "running"
    assert successor.finish({})
    assert fresh(job).status == "succeeded"


def test_after_three_lost_attempts_it_fails_with_a_reason(lab: Lab) -> None:
    job = lab.submit()
    for _ in range(MOST_ATTEMPTS):
        assert claim(job)
        requeue_lost("worker")
    assert fresh(job).status == "failed"
    assert "three times" in (fresh(job).error or "")


def test_an_orderly_stop_counts_no_attempt(lab: Lab) -> None:
    job = lab.submit()
    for _ in range(MOST_ATTEMPTS + 2):
        mine = claim(job)
        assert mine
        assert mine.put_back(counted=False)
    assert fresh(job).attempt == 0
    assert fresh(job).status == "queued"


def test_a_job_canceled_while_its_worker_died_is_canceled_and_not_run_again(lab: Lab) -> None:
    job = lab.submit()
    assert claim(job)
    wishes.cancel(fresh(job))
    requeue_lost("worker")
    assert fresh(job).status == "canceled"


def test_a_requeue_with_nothing_lost_writes_nothing(lab: Lab) -> None:
    before = lab.app.extensions["jobs"].bell.wait(-1, 0)
    assert requeue_lost() == 0
    assert lab.app.extensions["jobs"].bell.wait(before, 0.1) == before


VERBS = [
    *(
        "claim",
        "report",
        "keep state",
        "set aside",
        "finish",
        "finish canceled",
        "fail",
        "put back",
        "requeue",
        "expire",
    ),
    *("cancel", "pause", "resume", "steer", "take wishes"),
]
anything = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("ending", ["finish", "finish canceled", "fail"])
@anything
@given(verbs=st.lists(st.sampled_from(VERBS), max_size=8))
def test_an_ended_job_never_changes_again(lab: Lab, ending: str, verbs: list[str]) -> None:
    job = lab.submit(client=str(now()), nonce=str(now()))
    mine = claim(job)
    assert mine
    apply(job, mine, ending)
    assert fresh(job).status not in OPEN
    kept = row_of(job)
    for verb in verbs:
        apply(job, mine, verb)
    assert row_of(job) == kept


@anything
@given(verbs=st.lists(st.sampled_from(VERBS), max_size=14))
def test_whatever_happens_no_state_and_no_change_is_lost(lab: Lab, verbs: list[str]) -> None:
    job = lab.submit(client=str(now()), nonce=str(now()))
    mine, steered = job, 0
    for verb in verbs:
        before = row_of(job)
        outcome = apply(job, mine, verb, steered)
        mine = outcome if verb == "claim" and outcome else mine
        after = row_of(job)
        if before["status"] not in OPEN:
            assert after == before
            continue
        steered += verb == "steer"
        asked = (after["wishes"] or {}) | after["inputs_now"]
        assert asked.get("by", 0) == steered
        assert after["state_seq"] >= before["state_seq"]
        if after["state_key"]:
            held = db.session.query(JobPicture).filter_by(job_id=job.id, role="state").all()
            assert [row.key for row in held] == [after["state_key"]]
            told = db.session.query(JobEvent).filter_by(job_id=job.id, seq=after["state_seq"]).count()
            assert told == (after["state_seq"] > 0)
        assert (after["owner"] is not None) == (after["status"] == "running")


def row_of(job: Job) -> dict[str, Any]:
    row = fresh(job)
    return {name: getattr(row, name) for name in (*Job.__table__.columns.keys(), "inputs_now")}


def apply(job: Job, mine: Job, verb: str, steered: int = 0) -> Any:
    match verb:
        case "claim":
            return claim(job)
        case "report":
            return mine.report(0.5, {"step": 1}, {}, None)
        case "keep state":
            return mine.keep_state(f"{secrets.token_hex(8)}.bin", 1.0)
        case "set aside":
            return mine.set_aside({})
        case "finish":
            return mine.finish({})
        case "finish canceled":
            return mine.finish({}, canceled=True)
        case "fail":
            return mine.fail("It broke.")
        case "put back":
            return mine.put_back()
        case "requeue":
            return requeue_lost("worker")
        case "expire":
            expire_lease(job)
            return requeue_lost()
        case "take wishes":
            return wishes.take(mine)
        case "steer":
            with contextlib.suppress(Conflict):
                wishes.steer(fresh(job), {"by": steered + 1})
        case "cancel" | "pause" | "resume":
            with contextlib.suppress(Conflict):
                getattr(wishes, verb)(fresh(job))
