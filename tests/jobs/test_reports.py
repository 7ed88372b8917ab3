from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.db import db, now
from app.errors import TooMany
from app.jobs import reports
from app.jobs.models import Job
from tests.jobs.conftest import Lab


@pytest.fixture
def done(lab: Lab) -> Job:
    job = lab.submit()
    lab.execute(job)
    db.session.rollback()
    return db.session.get_one(Job, job.id, populate_existing=True)


def reported(client: FlaskClient, job: Job) -> Any:
    described = client.get(f"/api/v1/jobs/{job.id}").json
    assert described
    return described["reported"]


def test_a_form_reports_a_run_and_its_page_covers_it(done: Job, client: FlaskClient) -> None:
    url = client.get(f"/api/v1/jobs/{done.id}").json["urls"]["report"]  # type: ignore[index]
    before = client.get(f"/jobs/{done.id}").text
    answer = client.post(url, data={"reason": "offensive", "note": "  Look at it. "})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/jobs/{done.id}")
    page = client.get(f"/jobs/{done.id}").text
    assert "Done in" in before
    assert ("Done in" in page, "reported" in page, "show=1" in page) == (False, True, True)
    assert "Done in" in client.get(f"/jobs/{done.id}?show=1").text
    assert reported(client, done) is True
    assert [tuple(report)[:4] for report in reports.reported()] == [
        (done.id, "count", "It is offensive", "Look at it.")
    ]


def test_a_report_takes_the_result_from_nobody(done: Job, client: FlaskClient) -> None:
    client.post(f"/api/v1/jobs/{done.id}/report", json={"reason": "wrong"})
    told = client.get(f"/api/v1/jobs/{done.id}").json
    assert told and client.get(told["output"]["pictures"]["result"]).status_code == 200


@pytest.mark.parametrize("body", [{"data": {"reason": "wrong"}}, {"json": {"reason": "wrong", "note": None}}])
def test_a_program_is_told_the_run(done: Job, client: FlaskClient, body: dict[str, Any]) -> None:
    answer = client.post(f"/api/v1/jobs/{done.id}/report", **body)
    assert (answer.status_code, answer.json and answer.json["reported"]) == (200, True)


def test_a_pages_script_is_answered_in_json(done: Job, client: FlaskClient) -> None:
    answer = client.post(f"/jobs/{done.id}/report", data={"reason": "wrong"}, headers={"Accept": "application/json"})
    assert answer.json == {"reported": True}


@pytest.mark.parametrize(
    ("given", "field"),
    [({}, "reason"), ({"reason": "dull"}, "reason"), ({"reason": "other", "note": "x" * 501}, "note")],
)
def test_a_report_that_says_nothing_is_refused(
    done: Job, client: FlaskClient, given: dict[str, str], field: str
) -> None:
    answer = client.post(f"/api/v1/jobs/{done.id}/report", json=given)
    assert (answer.status_code, list(answer.json["problems"])) == (422, [field])  # type: ignore[index]
    assert reported(client, done) is False


def test_the_first_report_stands(lab: Lab, done: Job) -> None:
    reports.file(done, {"reason": "wrong", "note": "first"}, "ann")
    reports.file(done, {"reason": "other", "note": "second"}, "bob")
    assert [report.note for report in reports.reported()] == ["first"]


def test_a_reader_reports_five_an_hour(lab: Lab) -> None:
    jobs = [lab.submit(f"reader {n}", n=n) for n in range(7)]
    for job in jobs[: reports.AT_ONCE]:
        reports.file(job, {"reason": "wrong"}, "ann")
    reports.dismiss(jobs[0].id)  # to be told that it was nothing gives none back
    with pytest.raises(TooMany) as refused:
        reports.file(jobs[5], {"reason": "wrong"}, "ann")
    assert refused.value.retry_after and 3500 < refused.value.retry_after <= 3600
    assert "in 60 min" in refused.value.message
    reports.file(jobs[5], {"reason": "wrong"}, "bob")
    for job in jobs:
        db.session.get_one(Job, job.id, populate_existing=True).reported_at = now() - timedelta(hours=2)
    db.session.commit()
    reports.file(jobs[6], {"reason": "wrong"}, "ann")


def test_nothing_wrong_with_it_uncovers_it(done: Job, client: FlaskClient) -> None:
    reports.file(done, {"reason": "wrong"}, "ann")
    reports.dismiss(done.id)
    assert reports.reported() == []
    assert reported(client, done) is False
    assert "show=1" not in client.get(f"/jobs/{done.id}").text


def test_erasing_takes_the_report_along_and_can_be_asked_for_twice(done: Job, client: FlaskClient) -> None:
    reports.file(done, {"reason": "offensive"}, "ann")
    job_id = done.id
    for _ in range(2):
        reports.erase_run(job_id)
    assert reports.reported() == []
    assert client.get(f"/jobs/{job_id}").status_code == 404
