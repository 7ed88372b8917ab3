"""Pictures by their address, and runs that go on from others: what a request may leave to an earlier run."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.db import db
from app.jobs.engine import engine
from app.jobs.models import Job
from app.jobs.sweep import erase
from tests.pictures import photograph

API = "/api/v1/demos/style-transfer/jobs"
FORM = "/demos/style-transfer/jobs"


@pytest.fixture
def parent(client: FlaskClient) -> dict[str, Any]:
    """A finished run of a reader's own photograph, steered on the way, as it is told of."""
    data = {"content": (io.BytesIO(photograph()), "photo.jpg"), "style": "mosaic", "steps": "40", "style_2": "woodcut"}
    job_id = client.post(API, data=data, content_type="multipart/form-data").get_json()["id"]
    with client.application.app_context():
        mine = Job.claim(job_id, "worker", "cpu", 30)
        assert mine
        mine.steered = [{"seq": 1, "changes": {"strength": 0.8}}]
        db.session.query(Job).filter_by(id=job_id).update({"steered": mine.steered})
        db.session.commit()
        mine.report(0.5, {"step": 20}, {}, None)
        mine.keep_state(engine().store.put(b"a state", "bin"), 1.0)
        result = engine().store.put(photograph(kind="PNG"), "png")
        mine.finish({"result": result}, {"numbers": engine().store.put(b"numbers", "bin")})
    return told(client, job_id)


def told(client: FlaskClient, job_id: str) -> dict[str, Any]:
    body: dict[str, Any] = client.get(f"/api/v1/jobs/{job_id}").get_json()
    return body


def ask(client: FlaskClient, **given: Any) -> TestResponse:
    return client.post(API, json=given)


def test_a_picture_of_a_run_is_taken_by_its_address_without_loss(client: FlaskClient, parent: dict[str, Any]) -> None:
    own = parent["inputs"]["content"]["picture"]
    given = {name: value for name, value in parent["inputs"].items() if value is not None}
    given |= {name: value["name"] for name, value in given.items() if isinstance(value, dict) and "name" in value}
    again = ask(client, **given | {"content": own, "steps": 50}).get_json()
    assert again["inputs"]["content"]["picture"] == own, (
        "the same pixels to the last bit, so that it is the same picture"
    )
    absolute = ask(client, **given | {"content": f"http://localhost{own}", "steps": 60})
    assert absolute.get_json()["inputs"]["content"]["picture"] == own


def test_a_result_can_be_the_next_photograph(client: FlaskClient, parent: dict[str, Any]) -> None:
    answer = ask(client, content=parent["output"]["pictures"]["result"], style="mosaic")
    assert answer.status_code == 202
    assert client.get(answer.get_json()["inputs"]["content"]["picture"]).status_code == 200


@pytest.mark.parametrize(
    "address", ["/pictures/gone.png", f"/pictures/{'a' * 64}.png", "/pictures/../secret_key", "/pictures/"]
)
def test_a_picture_that_is_gone_is_said_at_its_field(client: FlaskClient, address: str) -> None:
    answer = ask(client, content=address, style="mosaic")
    assert answer.status_code == 422
    assert answer.get_json()["problems"] == {"content": "Photograph: This picture has been erased."}


def test_what_is_no_picture_is_none(client: FlaskClient, parent: dict[str, Any]) -> None:
    answer = ask(client, content=parent["output"]["files"]["numbers"])
    assert answer.status_code == 422
    assert list(answer.get_json()["problems"]) == ["content"]
    with client.application.app_context():
        state = db.session.get_one(Job, parent["id"]).state_key
    assert "erased" in ask(client, content=f"/pictures/{state}").get_json()["problems"]["content"]


def test_a_run_that_goes_on_has_the_inputs_of_its_origin_where_none_are_given(
    client: FlaskClient, parent: dict[str, Any]
) -> None:
    fork = ask(client, **{"from": parent["id"], "steps": 90}).get_json()
    assert fork["origin"] == parent["id"]
    assert fork["inputs"] == parent["inputs"] | {"steps": 90, "strength": 0.8}, "as it was steered to"
    assert fork["resumable"]


def test_a_form_that_goes_on_may_empty_what_is_optional_and_nothing_else(
    client: FlaskClient, parent: dict[str, Any]
) -> None:
    given = {"from": parent["id"], "content": "", "style": "", "style_2": "", "steps": "90"}
    answer = client.post(FORM, data=given, content_type="multipart/form-data")
    assert answer.status_code == 303
    fork = told(client, answer.headers["Location"].rpartition("/")[2])
    assert fork["inputs"] == parent["inputs"] | {"steps": 90, "strength": 0.8, "style_2": None}


def test_a_new_photograph_takes_the_place_of_the_old_one(client: FlaskClient, parent: dict[str, Any]) -> None:
    given = {"from": parent["id"], "content": (io.BytesIO(photograph(99, 77)), "other.jpg")}
    fork = client.post(API, data=given, content_type="multipart/form-data").get_json()
    assert fork["inputs"]["content"] != parent["inputs"]["content"]
    assert fork["inputs"]["style"] == parent["inputs"]["style"]


def test_there_must_be_a_run_to_go_on_from(client: FlaskClient, parent: dict[str, Any]) -> None:
    answer = ask(client, **{"from": "nobody"})
    assert (answer.status_code, list(answer.get_json()["problems"])) == (422, ["from"])
    with client.application.app_context():
        erase(db.session.get_one(Job, parent["id"]))
    assert ask(client, **{"from": parent["id"]}).status_code == 422
    assert ask(client, **{"from": ["a"]}).status_code == 422


def test_live_inputs_are_changed_with_a_sentence_a_field(client: FlaskClient) -> None:
    job = ask(client, content="cat", style="mosaic").get_json()
    steer = job["urls"]["steer"]
    for given, field in [({"strength": 7}, "strength"), ({"steps": 30}, "steps"), ({"seed": 1, "x": 2}, "x"), ({}, "")]:
        answer = client.post(steer, json=given)
        assert answer.status_code == 422
        assert answer.get_json()["problems"][field].endswith(".")
    for answer in (client.post(steer, json={"strength": 0.9}), client.post(steer, data={"layer_1": "0.5"})):
        assert answer.status_code == 200
    with client.application.app_context():
        assert db.session.get_one(Job, job["id"]).wishes == {"strength": 0.9, "layer_1": 0.5}


def test_a_demo_without_live_inputs_says_so(client: FlaskClient) -> None:
    job = client.post("/api/v1/demos/detection/jobs", json={"photo": "cat"}).get_json()
    answer = client.post(job["urls"]["steer"], json={"threshold": 0.5})
    assert (answer.status_code, "Nothing" in answer.get_json()["error"]) == (409, True)
    assert client.post(job["urls"]["pause"]).status_code == 409
