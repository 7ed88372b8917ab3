from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from app.db import db
from app.errors import Conflict, InvalidInput, TooMany
from app.jobs import line, watch, wishes
from app.jobs.models import Job
from app.jobs.pictures import JobPicture
from app.jobs.updates import JobEvent
from tests.jobs.adding import STEPS, Adding, in_thread, of, total_after
from tests.jobs.conftest import Lab


@pytest.fixture(autouse=True)
def alert(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "LOOK_SECONDS", 0.01)


@pytest.fixture
def paused(lab: Lab) -> Iterator[Job]:
    yield paused_at(lab, 5)


def paused_at(lab: Lab, step: int, **inputs: int) -> Job:
    lab.run = adding = Adding(slow_from=step)
    job = lab.submit(steps=STEPS, **inputs)
    thread = in_thread(lab, job)
    assert adding.reached.wait(10)
    wishes.pause(of(job))
    thread.join(10)
    lab.run = Adding()
    return of(job)


def held(job: Job, role: str) -> set[str]:
    return {row.key for row in db.session.query(JobPicture).filter_by(job_id=job.id, role=role)}


def test_a_run_that_was_paused_ends_exactly_as_one_that_was_not(lab: Lab) -> None:
    job = paused_at(lab, 5)
    step = (job.data or {})["step"]
    assert (job.status, 5 <= step < STEPS, job.owner) == ("paused", True, None)
    assert line.next_in_line() is None
    for _ in range(2):  # and again
        wishes.resume(job)
        lab.run = adding = Adding(slow_from=(of(job).data or {})["step"] + 3)
        thread = in_thread(lab, job)
        assert adding.reached.wait(10)
        wishes.pause(of(job))
        thread.join(10)
    wishes.resume(of(job))
    lab.run = Adding()
    lab.execute(job)
    done = of(job)
    assert (done.status, (done.data or {})["total"]) == ("succeeded", total_after(STEPS))
    steps = [event.data["step"] for event in db.session.query(JobEvent).filter_by(job_id=job.id).order_by(JobEvent.seq)]
    assert steps == sorted(set(steps)), "each step is told once"


def test_a_pause_keeps_the_picture_the_files_and_one_state(lab: Lab, paused: Job, client: FlaskClient) -> None:
    body = client.get(f"/api/v1/jobs/{paused.id}").json
    assert body
    assert (body["status"], body["output"], body["resumable"], body["attempt"]) == ("paused", None, True, 0)
    assert body["message"] == f"Paused at step {body['latest']['data']['step']}: resume when you like"
    assert client.get(body["latest"]["pictures"]["result"]).mimetype == "image/png"
    file = client.get(body["latest"]["files"]["sum"])
    assert int.from_bytes(file.data, "little") == body["latest"]["data"]["total"]
    assert (file.mimetype, file.headers["Content-Disposition"]) == ("application/octet-stream", "attachment")
    assert held(paused, "state") == {paused.state_key}
    assert client.get(f"/pictures/{paused.state_key}").status_code == 404, "a state is shown to nobody"


def test_a_stream_and_a_poll_end_with_a_paused_run(paused: Job, client: FlaskClient) -> None:
    assert "event: paused" in client.get(f"/api/v1/jobs/{paused.id}/events").text
    body = client.get(f"/api/v1/jobs/{paused.id}?wait=20&after=9999").json
    assert body and body["status"] == "paused"


def test_what_is_steered_reaches_the_run_with_its_next_step(lab: Lab) -> None:
    lab.run = adding = Adding(slow_from=5)
    job = lab.submit(steps=STEPS)
    thread = in_thread(lab, job)
    assert adding.reached.wait(10)
    wishes.steer(of(job), {"by": 7})
    thread.join(10)
    done = of(job)
    [taken] = done.steered or []
    assert taken["changes"] == {"by": 7}
    before = taken["step"]
    assert (done.data or {})["total"] in {
        total_after(STEPS - step, 7, total_after(step)) for step in range(before, STEPS)
    }, "it was sent at a step from the one that was last told on"
    assert done.wishes is None


def test_what_is_steered_while_paused_is_known_to_the_next_step(lab: Lab) -> None:
    job = paused_at(lab, 5)
    step, total, seq = (job.data or {})["step"], (job.data or {})["total"], job.seq
    wishes.steer(job, {"by": 7})
    wishes.resume(of(job))
    lab.execute(job)
    done = of(job)
    assert (done.data or {})["total"] == total_after(STEPS - step, 7, total)
    assert done.steered == [{"step": step, "seq": seq, "changes": {"by": 7}}]


