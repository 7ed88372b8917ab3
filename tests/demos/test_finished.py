from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image

from app.demos.base import Demo, Number, Photo, Picture, asks
from app.demos.finished import finished_run


@dataclass(frozen=True)
class Inputs:
    content: Photo = asks(Picture("Content"))
    style: Photo | None = asks(Picture("Style"), optional=True)
    steps: int = asks(Number("Steps", 1, 500), 150)


def keep(folder: Path, **inputs: object) -> None:
    folder.mkdir(parents=True)
    Image.new("RGB", (8, 8)).save(folder / "result.webp")
    Image.new("RGB", (4, 4)).save(folder / "result-0.webp")
    updates = [{"progress": 0.1, "data": {"step": 1}, "pictures": {"result": "result-0.webp"}}]
    updates.append({"progress": 1, "data": {"step": 9}})
    run = {"inputs": inputs, "updates": updates, "device": "a bench", "seconds": 2.5, "caption": "Squares"}
    (folder / "run.json").write_text(json.dumps(run))


@pytest.fixture
def demo(tmp_path: Path) -> Demo:
    keep(tmp_path / "finished" / "one", content="cat", steps=150)
    keep(tmp_path / "finished" / "two", content="dog", steps=150)
    return Demo(title="Test", summary="A test.", inputs=Inputs, name="test", folder=tmp_path)


def test_the_nearest_run_is_shown(app: Flask, demo: Demo) -> None:
    with app.test_request_context():
        run = finished_run(demo, {"content": "dog", "steps": 300})
    assert run
    assert run.inputs["content"] == "dog"
    assert run.data == {"step": 9}
    assert set(run.pictures) == {"result"}
    assert "/finished.two/result.webp" in run.pictures["result"]
    assert "/finished.two/result-0.webp" in run.updates[0]["pictures"]["result"]


@pytest.mark.parametrize(
    "asked", [{"content": "bird"}, {"content": "/pictures/mine.webp"}, {"content": "cat", "style": "dog"}]
)
def test_a_run_of_another_picture_is_no_example(app: Flask, demo: Demo, asked: dict[str, str]) -> None:
    with app.test_request_context():
        assert finished_run(demo, {"steps": 150} | asked) is None
        assert finished_run(demo, {"content": None, "style": None, "steps": 150}), "none is asked for, so each will do"


def test_a_demo_without_one_shows_none(app: Flask, tmp_path: Path) -> None:
    empty = Demo(title="Test", summary="A test.", inputs=Inputs, name="empty", folder=tmp_path / "empty")
    with app.test_request_context():
        assert finished_run(empty, {}) is None
