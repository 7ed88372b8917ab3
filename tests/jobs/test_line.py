from __future__ import annotations

import dataclasses

import pytest

from app.db import db
from app.errors import Busy, TooMany
from app.jobs import line
from app.jobs.models import Job
from tests.jobs.conftest import Lab, earlier


def allow(lab: Lab, **limits: int) -> None:
    engine = lab.app.extensions["jobs"]
    engine.settings = dataclasses.replace(engine.settings, **limits)


def serve(lab: Lab, most: int = 100) -> list[str]:
    """Run whatever is next until nothing waits; whose each was."""
    served: list[str] = []
    while (job_id := line.next_in_line()) and len(served) < most:
        job = db.session.get_one(Job, job_id)
        served.append(job.client)
        lab.execute(job)
        db.session.rollback()
    return served


def test_readers_take_turns_however_many_runs_one_of_them_ordered(lab: Lab) -> None:
    allow(lab, JOBS_PER_READER=100, UPLOADS_PER_MINUTE=100)
    for n in range(12):
        lab.submit("flood", n=n)
    served = serve(lab, most=4)
    for n in range(3):
        lab.submit("ann", n=f"ann {n}")
        lab.submit("bob", n=f"bob {n}")
    served = serve(lab)
    # From the moment they join, each of the three is served once before anyone is served twice more.
    for turn in range(3):
        assert sorted(served[turn * 3 : turn * 3 + 3]) == ["ann", "bob", "flood"]
    assert served[9:] == ["flood"] * 5


def test_a_newcomer_does_not_overtake_those_who_wait_for_their_first_turn(lab: Lab) -> None:
    for client in ("a", "b", "c"):
        lab.submit(client, n=client)
    assert serve(lab) == ["a", "b", "c"]


def test_the_place_counts_the_runs_ahead(lab: Lab) -> None:
    waiting = [lab.submit(f"reader {n}", n=n) for n in range(3)]
    assert [line.place(job).ahead for job in waiting] == [0, 1, 2]
    claimed = Job.claim(waiting[0].id, "worker", "cpu", 30)
    assert claimed
    assert [line.place(job).ahead for job in waiting[1:]] == [1, 2]


def test_the_wait_is_that_of_all_who_are_ahead(lab: Lab) -> None:
    lab.order.work = lambda inputs: inputs["size"]
    lab.submit("first", size=4)
    second = lab.submit("second", size=1)
    assert line.place(second) == line.Place(1, None)
    earlier(lab, 10, size=2)
    wait = line.place(second).wait
    assert wait and (wait.seconds, wait.low < 20 < wait.high) == (pytest.approx(20), True)
    third = line.place(lab.submit("third", size=1)).wait
    assert third and third == pytest.approx([end * 5 / 4 for end in wait])


def test_one_reader_may_have_a_few_runs_at_once(lab: Lab) -> None:
    allow(lab, JOBS_PER_READER=2)
    lab.submit("ann", n=1)
    lab.submit("ann", n=2)
    with pytest.raises(TooMany) as refused:
        lab.submit("ann", n=3)
    assert refused.value.retry_after
    lab.submit("bob", n=3)


def test_one_reader_may_start_so_many_runs_in_a_minute(lab: Lab) -> None:
    allow(lab, UPLOADS_PER_MINUTE=2)
    for n in range(2):
        lab.execute(lab.submit("ann", n=n))
    with pytest.raises(TooMany):
        lab.submit("ann", n=2)
    lab.submit("ann", n=1)  # its result is known, which costs nobody anything


def test_a_full_line_is_said_to_be_full(lab: Lab) -> None:
    allow(lab, QUEUE_LIMIT=2)
    lab.submit("a", n=1)
    lab.submit("b", n=2)
    with pytest.raises(Busy) as refused:
        lab.submit("c", n=3)
    assert refused.value.retry_after
    assert db.session.query(Job).count() == 2