def test_a_change_outlives_every_pause_after_it(lab: Lab) -> None:
    job = paused_at(lab, 5)
    step, total = (job.data or {})["step"], (job.data or {})["total"]
    wishes.steer(job, {"by": 7})
    wishes.resume(of(job))
    lab.run = adding = Adding(slow_from=step + 3)
    thread = in_thread(lab, job)
    assert adding.reached.wait(10)
    wishes.pause(of(job))
    thread.join(10)
    wishes.resume(of(job))
    lab.run = Adding()
    lab.execute(job)
    assert (of(job).data or {})["total"] == total_after(STEPS - step, 7, total)


def test_a_steered_run_answers_nobody_else(lab: Lab) -> None:
    job = paused_at(lab, 5)
    wishes.steer(job, {"by": 7})
    wishes.resume(of(job))
    assert lab.submit(steps=STEPS).id != job.id, "nor its own reader while it is live"
    lab.execute(job)
    again = lab.submit("bob", steps=STEPS)
    assert (again.status, again.cached) == ("queued", False)


def test_a_run_that_was_steered_in_line_is_not_answered_by_the_one_before_it(lab: Lab) -> None:
    lab.run = Adding()
    first, second = lab.submit("ann", steps=STEPS), lab.submit("bob", steps=STEPS)
    wishes.steer(second, {"by": 7})
    lab.execute(first)
    lab.execute(second)
    assert [(of(job).data or {})["total"] for job in (first, second)] == [total_after(STEPS), total_after(STEPS, 7)]
    assert of(second).steered == [{"seq": 0, "changes": {"by": 7}}]


def test_a_run_that_was_only_paused_does_answer(lab: Lab, paused: Job) -> None:
    wishes.resume(paused)
    lab.execute(paused)
    assert lab.submit("bob", steps=STEPS).cached


def test_a_paused_run_that_is_canceled_keeps_its_best_picture_and_its_state(lab: Lab, paused: Job) -> None:
    best = (paused.pictures or {})["result"]
    wishes.cancel(paused)
    assert of(paused).status == "canceled"
    assert best in held(paused, "result")
    assert held(paused, "state")


def test_a_resumed_run_stands_in_line_like_any_other(lab: Lab, paused: Job) -> None:
    for n in range(3):
        lab.submit(n=n)
    with pytest.raises(TooMany):
        wishes.resume(paused)
    assert of(paused).status == "paused"


def test_whatever_cannot_be_done_is_said(lab: Lab, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = lab.submit(n=1)
    with pytest.raises(Conflict, match="not begun"):
        wishes.pause(waiting)
    lab.execute(waiting)
    for verb in (wishes.pause, wishes.resume, lambda job: wishes.steer(job, {"by": 2})):
        with pytest.raises(Conflict, match="over"):
            verb(of(waiting))
    with pytest.raises(InvalidInput):
        wishes.steer(lab.submit(n=2), {"colour": "red"})
    monkeypatch.setattr(lab, "goes_on", lambda demo: False)
    with pytest.raises(Conflict, match="cannot be paused"):
        wishes.pause(waiting)
    answer = client.post(f"/api/v1/jobs/{waiting.id}/steer", json=["by"])
    assert (answer.status_code, bool(answer.json and answer.json["error"])) == (422, True)


@pytest.mark.parametrize("verb", ["pause", "resume", "cancel", "steer"])
def test_forms_ask_too_and_lead_to_the_page(lab: Lab, client: FlaskClient, verb: str) -> None:
    job = lab.submit(steps=STEPS)
    assert Job.claim(job.id, "worker", "cpu", 30)
    answer = client.post(f"/jobs/{job.id}/{verb}", data={"by": "3"} if verb == "steer" else {})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/jobs/{job.id}")
    body = client.get(f"/api/v1/jobs/{job.id}").json
    words = {"pause": "Pausing after this step", "cancel": "Stopping after this step"}
    assert body and body["message"] == words.get(verb, "Loading the network")
    assert of(job).wishes == ({"by": "3"} if verb == "steer" else None)


def test_a_pause_waits_for_a_step_that_has_a_state(lab: Lab) -> None:
    class Late(Adding):
        def update(self, step: int, total: int):  # type: ignore[no-untyped-def]
            whole = super().update(step, total)
            return whole if step >= 20 else type(whole)(whole.progress, whole.data, whole.pictures)

    lab.run = adding = Late(slow_from=3)
    job = lab.submit(steps=STEPS)
    thread = in_thread(lab, job)
    assert adding.reached.wait(10)
    wishes.pause(of(job))
    thread.join(10)
    state = lab.app.extensions["jobs"].store.read(of(job).state_key)
    assert json.loads(state)[0] == 20
