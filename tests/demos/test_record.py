"""What a run was made from and how it went can be read on its page, without a script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import demos
from app.demos.base import Choice, Demo, Number, Picture, Text, Toggle, asks
from app.demos.record import MOST_ROWS, course, facts, given, steered
from app.jobs.execute import execute


@dataclass(frozen=True)
class Inputs:
    photo: Any = asks(Picture("Photograph"), optional=True)
    pull: float = asks(Number("Pull", 0, 1, step=0.1, unit="N"), 0.5, live=True)
    way: str = asks(Choice("Way", {"up": "Upwards", "down": "Downwards"}), "up")
    twice: bool = asks(Toggle("Twice"), False)
    word: str = asks(Text("Word"), "so")


DEMO = Demo(title="Pull", summary="", inputs=Inputs, name="pull")


def test_inputs_are_named_as_the_form_names_them() -> None:
    plain = {"photo": None, "pull": 0.7, "way": "down", "twice": True, "word": "<b>", "gone since": 1}
    told = [(one.label, one.words) for one in given(DEMO, plain)]
    assert told == [("Photograph", "none"), ("Pull", "0.7 N"), ("Way", "Downwards"), ("Twice", "yes"), ("Word", "<b>")]


def test_a_readers_own_picture_is_linked_while_it_is_kept() -> None:
    kept, erased = given(DEMO, {"photo": {"picture": "/pictures/a.png"}}), given(DEMO, {"photo": {"picture": None}})
    assert kept[0].url == "/pictures/a.png"
    assert erased[0].url is None and "erased" in erased[0].words


def test_what_was_changed_on_the_way_is_said() -> None:
    job = {"steered": [{"step": 12, "seq": 3, "changes": {"pull": 0.9}}, {"seq": 0, "changes": {"way": "down"}}]}
    assert steered(DEMO, job) == ["After step 12: Pull 0.9 N", "From the start: Way Downwards"]


@pytest.mark.parametrize("length", [2, MOST_ROWS, MOST_ROWS + 1, 500])
def test_the_course_of_a_run_begins_with_its_first_report_and_ends_with_its_last(length: int) -> None:
    reports = [{"step": at, "of": length, "losses": {"total": 1 / at}, "name": "x"} for at in range(1, length + 1)]
    told = course(reports)
    assert told
    assert told.heads == ["Step", "Total"]  # what never changes tells nothing
    assert (told.rows[0][0], told.rows[-1][0], told.of) == ("1", str(length), length)
    assert len({tuple(row) for row in told.rows}) == min(length, MOST_ROWS)


@pytest.mark.parametrize("reports", [[], [{"step": 1}], [{"name": "a"}, {"name": "b"}], [{"of": 2}, {"of": 2}]])
def test_a_run_that_says_one_thing_has_no_course(reports: list[dict[str, Any]]) -> None:
    assert course(reports) is None


def test_nothing_is_said_of_what_has_not_been() -> None:
    waits = {"metrics": {"queue_s": None, "run_s": None, "device": None}, "attempt": 0, "version": "abc"}
    assert facts(waits | {"started_at": None, "finished_at": None}) == [("Code and weights", "abc")]


def test_the_page_of_a_run_carries_its_record(app: Flask, client: FlaskClient) -> None:
    job = client.post("/api/v1/demos/gram-matrix/jobs", json={}).json
    assert job
    with app.app_context():
        assert execute(job["id"], "worker", "a test bench")
    page = client.get(job["urls"]["page"]).text
    record = page.partition("data-record")[2]
    for field in demos.get("gram-matrix").fields:
        assert field.kind.label in record
    for words in ("Ran for", "a test bench", "Code and weights", job["version"]):
        assert words in record
