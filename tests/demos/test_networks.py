"""`flask models`, on a catalogue whose one download lies on a mirror on this machine."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from app import create_app
from app.algorithms.vision import catalogue
from app.algorithms.vision.catalogue import DOWNLOADED, RESNET34, STYLE_ENCODER, Weights
from app.algorithms.vision.downloads import megabytes
from app.config import Settings
from app.demos.networks import folder
from tests.mirror import Mirror
from tests.mirror import mirror as mirror

PAGE = Path(__file__).parents[2] / "docs" / "models.md"
CONTENT = b"weights " * 10_000


@pytest.fixture
def entry(mirror: Mirror, monkeypatch: pytest.MonkeyPatch) -> Weights:
    (mirror.folder / RESNET34.file).write_bytes(CONTENT)
    made = replace(RESNET34, size=len(CONTENT), sha256=hashlib.sha256(CONTENT).hexdigest()[:8])
    monkeypatch.setattr(catalogue, "ALL", (STYLE_ENCODER, made))
    return made


@pytest.fixture
def settings(tmp_path: Path, mirror: Mirror) -> Settings:
    return Settings(DATA=tmp_path / "data", SECRET_KEY="k" * 40, JOB_ENGINE="none", MODELS_URL=mirror.url)


@pytest.fixture
def runner(settings: Settings, entry: Weights) -> FlaskCliRunner:
    return create_app(settings).test_cli_runner()


def state_of(runner: FlaskCliRunner, name: str) -> str:
    """What the list says of a network."""
    lines = runner.invoke(args=["models", "list"]).output.splitlines()
    begin, end = lines[0].index("state"), lines[0].index("for")
    (line,) = [line for line in lines if line.startswith(name)]
    return line[begin:end].strip()


def test_the_list_tells_states(runner: FlaskCliRunner, settings: Settings, entry: Weights) -> None:
    assert state_of(runner, "style-encoder") == "ships"
    assert state_of(runner, "resnet34") == "not fetched"
    assert runner.invoke(args=["models", "fetch", "resnet34"]).exit_code == 0
    assert state_of(runner, "resnet34") == "here"
    entry.path(settings.models).write_bytes(CONTENT[:-1])
    assert state_of(runner, "resnet34") == "damaged"


def test_the_list_tells_size_licence_and_purpose(runner: FlaskCliRunner) -> None:
    output = runner.invoke(args=["models", "list"]).output
    for told in ("1.6 MB", "MIT", STYLE_ENCODER.purpose, "BSD-3-Clause", RESNET34.purpose):
        assert told in output


def test_fetching_lands_in_the_folder_and_is_done_once(
    runner: FlaskCliRunner, settings: Settings, entry: Weights, mirror: Mirror
) -> None:
    first = runner.invoke(args=["models", "fetch", "resnet34"])
    assert first.exit_code == 0, first.output
    assert entry.path(settings.models).read_bytes() == CONTENT
    assert f"resnet34 is here: {entry.path(settings.models)}." in first.output
    assert "here already" in runner.invoke(args=["models", "fetch", "resnet34"]).output
    assert len(mirror.ranges_asked) == 1


def test_a_damaged_file_is_fetched_again(runner: FlaskCliRunner, settings: Settings, entry: Weights) -> None:
    settings.models.mkdir()
    entry.path(settings.models).write_bytes(b"another")
    assert runner.invoke(args=["models", "fetch", "resnet34"]).exit_code == 0
    assert entry.path(settings.models).read_bytes() == CONTENT


def test_what_ships_need_not_be_fetched(runner: FlaskCliRunner, mirror: Mirror) -> None:
    result = runner.invoke(args=["models", "fetch", "style-encoder"])
    assert result.exit_code == 0
    assert "style-encoder ships with the project" in result.output
    assert mirror.ranges_asked == []


def test_an_unknown_name_is_a_sentence_and_nothing_is_fetched(runner: FlaskCliRunner, mirror: Mirror) -> None:
    result = runner.invoke(args=["models", "fetch", "resnet34", "resnet"])
    assert result.exit_code == 1
    assert "no network “resnet”; there are style-encoder, resnet34." in result.output
    assert mirror.ranges_asked == []


def test_what_cannot_be_fetched_is_a_sentence(runner: FlaskCliRunner, entry: Weights, mirror: Mirror) -> None:
    (mirror.folder / entry.file).unlink()
    result = runner.invoke(args=["models", "fetch", "resnet34"])
    assert result.exit_code == 1
    assert "answered 404" in result.output
    assert "Traceback" not in result.output


def test_the_check_tells_right_from_wrong(runner: FlaskCliRunner, settings: Settings, entry: Weights) -> None:
    assert runner.invoke(args=["models", "check"]).output == "style-encoder is right.\n"
    settings.models.mkdir()
    entry.path(settings.models).write_bytes(CONTENT)
    right = runner.invoke(args=["models", "check"])
    assert right.exit_code == 0
    assert "resnet34 is right." in right.output
    entry.path(settings.models).write_bytes(CONTENT[1:])
    wrong = runner.invoke(args=["models", "check"])
    assert wrong.exit_code == 1
    assert "resnet34 are not the file they should be; fetch them again." in wrong.output
    assert "style-encoder is right." in wrong.output


def test_a_run_looks_where_the_site_keeps_them(app: Flask, settings: Settings) -> None:
    assert folder() == DOWNLOADED
    with app.app_context():
        assert folder() == settings.models


def test_the_page_for_operators_tells_every_network_that_can_be_fetched() -> None:
    page = PAGE.read_text()
    for entry in catalogue.ALL:
        if entry.torchvision:
            assert f"| `{entry.name}` | {megabytes(entry.size)} |" in page
