from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from app import create_app, demos
from app.config import Settings
from app.db import db
from app.demos.base import Update


@pytest.fixture
def runner(app: Flask) -> FlaskCliRunner:
    with app.app_context():
        db.drop_all()
    return app.test_cli_runner()


def test_init_makes_a_site_and_a_second_one_changes_nothing(app: Flask, runner: FlaskCliRunner) -> None:
    first = runner.invoke(args=["init"])
    assert first.exit_code == 0, first.output
    assert "12 posts imported" in first.output
    assert "Sign in at /admin" in first.output
    assert app.test_client().get("/posts/neural-style-transfer").status_code == 200
    second = runner.invoke(args=["init"])
    assert second.exit_code == 0
    assert "password" not in second.output


def test_posts_go_out_and_come_in(runner: FlaskCliRunner, tmp_path: Path) -> None:
    runner.invoke(args=["init"])
    assert "12 posts" in runner.invoke(args=["posts", "export", str(tmp_path / "out")]).output
    (tmp_path / "out" / "new.md").write_text("---\ntitle: New\nstatus: published\n---\nWords.\n")
    imported = runner.invoke(args=["posts", "import", str(tmp_path / "out")]).output
    assert imported.count("same") == 12
    assert imported.count("added") == 1
    assert runner.invoke(args=["posts", "rerender", "--dry-run"]).output == "0 posts would be rendered again.\n"
    assert runner.invoke(args=["posts", "rerender"]).output.startswith("0 posts")


def test_accounts_come_and_go(runner: FlaskCliRunner) -> None:
    runner.invoke(args=["init"])
    password = runner.invoke(args=["user", "add", "ann"]).output.strip()
    assert len(password) >= 15
    assert runner.invoke(args=["user", "list"]).output.split() == ["admin", "ann"]
    assert runner.invoke(args=["user", "password", "ann"]).output.strip() != password
    runner.invoke(args=["user", "remove", "ann"])
    assert runner.invoke(args=["user", "list"]).output.split() == ["admin"]


def test_a_demo_runs_on_the_command_line(runner: FlaskCliRunner, tmp_path: Path) -> None:
    given = ["--content", "cat", "--style", "mosaic", "--size", "256", "--steps", "20"]
    result = runner.invoke(args=["demo", "style-transfer", *given, "--out", str(tmp_path), "--json"])
    assert result.exit_code == 0, result.output
    printed = json.loads(result.stdout)
    assert printed["inputs"]["content"] == "cat"
    assert printed["updates"][-1]["progress"] == 1
    assert (tmp_path / "result.png").exists()
    assert len(json.loads((tmp_path / "run.json").read_text())["updates"]) <= 21  # one pass, and twenty steps


def test_a_demo_computes_where_the_setting_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(demos, "warm_up", lambda device, only: asked.append(device) or device)
    monkeypatch.setattr(demos, "run", lambda name: lambda inputs: iter([Update(1.0)]))
    app = create_app(Settings(DATA=tmp_path, SECRET_KEY="k" * 40, JOB_ENGINE="none", DEVICE="cuda:1"))
    result = app.test_cli_runner().invoke(args=["demo", "style-transfer", "--content", "cat"])
    assert result.exit_code == 0, result.output
    assert asked == ["cuda:1"]


def test_a_wrong_option_is_a_sentence(runner: FlaskCliRunner) -> None:
    result = runner.invoke(args=["demo", "style-transfer", "--content", "nobody.jpg", "--steps", "1"])
    assert result.exit_code == 1
    assert "--content: Photograph can be a picture file" in result.output
    assert "There is no file nobody.jpg." in result.output
    assert "--steps: Steps must be from 20 to 500." in result.output


@pytest.mark.parametrize(
    "args", [["user", "password", "nobody"], ["user", "remove", "nobody"], ["user", "add", "admin"]]
)
def test_an_unknown_or_a_taken_name_is_a_sentence(runner: FlaskCliRunner, args: list[str]) -> None:
    runner.invoke(args=["init"])
    result = runner.invoke(args=args)
    assert result.exit_code != 0
    assert "Traceback" not in result.output
    assert args[-1] in result.output
