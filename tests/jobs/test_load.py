from __future__ import annotations

from datetime import timedelta

import pytest

from app.db import db, now
from app.errors import NotFound
from app.jobs import load
from app.jobs.models import Job
from tests.jobs.conftest import Lab, earlier


def test_nothing_was_asked_for(lab: Lab) -> None:
    assert load.loads() == []


def test_a_week_of_a_demo_in_numbers(lab: Lab) -> None:
    for seconds in range(1, 21):
        earlier(lab, seconds, n=seconds)
    lab.submit("late", n=1)  # as before, from the cache
    lab.submit("waits", n=99)
    old = earlier(lab, 100, n=100)
    old.created_at = now() - timedelta(days=8)
    db.session.commit()
    (found,) = load.loads()
    assert (found.demo, found.title, found.week, found.waiting) == ("count", "Counting", 22, 1)
    assert found.cached == pytest.approx(1 / 22)
    assert found.run == pytest.approx((10.5, 19.05), abs=0.1)
    assert found.failed == 0


def test_today_begins_at_midnight(lab: Lab) -> None:
    earlier(lab, 1, n=1)
    earlier(lab, 1, n=2).created_at = now() - timedelta(days=1)
    db.session.commit()
    (found,) = load.loads()
    assert (found.today, found.week) == (1, 2)


def test_the_wait_is_from_the_order_to_the_start(lab: Lab) -> None:
    job = earlier(lab, 1)
    job.created_at = (job.started_at or now()) - timedelta(seconds=30)
    db.session.commit()
    assert load.loads()[0].wait == pytest.approx((30, 30))


def test_the_share_of_failures_is_of_what_was_computed(lab: Lab) -> None:
    for n in range(4):
        earlier(lab, 1, n=n)
    Job.claim(lab.submit(n=9).id, "worker", "a test bench", 30).fail("No.")  # type: ignore[union-attr]
    lab.submit("waits", n=10)
    assert load.loads()[0].failed == pytest.approx(1 / 5)


def test_the_most_used_values_come_first_and_numbers_of_all_kinds_are_left_out(lab: Lab) -> None:
    for n in range(30):
        lab.submit(f"reader {n}", seed=n, size="512" if n % 3 else "256", mask=None, photo=b"x", keep=True)
    choices = load.loads()[0].choices
    assert choices["size"] == [("512", pytest.approx(2 / 3)), ("256", pytest.approx(1 / 3))]
    assert choices["mask"] == [("none", 1.0)]
    assert choices["photo"] == [("their own", 1.0)]
    assert "seed" not in choices


def test_a_demo_that_is_gone_is_told_by_its_name(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(demo: str) -> str:
        raise NotFound("There is no such demo.")

    lab.submit()
    monkeypatch.setattr(lab, "title_of", gone)
    assert load.loads()[0].title == "count"
