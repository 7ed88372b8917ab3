from __future__ import annotations

import io
from dataclasses import dataclass

import pytest

from app.demos.base import Choice, Demo, Number, Photo, Picture, Toggle, asks
from app.errors import InvalidInput
from tests.pictures import photograph


@dataclass(frozen=True)
class Inputs:
    photo: Photo = asks(Picture("Photograph"))
    steps: int = asks(Number("Steps", 1, 10), 5)
    mode: str = asks(Choice("Mode", {"a": "A", "b": "B"}), "a")
    keep: bool = asks(Toggle("Keep"), True)


DEMO = Demo(title="Test", summary="A test.", inputs=Inputs, name="test")


class Upload(io.BytesIO):
    filename = "photo.jpg"


def test_what_is_left_out_takes_its_default() -> None:
    inputs = DEMO.parse({}, {"photo": Upload(photograph())})
    assert (inputs.steps, inputs.mode, inputs.keep) == (5, "a", True)


def test_every_problem_is_named_at_once() -> None:
    with pytest.raises(InvalidInput) as refused:
        DEMO.parse({"steps": "99", "mode": "c", "colour": "red"})
    assert set(refused.value.problems) == {"photo", "steps", "mode", "colour"}
    assert refused.value.problems["photo"] == "Photograph is needed."


def test_inputs_come_back_from_what_was_stored() -> None:
    inputs = DEMO.parse({"steps": "7", "keep": "0"}, {"photo": Upload(photograph())})
    plain, files = DEMO.dump(inputs)
    stored = plain | {"photo": {"picture": "key"}}
    again = DEMO.load(stored, lambda key: files["photo"])
    assert (again.steps, again.mode, again.keep) == (7, "a", False)
    assert again.photo.image.tobytes() == inputs.photo.image.tobytes()


def test_a_run_stored_before_an_input_was_asked_for_takes_its_default() -> None:
    again = DEMO.load({"photo": {"picture": "key"}, "steps": 7}, lambda key: photograph())
    assert (again.steps, again.mode, again.keep) == (7, "a", True)


def test_the_schema_says_what_is_needed_and_what_is_assumed() -> None:
    assert DEMO.schema["required"] == ["photo"]
    assert DEMO.schema["properties"]["steps"]["default"] == 5
    assert DEMO.schema["properties"]["steps"]["maximum"] == 10
