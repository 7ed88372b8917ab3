"""A run of the bench in the real engine: stopped it keeps what was drawn, broken off it is drawn again."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from app.algorithms.vision.feature_maps.ascent import Iterate
from app.demos.feature_maps import drawing
from app.jobs import watch
from app.jobs.execute import execute
from tests.demos.feature_maps.conftest import QUICK

ASKED = QUICK | {"steps": "100"}
REACHED = 7


@pytest.fixture
def after(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Has something happen once, in the midst of the next ascent."""
    maximise, looks = drawing.maximise, threading.Event()
    monkeypatch.setattr(watch, "LOOK_SECONDS", 0.01)

    def planned(happens: Callable[[], object]) -> None:
        def watched(*given: Any, **more: Any) -> Iterator[Iterate]:
            for iterate in maximise(*given, **more):
                yield iterate
                if iterate.step == REACHED:
                    happens()
                    monkeypatch.setattr(drawing, "maximise", maximise)
                    looks.wait(0.3)  # long enough for the watch to look

        monkeypatch.setattr(drawing, "maximise", watched)

    return planned


def started(client: FlaskClient) -> str:
    answer = client.post("/api/v1/demos/feature-maps/jobs", json=ASKED)
    assert answer.status_code == 202, answer.get_json()
    return str(answer.get_json()["id"])


def told(client: FlaskClient, job_id: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/v1/jobs/{job_id}").get_json()
    return found


def shown(client: FlaskClient, job: dict[str, Any]) -> Image.Image:
    return Image.open(io.BytesIO(client.get(job["output"]["pictures"]["result"]).data))


def test_stopped_it_keeps_the_picture_it_had(app: Flask, client: FlaskClient, after: Any) -> None:
    job_id = started(client)
    after(lambda: client.post(f"/api/v1/jobs/{job_id}/cancel"))
    with app.app_context():
        assert execute(job_id, "test/cpu", "a test")
    job = told(client, job_id)
    assert job["status"] == "canceled"
    assert REACHED <= job["output"]["data"]["step"] < 100
    assert job["message"] == f"Stopped at step {job['output']['data']['step']}: this is the best so far"
    with shown(client, job) as picture:
        assert max(picture.size) == job["output"]["data"]["size"]


def test_broken_off_it_is_drawn_again_and_ends_as_if_it_had_not_been(
    app: Flask, client: FlaskClient, after: Any, ran: Any
) -> None:
    job_id, stopping = started(client), threading.Event()
    after(stopping.set)
    with app.app_context():
        assert execute(job_id, "one/cpu", "a test", stopping)
        assert told(client, job_id)["status"] == "queued"
        assert execute(job_id, "another/cpu", "a test")
    job = told(client, job_id)
    assert job["status"] == "succeeded"
    with shown(client, job) as picture:
        assert picture.tobytes() == ran(steps="100")[-1].pictures["result"].tobytes()


def test_what_cannot_be_is_refused_before_it_waits(client: FlaskClient) -> None:
    given = {"channel": "detector/stage2/4", "objective": "mix", "second": "style-encoder/relu1_1/0"}
    answer = client.post("/api/v1/demos/feature-maps/jobs", json=given)
    assert answer.status_code == 422 and set(answer.get_json()["problems"]) == {"second"}
    page = client.post("/demos/feature-maps/jobs", data=given)
    assert page.status_code == 422 and "must be of one network" in page.text
