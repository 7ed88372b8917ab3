from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from app.db import db, writing
from app.jobs import stretch
from app.jobs.models import Job
from tests.jobs.conftest import Lab

Event = tuple[str, int | None, dict[str, Any]]


def events(text: str) -> Iterator[Event]:
    """Server-sent events as (name, id, data)."""
    for block in text.strip().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if "event" in lines:
            yield lines["event"], int(lines["id"]) if "id" in lines else None, json.loads(lines["data"])


@pytest.fixture
def done(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> Job:
    monkeypatch.setattr(stretch, "REPORT_SECONDS", 0)
    job = lab.submit()
    lab.execute(job)
    return job


def test_a_finished_run_has_its_output(done: Job, client: FlaskClient) -> None:
    job = client.get(f"/api/v1/jobs/{done.id}").json
    assert job
    assert (job["status"], job["progress"], job["error"]) == ("succeeded", 1, None)
    assert job["output"]["data"] == {"step": 3, "of": 3}
    picture = client.get(job["output"]["pictures"]["result"])
    assert (picture.status_code, picture.mimetype) == (200, "image/png")
    assert "sandbox" in picture.headers["Content-Security-Policy"]
    assert job["message"].startswith("Done in ")
    assert job["message"].endswith("on a test bench")


def test_nothing_new_is_answered_304(done: Job, client: FlaskClient) -> None:
    first = client.get(f"/api/v1/jobs/{done.id}")
    again = client.get(f"/api/v1/jobs/{done.id}", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_a_late_reader_gets_every_report_and_the_end(done: Job, client: FlaskClient) -> None:
    told = list(events(client.get(f"/api/v1/jobs/{done.id}/events").text))
    assert [name for name, _, _ in told[:-1]] == ["update"] * (len(told) - 1)
    assert told[-1][0] == "done"
    assert [data["data"]["step"] for name, _, data in told if name == "update"][:3] == [1, 2, 3]


def test_whoever_comes_back_misses_nothing_and_hears_nothing_twice(done: Job, client: FlaskClient) -> None:
    path = f"/api/v1/jobs/{done.id}/events"
    whole = [number for name, number, _ in events(client.get(path).text) if name == "update"]
    for cut in range(len(whole) + 1):
        last = str(whole[cut - 1]) if cut else "0"
        rest = events(client.get(path, headers={"Last-Event-ID": last}).text)
        assert whole[:cut] + [number for name, number, _ in rest if name == "update"] == whole


def test_polling_can_ask_for_reports_too(done: Job, client: FlaskClient) -> None:
    body = client.get(f"/api/v1/jobs/{done.id}?after=1").json
    assert body
    assert [report["seq"] for report in body["updates"]] == list(range(2, 2 + len(body["updates"])))


def test_a_long_poll_ends_when_its_time_is_up(lab: Lab, client: FlaskClient) -> None:
    job = lab.submit()
    answer = client.get(f"/api/v1/jobs/{job.id}?wait=1&after=0")
    assert answer.json and (answer.json["status"], answer.json["updates"]) == ("queued", [])


@pytest.mark.parametrize("query", ["wait=soon", "after=x", "wait=1e9", "after=99999999999999999999"])
def test_a_wrong_query_is_422(done: Job, client: FlaskClient, query: str) -> None:
    assert client.get(f"/api/v1/jobs/{done.id}?{query}").status_code == 422


@pytest.mark.parametrize("path", ["", "/events", "/cancel"])
def test_an_unknown_run_is_404(client: FlaskClient, path: str) -> None:
    method = client.post if path == "/cancel" else client.get
    answer = method(f"/api/v1/jobs/nothing-here{path}")
    assert (answer.status_code, bool(answer.json and answer.json["error"])) == (404, True)


def test_too_many_streams_are_sent_to_polling(lab: Lab, client: FlaskClient) -> None:
    job = lab.submit()
    while lab.app.extensions["jobs"].streams.acquire(blocking=False):
        pass
    answer = client.get(f"/api/v1/jobs/{job.id}/events")
    assert (answer.status_code, bool(answer.headers["Retry-After"])) == (503, True)


def test_a_stream_gives_its_place_back(done: Job, client: FlaskClient, lab: Lab) -> None:
    for _ in range(lab.app.extensions["jobs"].settings.STREAMS_LIMIT + 3):
        assert client.get(f"/api/v1/jobs/{done.id}/events", buffered=True).status_code == 200


def test_cancel_answers_the_truth_in_every_state(lab: Lab, client: FlaskClient, done: Job) -> None:
    def cancel(job: Job) -> str:
        answer = client.post(f"/api/v1/jobs/{job.id}/cancel")
        assert answer.status_code == 200
        return str(answer.json and answer.json["status"])

    assert cancel(done) == "succeeded"
    assert cancel(lab.submit(n=1)) == "canceled"
    running = lab.submit(n=2)
    assert Job.claim(running.id, "worker", "cpu", 30)
    assert cancel(running) == "running"
    assert client.get(f"/api/v1/jobs/{running.id}").json["message"].startswith("Stopping")  # type: ignore[index]


def test_erasing_takes_the_pictures_along(lab: Lab, client: FlaskClient) -> None:
    job = lab.submit(photo=b"mine")
    lab.execute(job)
    described = client.get(f"/api/v1/jobs/{job.id}").json
    assert described
    pictures = [described["inputs"]["photo"]["picture"], *described["output"]["pictures"].values()]
    assert all(client.get(picture).status_code == 200 for picture in pictures)
    assert client.delete(f"/api/v1/jobs/{job.id}").status_code == 204
    assert [client.get(picture).status_code for picture in pictures] == [404, 404]
    assert client.get(f"/api/v1/jobs/{job.id}").status_code == 404
    folder = lab.app.extensions["jobs"].store.folder
    assert not [file for file in folder.rglob("*") if file.is_file()]


def test_erasing_leaves_what_another_reader_holds(lab: Lab, client: FlaskClient) -> None:
    lab.execute(lab.submit("ann", photo=b"same"))
    ann = lab.submit("ann", photo=b"same")
    bob = lab.submit("bob", photo=b"same")
    client.delete(f"/api/v1/jobs/{ann.id}")
    described = client.get(f"/api/v1/jobs/{bob.id}").json
    assert described
    assert client.get(described["inputs"]["photo"]["picture"]).status_code == 200
    assert client.get(described["output"]["pictures"]["result"]).status_code == 200


@pytest.mark.parametrize("key", ["..%2f..%2fsecret_key", "secret_key", "a" * 64 + ".png", "%2e%2e"])
def test_no_address_becomes_a_path(client: FlaskClient, key: str) -> None:
    assert client.get(f"/pictures/{key}").status_code == 404


@pytest.mark.parametrize(
    ("state", "words"),
    [({"status": "failed", "error": "No edges."}, "No edges."),
     ({"status": "expired", "error": "Too old."}, "Too old."),
     ({"status": "canceled", "data": {"step": 87}}, "Stopped at step 87: this is the best so far"),
     ({"status": "canceled", "data": None}, "Stopped before it began"),
     ({"status": "running", "phase": "loading"}, "Loading the network"),
     ({"status": "running", "phase": "running", "data": {"step": 120, "of": 300}}, "Step 120 of 300")],
)  # fmt: skip
def test_every_state_is_worded(lab: Lab, client: FlaskClient, state: dict[str, Any], words: str) -> None:
    job = lab.submit()
    with writing() as session:
        session.execute(update(Job).where(Job.id == job.id).values(**state))
    body = client.get(f"/api/v1/jobs/{job.id}").json
    assert body and body["message"] == words
    assert words in client.get(f"/jobs/{job.id}").text
    db.session.rollback()


def test_the_page_of_a_run_can_stop_and_erase_it_without_javascript(lab: Lab, client: FlaskClient) -> None:
    job_id = lab.submit().id
    assert client.post(f"/jobs/{job_id}/cancel").status_code == 303
    assert client.get(f"/api/v1/jobs/{job_id}").json["status"] == "canceled"  # type: ignore[index]
    assert client.post(f"/jobs/{job_id}/erase").status_code == 303
    assert client.get(f"/jobs/{job_id}").status_code == 404
