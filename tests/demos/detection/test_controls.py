"""Every control of the bench does something, the page and the API say the same, and the same is said twice."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from app import create_app, demos
from app.config import Settings
from app.db import db
from app.demos.base import Update
from app.demos.detection import run as detection
from app.jobs.execute import execute
from app.jobs.models import Job

EXAMPLE = Path(detection.__file__).parent / "examples" / "cat.webp"
USUAL = {"photo": "contact-sheet"}
# For each input: what is asked for beside it, and the other value that must make a difference then.
CASES: dict[str, tuple[dict[str, str], str]] = {
    "photo": ({}, "coffee"),
    "stage": ({}, "presence"),
    "threshold": ({}, "0.12"),
    "overlap": ({}, "0.95"),
    "suppression": ({"threshold": "0.1"}, "all"),
    "most": ({}, "2"),
    "smallest": ({"threshold": "0.1"}, "30"),
    "size": ({}, "320"),
}
Form = Mapping[str, str | tuple[io.BytesIO, str]]


def ran(**given: str) -> Update:
    (update,) = detection.run(demos.get("detection").parse(USUAL | given))
    return update


def drawn(update: Update) -> bytes:
    return update.pictures["result"].tobytes()


@pytest.mark.parametrize("name", [field.name for field in demos.get("detection").fields])
def test_every_control_changes_what_is_drawn(name: str) -> None:
    beside, other = CASES[name]
    before, after = ran(**beside), ran(**beside, **{name: other})
    assert drawn(before) != drawn(after)


@pytest.mark.parametrize("stage", ["largest", "sixteen", "all"])
def test_every_question_has_its_own_picture(stage: str) -> None:
    assert drawn(ran(stage=stage)) != drawn(ran(stage="presence"))


def test_soft_suppression_lowers_scores_and_the_overlap_is_its_width() -> None:
    hard, soft, narrow = (
        {seen["score"] for seen in ran(threshold="0.1", **more).data["objects"]}
        for more in ({}, {"suppression": "soft"}, {"suppression": "soft", "overlap": "0.1"})
    )
    assert soft - hard and narrow != soft


def test_the_same_is_said_twice_to_the_last_byte() -> None:
    first, second = ran(threshold="0.1"), ran(threshold="0.1")
    assert json.dumps(first.data) == json.dumps(second.data)
    assert (drawn(first), first.files) == (drawn(second), second.files)


def test_the_numbers_add_up() -> None:
    data = ran(most="3").data
    assert len(data["objects"]) == 3 < data["above"] <= data["candidates"]
    assert len(data["presence"]) == len(data["classes"]) == 80
    scores = [score for _, score in data["presence"]]
    assert scores == sorted(scores, reverse=True)
    for seen in [*data["objects"], *data["sixteen"], data["largest"]]:
        x0, y0, x1, y1 = seen["box"]
        assert 0 <= x0 < x1 <= data["width"] and 0 <= y0 < y1 <= data["height"]
        assert seen["label"] in data["classes"]


def answered(app: Flask, client: FlaskClient, path: str, form: Form) -> dict[str, Any]:
    """A run's output with the bytes of its files in the place of their addresses."""
    client.post(path, data=form, content_type="multipart/form-data")
    with app.app_context():
        job_id = db.session.scalar(select(Job.id))
        assert job_id and execute(job_id, "worker", "a test bench")
    output = json.loads(client.get(f"/api/v1/jobs/{job_id}").data)["output"]
    kept = {name: client.get(url).data for kind in ("pictures", "files") for name, url in output[kind].items()}
    return {"data": output["data"], "kept": kept}


def test_the_page_and_the_api_say_the_same_of_a_readers_own_photograph(
    app: Flask, client: FlaskClient, tmp_path: Path
) -> None:
    photo = io.BytesIO()
    with Image.open(EXAMPLE) as cat:
        cat.rotate(7).save(photo, "PNG")

    def form() -> Form:
        return {"photo": (io.BytesIO(photo.getvalue()), "mine.png"), "threshold": "0.2", "suppression": "soft"}

    elsewhere = create_app(Settings(DATA=tmp_path / "elsewhere", SECRET_KEY="k" * 40, JOB_ENGINE="none"))
    with elsewhere.app_context():
        db.create_all()
    page = answered(app, client, "/demos/detection/jobs", form())
    api = answered(elsewhere, elsewhere.test_client(), "/api/v1/demos/detection/jobs", form())
    assert page == api
    assert set(page["kept"]) == {"result", "candidates", "sixteen", "head"}
    (update,) = detection.run(
        demos.get("detection").parse({"threshold": "0.2", "suppression": "soft"}, {"photo": Own(photo.getvalue())})
    )
    assert page["data"] == json.loads(json.dumps(update.data))
    assert {name: page["kept"][name] for name in update.files} == update.files


class Own(io.BytesIO):
    filename = "mine.png"
