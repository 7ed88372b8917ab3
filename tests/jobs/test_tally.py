"""Totals by counting every run as it ends, whatever is erased in between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from datetime import timedelta
from random import Random

from app.db import db, now
from app.demos.base import Update
from app.errors import AppError
from app.jobs import tally
from app.jobs.engine import Changes, Read
from app.jobs.models import Job, requeue_lost
from app.jobs.sweep import erase, sweep
from tests.jobs.conftest import Inputs, Lab, counting


def failing(inputs: Inputs, read: Read, state: bytes | None) -> Generator[Update, Changes, None]:
    if inputs["n"] % 3 == 0:
        raise AppError("It did not work.")
    yield from counting(inputs, read, state)


def ended(totals: tally.Totals) -> dict[str, float]:
    return {label: amount for (measure, _, label), amount in totals.items() if measure == "ended" and amount}


def test_totals_never_fall_whatever_is_erased(lab: Lab) -> None:
    random, told, cached = Random(4), Counter[str](), 0
    lab.run = failing
    before: tally.Totals = Counter()
    for n in range(40):
        known = random.randrange(12)
        job = lab.submit(f"reader {n}", n=known)
        if job.cached:
            cached += 1
        else:
            lab.execute(job)
            told["failed" if known % 3 == 0 else "succeeded"] += 1
        if random.random() < 0.3:
            erase(random.choice(list(db.session.scalars(db.select(Job)))))
        found = tally.totals()
        assert all(found[key] >= amount for key, amount in before.items())
        before = found
    assert ended(before) == dict(told)
    assert before["cached", "count", ""] == cached > 0
    sweep(now() + timedelta(days=31))
    assert not db.session.scalar(db.select(Job.id))
    assert tally.totals() == before


def test_what_is_erased_before_it_ends_is_no_run_that_ended(lab: Lab) -> None:
    erase(lab.submit(n=1))
    assert ended(tally.totals()) == {}


def test_a_lost_lease_is_counted(lab: Lab) -> None:
    job = lab.submit()
    assert Job.claim(job.id, "worker", "cpu", -1)  # silent from the beginning
    assert requeue_lost() == 1
    lab.execute(job)
    assert tally.totals()["lost", "count", ""] == 1


def test_every_bucket_ends_with_a_stroke() -> None:
    assert all(1000 * end % tally.STROKE == 0 for end in tally.BUCKETS[:-1])


def test_times_fall_into_their_buckets(lab: Lab) -> None:
    for number, (wait, run) in enumerate(((0.2, 0.4), (3.0, 12.0), (3.0, 5000.0))):
        job = lab.submit(f"reader {number}", n=number)
        lab.execute(job)
        db.session.rollback()
        row = db.session.get_one(Job, job.id, populate_existing=True)
        row.started_at = row.created_at + timedelta(seconds=wait)
        row.finished_at = row.started_at + timedelta(seconds=run)
        db.session.commit()
    found = tally.totals()
    buckets = {(measure, label): amount for (measure, _, label), amount in found.items() if measure in ("wait", "run")}
    assert buckets == {("wait", "0.5"): 1, ("wait", "5"): 2, ("run", "0.5"): 1, ("run", "30"): 1, ("run", "inf"): 1}
    assert found["wait ms", "count", ""] == 6200
    assert found["run ms", "count", ""] == 5_012_400
