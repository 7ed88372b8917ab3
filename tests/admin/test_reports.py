from __future__ import annotations

import pytest
from flask import Flask

from app import jobs
from app.db import db
from app.demos import get
from app.jobs import reports
from app.jobs.models import Job
from tests.admin.conftest import Author


@pytest.fixture
def run(app: Flask) -> str:
    """The id of a run that a reader has reported."""
    with app.app_context():
        demo = get("style-transfer")
        job = jobs.submit(demo, demo.parse({"content": "cat"}), "ann")
        reports.file(job, {"reason": "wrong", "note": "<b>The cat has five legs.</b>"}, "bob")
        return job.id


def test_a_report_is_shown_with_all_it_says(run: str, author: Author) -> None:
    page = author.client.get("/admin/reports").text
    assert f'href="/jobs/{run}?show=1"' in page
    assert "It is wrong" in page
    assert "&lt;b&gt;The cat has five legs.&lt;/b&gt;" in page
    assert 'Runs <span class="count">1</span>' in author.client.get("/admin").text


def test_nothing_wrong_with_it(app: Flask, run: str, author: Author) -> None:
    author.client.get("/admin")
    assert author.post(f"/admin/reports/{run}/dismiss").headers["Location"] == "/admin/reports"
    page = author.client.get("/admin/reports").text
    assert run not in page
    assert 'class="count"' not in page
    with app.app_context():
        assert db.session.get(Job, run)


def test_erase_the_run(app: Flask, run: str, author: Author) -> None:
    for _ in range(2):  # the second time by a page that was open for longer
        assert author.post(f"/admin/reports/{run}/erase").status_code == 303
    with app.app_context():
        assert db.session.get(Job, run) is None


def test_a_form_of_somebody_else_does_nothing(app: Flask, run: str, author: Author) -> None:
    assert author.client.post(f"/admin/reports/{run}/erase", data={"token": "x"}).status_code == 401
    with app.app_context():
        assert db.session.get(Job, run)
