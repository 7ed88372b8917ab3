"""What every demo owes, whoever wrote it: this runs over all there are."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from app import demos
from app.db import db
from app.demos import conduct
from app.demos.base import Update
from app.demos.contract import CHECKS, verdict
from app.demos.finished import finished_run
from app.demos.kinds import Picture
from app.demos.trial import Trial, comparable
from app.jobs.execute import execute
from app.jobs.models import Job

HERE = Path(__file__).parent
every_demo = pytest.mark.parametrize("name", demos.names())
with_a_line = pytest.mark.parametrize("name", [demo.name for demo in demos.every() if not demo.instant])
at_once = pytest.mark.parametrize("name", [demo.name for demo in demos.every() if demo.instant])


@pytest.fixture(scope="module", autouse=True)
def threads_of_a_worker() -> None:
    demos.warm_up("", [])


@cache
def trial(name: str) -> Trial:
    return Trial(demos.get(name))


def has_controls_of_its_own(name: str) -> bool:
    """True for a demo with a test of all its controls, each on the example that shows it best."""
    return bool(list((HERE / name.replace("-", "_")).glob("test_controls*.py")))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@every_demo
def test_it_keeps_the_contract(app: Flask, name: str, check: Callable[[Trial], str | None]) -> None:
    if check is conduct.every_control_counts and has_controls_of_its_own(name):
        pytest.skip("test_controls.py of this demo walks them.")
    with app.app_context():
        assert verdict(check, trial(name)) is None


@with_a_line
def test_its_bench_shows_a_finished_example(client: FlaskClient, name: str) -> None:
    demo = demos.get(name)
    with client.application.test_request_context():
        example = finished_run(demo, {field.name: field.default for field in demo.fields})
    assert example and example.seconds > 0
    html = client.get(f"/demos/{name}").text
    for url in example.pictures.values():
        assert url in html
        assert client.get(url).status_code == 200


@every_demo
def test_its_form_has_every_input(client: FlaskClient, name: str) -> None:
    html = client.get(f"/demos/{name}").text
    assert ('method="get"' if demos.get(name).instant else 'enctype="multipart/form-data"') in html
    for field in demos.get(name).fields:
        assert f'name="{field.name}"' in html
        assert field.kind.label in html


@every_demo
def test_its_own_files_are_served_and_no_others(client: FlaskClient, name: str) -> None:
    for file in ("run.py", "demo.py", "panel.html", "..", "%2e%2e%2fdemo.py"):
        assert client.get(f"/demos/{name}/assets/-/{file}").status_code == 404
    for field in demos.get(name).fields:
        if isinstance(field.kind, Picture):
            for ready in field.kind.names.values():
                for what in ("assets", "thumbnails"):
                    answer = client.get(f"/demos/{name}/{what}/{ready.parent.name}/{ready.name}")
                    assert answer.status_code == 200
                    assert answer.mimetype == "image/webp"


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@with_a_line
def test_its_page_answers_as_its_api_and_as_its_run(app: Flask, name: str) -> None:
    """One form, one request of a program: the same inputs, hence one run; and it is what the run itself says."""
    client, tried = app.test_client(), trial(name)
    with app.app_context():
        given = {field: value for field, value in tried.cheapest.items() if isinstance(value, str)}
        page = client.post(f"/demos/{name}/jobs", data=given)
        asked = db.session.query(Job).one()
        assert page.status_code == 303 and page.location.endswith(asked.id)
        assert execute(asked.id, "test/cpu", "a test")
        job = client.post(f"/api/v1/demos/{name}/jobs", json=given).get_json()
        assert job["status"] == "succeeded" and job["cached"]
        first = client.get(f"/api/v1/jobs/{asked.id}").get_json()
        assert (job["inputs"], job["output"]) == (first["inputs"], first["output"])
        shown = {name: opened(client.get(url).data) for name, url in job["output"]["pictures"].items()}
        files = {name: client.get(url).data for name, url in job["output"]["files"].items()}
        assert comparable(Update(1, job["output"]["data"], shown, files)) == tried.result()
        assert all(url in client.get(f"/jobs/{job['id']}").text for url in job["output"]["pictures"].values())


@at_once
def test_its_answer_is_the_same_by_address_by_body_and_by_its_run(app: Flask, name: str) -> None:
    client, tried = app.test_client(), trial(name)
    with app.app_context():
        given = {field: value for field, value in tried.cheapest.items() if isinstance(value, str)}
        address = client.get(f"/api/v1/demos/{name}", query_string=given)
        body = client.post(f"/api/v1/demos/{name}", json=given)
        for answer in (address, body):
            assert comparable(Update(1, answer.get_json())) == tried.result()
        assert "public" in address.headers["Cache-Control"]
        assert client.get(f"/demos/{name}", query_string=given).status_code == 200
        assert client.post(f"/api/v1/demos/{name}/jobs", json=given).status_code == 404


def test_the_command_prints_all_of_it(site: Flask, own: Path) -> None:
    result = site.test_cli_runner().invoke(args=["demo", "check", "tent-map"])
    assert result.exit_code == 1
    assert result.output.count("✓") == len(CHECKS) - 1
    assert "✗ A finished example is there" in result.output and "flask demo tent-map --keep" in result.output
