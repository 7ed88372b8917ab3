from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from app.demos import scaffold
from app.demos.contract import verdicts
from app.demos.folders import find
from app.errors import AppError

PROJECT = Path(__file__).parents[2]
MOST_LINES = 30


def test_thirty_lines_are_a_demo(own: Path) -> None:
    files = sorted(own.iterdir())
    assert [file.name for file in files] == ["demo.py", "run.py"]
    assert sum(len(file.read_text().splitlines()) for file in files) == scaffold.LINES <= MOST_LINES


def test_they_are_written_as_one_writes_python(own: Path) -> None:
    for command in (["check"], ["format", "--check"]):
        ruff = [sys.executable, "-m", "ruff", *command, "--config", str(PROJECT / "pyproject.toml"), str(own)]
        result = subprocess.run(ruff, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stdout + result.stderr


def test_they_ask_for_a_number_a_choice_and_a_toggle_and_show_a_picture_and_a_plot(own: Path) -> None:
    demo = find([own.parent])["tent-map"]
    assert [field.kind.kind for field in demo.fields] == ["number", "choice", "toggle"]
    assert [output.kind for output in demo.outputs] == ["image", "plot"]


def test_they_keep_the_contract_but_for_the_example_that_is_theirs_to_make(site: Flask, own: Path) -> None:
    with site.app_context():
        broken = [verdict for verdict in verdicts(find([own.parent])["tent-map"]) if verdict.problem]
    assert [verdict.problem for verdict in broken] == ["Make one: flask demo tent-map --keep “What it shows”"]


def test_the_example_is_made_and_shown(site: Flask, own: Path) -> None:
    runner = site.test_cli_runner()
    made = runner.invoke(args=["demo", "tent-map", "--rate", "3.5", "--keep", "Four, then chaos!"])
    assert made.exit_code == 0, made.output
    assert (own / "finished" / "four-then-chaos" / "result.webp").exists()
    page = site.test_client().get("/demos/tent-map").text
    assert "finished.four-then-chaos/result.webp" in page and 'class="line line-1"' in page
    assert site.test_cli_runner().invoke(args=["demo", "check", "tent-map"]).exit_code == 0


@pytest.mark.parametrize("name", ["Tent", "../tent", "tent map", "", "new", "check", "style-transfer"])
def test_a_name_that_cannot_be_one_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(AppError, match=r"\.$"):
        scaffold.write(name, tmp_path)
    assert not list(tmp_path.iterdir())


def test_nothing_is_written_over(own: Path) -> None:
    with pytest.raises(AppError, match="is there already"):
        scaffold.write("tent-map", own.parent)


def test_a_new_one_lies_in_the_first_folder_of_demos(site: Flask, own: Path) -> None:
    result = site.test_cli_runner().invoke(args=["demo", "new", "coin-toss"])
    assert result.exit_code == 0, result.output
    assert (own.parent / "coin_toss" / "run.py").exists()
    assert "DEMOS=" not in result.output


def test_without_demos_it_says_how_to_be_found(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = app.test_cli_runner().invoke(args=["demo", "new", "coin-toss"])
    assert (tmp_path / "demos" / "coin_toss" / "demo.py").exists()
    assert f"export DEMOS={tmp_path / 'demos'}" in result.output


def test_a_refusal_on_the_command_line_is_a_sentence(app: Flask, tmp_path: Path) -> None:
    result = app.test_cli_runner().invoke(args=["demo", "new", "No", "--in", str(tmp_path)])
    assert result.exit_code == 1
    assert result.output.startswith("Error: “No” cannot be a demo's name.")
