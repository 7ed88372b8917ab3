from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from app.db import db
from app.jobs.estimate import Pace, around, experience, left, remaining
from app.jobs.experience import Estimate
from app.jobs.models import Job
from tests.jobs.conftest import Lab, earlier

TEN = Estimate(10.0, 8.0, 13.0)


def test_nobody_can_know_before_the_first_run(lab: Lab) -> None:
    assert experience("count") is None
    job = lab.submit(n=1)
    assert remaining(job, None) is None


def test_the_earlier_runs_tell_how_long_the_next_one_takes(lab: Lab) -> None:
    lab.order.work = lambda inputs: inputs["size"]
    earlier(lab, 10, size=2)
    told = remaining(lab.submit(size=3), experience("count"))
    assert told and told.seconds == pytest.approx(15)
    assert told.low < 15 < told.high


@pytest.mark.parametrize("change", [{"cached": True}, {"status": "canceled"}, {"attempt": 2}, {"origin": "another"},
                                    {"demo": "other"}])  # fmt: skip
def test_runs_that_tell_nothing_of_a_whole_one_are_left_out(lab: Lab, change: dict[str, Any]) -> None:
    job = earlier(lab, 10)
    assert experience("count")
    for name, value in change.items():
        setattr(job, name, value)
    db.session.commit()
    assert experience("count") is None


def test_the_time_that_a_run_was_paused_is_none(lab: Lab) -> None:
    job = earlier(lab, 10)
    job.seconds_before = 5.0
    db.session.commit()
    known = experience("count")
    assert known and known.of({}, 1.0).seconds == pytest.approx(15)


def test_it_takes_one_look_and_a_second_when_a_run_has_ended_since(lab: Lab) -> None:
    looks: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        looks.append(statement)

    earlier(lab, 10, n=1)
    event.listen(db.engine, "before_cursor_execute", note)
    for expected in (2, 1):
        looks.clear()
        assert experience("count")
        assert len([look for look in looks if "FROM jobs" in look]) == expected
    event.remove(db.engine, "before_cursor_execute", note)
    plan = db.session.connection().exec_driver_sql(
        "EXPLAIN QUERY PLAN SELECT id FROM jobs WHERE demo = 'count' AND status = 'succeeded' ORDER BY finished_at DESC"
    )
    told = " ".join(str(row[3]) for row in plan)
    assert "ix_jobs_history" in told
    assert "TEMP B-TREE" not in told
    before = experience("count")
    earlier(lab, 30, n=2)
    assert experience("count") != before


def run_so_far(*marks: tuple[float, float]) -> Pace:
    pace = Pace(0.0, 0.0)
    for mark in marks:
        pace.mark(*mark)
    return pace


def steady(share: float, seconds: float) -> Pace:
    """A run that takes so long in all and has come so far, in steps of a hundredth."""
    return run_so_far(*((step / 100, seconds * step / 100) for step in range(1, round(100 * share) + 1)))


def test_a_run_that_keeps_the_usual_pace_takes_the_usual_time() -> None:
    for share in (0.0, 0.1, 0.5, 0.9, 1.0):
        told = left(TEN, steady(share, 10))
        assert told and told.seconds == pytest.approx(10 * (1 - share))


def test_a_run_is_told_from_others_first_and_from_itself_later() -> None:
    shares = [share / 10 for share in range(1, 10)]
    told = [left(TEN, steady(share, 20)) for share in shares]  # twice as slow as others
    wrong = [abs(one.seconds / (20 * (1 - share)) - 1) for one, share in zip(told, shares, strict=True) if one]
    assert len(wrong) == len(shares)
    assert wrong == sorted(wrong, reverse=True)
    assert wrong[0] > 0.2 > 0.1 > wrong[-1]


def test_a_slow_beginning_is_not_held_against_a_run() -> None:
    slow_then_steady = run_so_far((0.01, 3.0), *((step / 100, 3.0 + step / 10) for step in range(2, 51)))
    told = left(None, slow_then_steady)
    assert told and told.seconds == pytest.approx(5)


def test_a_run_that_goes_on_is_told_by_what_it_has_done_since() -> None:
    pace = Pace(0.6, 60.0)
    assert left(TEN, pace) == pytest.approx([4.0, *around(4.0, TEN, 0.6)[1:]])
    for step in range(61, 81):
        pace.mark(step / 100, 60 + (step - 60) / 5)  # five times as fast as before
    told = left(None, pace)
    assert told and told.seconds == pytest.approx(4)


def test_the_range_holds_what_is_told_and_narrows() -> None:
    told = [around(5.0, TEN, share / 10) for share in range(10)]
    widths = [end.high - end.low for end in told]
    assert all(end.low < end.seconds == 5.0 < end.high for end in told)
    assert widths == sorted(widths, reverse=True)
    assert told[0] == pytest.approx([5.0, 4.0, 6.5])


def test_a_run_of_which_others_tell_nothing_tells_it_after_a_while() -> None:
    assert left(None, steady(0.05, 8)) is None
    told = left(None, steady(0.5, 8))
    assert told and told.seconds == pytest.approx(4)


def test_the_job_tells_the_range(lab: Lab, client: FlaskClient) -> None:
    earlier(lab, 10, n=1)
    running, waiting = lab.submit("ann", n=2), lab.submit("bob", n=3)
    job = Job.claim(running.id, "worker", "a test bench", 30)
    assert job and job.report(0.5, {"step": 1, "of": 2}, {}, 5.0)
    body = client.get(f"/api/v1/jobs/{running.id}?after=0").json
    assert body
    low, high = body["seconds_left_range"]
    assert low < body["seconds_left"] == 5.0 < high
    assert body["message"] == "Step 1 of 2, 5 s left"
    assert body["updates"][0]["seconds_left_range"] == [low, high]
    queue = client.get(f"/api/v1/jobs/{waiting.id}").json
    assert queue and queue["queue"]["ahead"] == 1
    assert queue["queue"]["range"][0] <= queue["queue"]["seconds"] <= queue["queue"]["range"][1]
