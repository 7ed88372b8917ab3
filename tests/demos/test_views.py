"""A run asked for by form and by program, without a worker: what is answered, refused, and kept."""

from __future__ import annotations

import dataclasses
import gc
import io
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.db import db
from app.jobs.models import Job
from tests.pictures import photograph

FORM = "/demos/style-transfer/jobs"
API = "/api/v1/demos/style-transfer/jobs"


def upload(data: bytes | None = None, name: str = "photo.jpg") -> tuple[io.BytesIO, str]:
    return io.BytesIO(photograph() if data is None else data), name


def order(client: FlaskClient, path: str = API, **fields: Any) -> TestResponse:
    given = {"content": upload(), "style": "mosaic"} | fields
    return client.post(path, data=given, content_type="multipart/form-data")


def test_a_program_is_told_where_its_run_is(client: FlaskClient) -> None:
    answer = order(client, size="256", steps="20", strength="0.7", seed="3")
    assert answer.status_code == 202
    job = answer.json
    assert job
    assert {"id", "status", "progress", "output", "error", "urls"} <= set(job)
    assert {"self", "events", "cancel"} <= set(job["urls"])
    assert answer.headers["Location"] == job["urls"]["self"]
    assert client.get(job["urls"]["self"]).json == job
    assert job["inputs"]["size"] == "256"
    assert job["inputs"]["content"]["picture"]


def test_a_form_leads_to_the_page_of_its_run(client: FlaskClient) -> None:
    answer = order(client, FORM)
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"])
    assert page.status_code == 200
    assert "keeps its place" in page.text  # nobody runs jobs here
    assert '<meta http-equiv="refresh"' in page.text


def test_a_style_can_be_a_file_too(client: FlaskClient) -> None:
    answer = order(client, style=upload(photograph(kind="PNG"), "style.png"))
    assert answer.status_code == 202
    assert answer.json and answer.json["inputs"]["style"]["picture"]


def test_json_takes_names(client: FlaskClient) -> None:
    answer = client.post(API, json={"content": "cat", "style": "mosaic", "steps": 20})
    assert answer.status_code == 202
    assert answer.json and answer.json["inputs"]["content"] == {"name": "cat"}


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"content": upload(b"no picture")}, "content"), ({"content": "nobody"}, "content"), ({"content": ""}, "content"),
     ({"content": upload(b"")}, "content"), ({"style": "nobody"}, "style"), ({"steps": "-3"}, "steps"),
     ({"strength": "nan"}, "strength"), ({"size": "9999"}, "size"), ({"unheard": "of"}, "unheard"),
     ({"steps": upload()}, "steps")],
)  # fmt: skip
def test_wrong_input_is_a_sentence_at_its_field(client: FlaskClient, fields: dict[str, Any], field: str) -> None:
    fields = {
        name: upload(value[0].getvalue()) if isinstance(value, tuple) else value for name, value in fields.items()
    }
    answer = order(client, **fields)
    assert answer.status_code == 422
    assert answer.json and answer.json["problems"][field].endswith(".")
    with client.application.app_context():
        assert db.session.query(Job).count() == 0


def test_a_refused_form_comes_back_with_what_was_entered(client: FlaskClient) -> None:
    answer = order(client, FORM, steps="9000", strength="0.85", style="mosaic")
    assert answer.status_code == 422
    assert "Steps must be from 20 to 500." in answer.text
    assert 'value="0.85"' in answer.text


@pytest.mark.parametrize("body", [b"", b"--x", b"garbage", b"--x\r\n\r\n"])
def test_a_malformed_body_is_a_4xx(client: FlaskClient, body: bytes) -> None:
    answer = client.post(API, data=body, content_type="multipart/form-data; boundary=x")
    assert 400 <= answer.status_code < 500
    assert answer.json and answer.json["error"]


@pytest.mark.parametrize("body", ["[]", "{", "3", "null", '{"steps": {"a": 1}}', '{"steps": [1]}'])
def test_malformed_json_is_a_4xx(client: FlaskClient, body: str) -> None:
    answer = client.post(API, data=body, content_type="application/json")
    assert 400 <= answer.status_code < 500


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the parser drops its temporary file
def test_too_large_a_body_is_413(client: FlaskClient) -> None:
    status = order(client, content=upload(b"\xff\xd8\xff" + b"0" * (17 * 1024 * 1024))).status_code
    gc.collect()  # so that the warning comes here and not in some later test
    assert status == 413


def test_two_pictures_for_one_input_are_refused(client: FlaskClient) -> None:
    data = {"content": [upload(), upload()], "style": "mosaic"}
    assert client.post(API, data=data, content_type="multipart/form-data").status_code == 422


def test_too_many_runs_of_one_reader_are_429_with_the_time_to_come_back(app: Flask, client: FlaskClient) -> None:
    engine = app.extensions["jobs"]
    engine.settings = dataclasses.replace(engine.settings, JOBS_PER_READER=1)
    assert order(client, seed="1").status_code == 202
    for path in (API, FORM):
        answer = order(client, path, seed="2")
        assert (answer.status_code, bool(answer.headers["Retry-After"])) == (429, True)
        assert "one" in answer.text or "1" in answer.text


def test_an_unknown_demo_is_404_and_names_those_there_are(client: FlaskClient) -> None:
    answer = client.post("/api/v1/demos/levitation/jobs")
    assert answer.status_code == 404
    assert answer.json and "style-transfer" in answer.json["error"]


def test_a_double_click_starts_one_run(client: FlaskClient) -> None:
    first, second = order(client), order(client)
    assert first.json and second.json and first.json["id"] == second.json["id"]


def named(client: FlaskClient, name: str, **fields: Any) -> TestResponse:
    given = {"content": upload(), "style": "mosaic"} | fields
    return client.put(f"{API}/{name}", data=given, content_type="multipart/form-data")


def test_a_name_that_a_program_chooses_stands_for_one_run(client: FlaskClient) -> None:
    first, again = named(client, "evening 7", steps="20"), named(client, "evening 7", steps="20")
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.headers["Location"] == again.headers["Location"]
    other = named(client, "evening 7", steps="30")
    assert other.status_code == 409
    assert other.json and "another run" in other.json["error"]
    assert named(client, "evening 8", steps="30").headers["Location"] != first.headers["Location"]


def test_a_name_still_gives_its_run_once_that_is_over(client: FlaskClient) -> None:
    first = named(client, "once").json
    assert first
    client.post(first["urls"]["cancel"])
    again = named(client, "once")
    assert again.status_code == 200  # it is not started again
    assert again.json and (again.json["id"], again.json["status"]) == (first["id"], "canceled")
