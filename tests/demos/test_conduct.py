"""What a run does wrong is found, and said to its author."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from app.demos import folders
from app.demos.trial import Trial
from tests.demos.conftest import told

YIELD = "yield Update(generation / 400,"
PICTURE = '{"crowd": crowd[:60]}'
BREAKS = {  # what is changed in run.py, and what the check then says
    "It runs, and its progress rises to 1.": [
        (YIELD, "yield Update(0.5,", "The last update says progress=0.5; it must say 1."),
        (YIELD, "yield Update(1 - generation / 400,", "run.py, line 16: progress is 0.95 after 0.975; it rises"),
        (YIELD, "yield Update(generation / 100,", "run.py, line 16: progress is 1.1 after 1; it rises"),
        ("x = rates", "x = rats", "run.py, line 11: NameError: name 'rats' is not defined"),
        (YIELD, "yield (generation,", "run.py, line 16: run(inputs) must yield one Update or more"),
        (PICTURE, '{"crowd": {1, 2}}', "run.py, line 16: data.crowd is of type set; data are numbers"),
        ("def run(inputs):", "def run(inputs)", "run.py, line 7: SyntaxError: expected ':'"),
        ("def run(inputs):", "def walk(inputs):", "run.py defines no run(inputs)."),
    ],
    "Each output that it declares is drawn from what a run says.": [
        (PICTURE, '{"crowds": crowd}', "Plot “crowd”: the last update has none; it has crowds."),
        (PICTURE, '{"crowd": [float("nan")]}', "Plot “crowd”: the last update has none; it has crowd."),
        (PICTURE, '{"crowd": "many"}', "Plot “crowd”: “crowd” must be a finite number"),
        ('{"result"', '{"picture"', "Image “result”: the last update has none; it has picture."),
    ],
    "The same inputs give the same result.": [
        ("inputs.rate)", "np.random.rand())", "Two runs with the same inputs differ."),
    ],
    "Each control changes the result.": [
        ("inputs.early or ", "", "These change nothing with the values that were tried: early."),
    ],
}


@pytest.mark.parametrize(
    ("check", "old", "new", "sentence"), [(check, *one) for check, breaks in BREAKS.items() for one in breaks]
)
def test_what_is_broken_is_said(site: Flask, own: Path, check: str, old: str, new: str, sentence: str) -> None:
    text = (own / "run.py").read_text()
    assert old in text
    (own / "run.py").write_text(text.replace(old, new))
    assert sentence in (told(site, own)[check].problem or "")


def test_a_default_that_is_no_value_is_said(site: Flask, own: Path) -> None:
    text = (own / "demo.py").read_text()
    renamed = own.rename(own.parent / "other_map")  # this process has imported the first one
    (renamed / "demo.py").write_text(text.replace('"0.1")\n', '"0.3")\n'))
    problem = told(site, renamed)["Its defaults are values that its inputs take."].problem
    assert problem == "start: First generation can be 0.1 or 0.5."


STEERED = """
from dataclasses import dataclass
from app.demos.base import Demo, Number, asks

@dataclass(frozen=True)
class Inputs:
    rate: float = asks(Number("Rate", 0, 1, 0.1), 0.5, live=True)

DEMO = Demo("Steered", "A test.", Inputs, goes_on=True)
"""
STEERED_RUN = """
from app.demos.base import Update

def run(inputs, state=None):
    step, x, rate = map(float, state.split()) if state else (0, 0, inputs.rate)
    while step < 4:
        step, x = step + 1, x + rate
        changes = yield Update(step / 4, {"x": x}, state=lambda: f"{step} {x} {rate}".encode())
        rate = (changes or {}).get("rate", rate)
"""
STATE = ', state=lambda: f"{step} {x} {rate}".encode()'
GOES_ON = "If it says that it goes on, it does, and ends as if it had never paused."
STEERS = "What can be changed while it runs changes it then, too."


@pytest.mark.parametrize(
    ("old", "new", "check", "sentence"),
    [
        ("", "", GOES_ON, None),
        ("", "", STEERS, None),
        ("(changes or {})", "{}", STEERS, "Changed after the first update, these change nothing: rate."),
        (STATE, "", GOES_ON, "goes_on is set, and no update has a state"),
        (".encode()", "", GOES_ON, "goes_on is set, and no update has a state"),
        ("if state else", "if False else", GOES_ON, "began again: its progress fell."),
        ("{step} {x} {rate}", "{step} 0 {rate}", GOES_ON, "ends otherwise than a run that never paused"),
        ("while step < 4", "while step < 4 and not state", GOES_ON, "nothing is left to do"),
    ],
)
def test_a_run_that_goes_on_and_is_steered_is_tried(
    site: Flask, own: Path, old: str, new: str, check: str, sentence: str | None
) -> None:
    folder = own.parent / "steered"
    folder.mkdir()
    (folder / "demo.py").write_text(STEERED)
    assert old in STEERED_RUN
    (folder / "run.py").write_text(STEERED_RUN.replace(old, new) if old else STEERED_RUN)
    problem = told(site, folder)[check].problem
    assert problem is None if sentence is None else sentence in (problem or "")


DEPENDENT = """
from dataclasses import dataclass
from app.demos.base import Choice, Demo, Number, asks

@dataclass(frozen=True)
class Inputs:
    mode: str = asks(Choice("Mode", {"plain": "Plain", "noisy": "Noisy"}), "plain")
    noise: float = asks(Number("Noise", 0, 1, 0.1), 0.5)
    parts: int = asks(Number("Parts", 1, 1000), 500)

DEMO = Demo("Dependent", "A test.", Inputs, work=lambda inputs: inputs.parts EXAMPLES)
"""
DEPENDENT_RUN = """
from app.demos.base import Update

def run(inputs):
    noise = inputs.noise if inputs.mode == "noisy" else 0
    yield Update(1, {"sum": noise + inputs.parts + (inputs.mode == "plain"), "seconds": id(object())})
"""


@pytest.mark.parametrize(("examples", "idle"), [("", True), (', examples={"noise": {"mode": "noisy"}}', False)])
def test_a_control_that_shows_beside_others_says_with_which(site: Flask, own: Path, examples: str, idle: bool) -> None:
    (own.parent / "dependent").mkdir()
    (own.parent / "dependent" / "demo.py").write_text(DEPENDENT.replace("EXAMPLES", examples))
    (own.parent / "dependent" / "run.py").write_text(DEPENDENT_RUN)
    said = told(site, own.parent / "dependent")
    problem = said["Each control changes the result."].problem
    assert (problem is not None) == idle
    if problem:
        assert ": noise." in problem and "examples={'noise': {…, 'noise': …}}" in problem
    assert said["The same inputs give the same result."].problem is None  # what it measured is left out


def test_the_cheapest_inputs_are_tried(site: Flask, own: Path) -> None:
    (own.parent / "dependent").mkdir()
    (own.parent / "dependent" / "demo.py").write_text(DEPENDENT.replace("EXAMPLES", ""))
    (own.parent / "dependent" / "run.py").write_text(DEPENDENT_RUN)
    cheap = Trial(folders.find([own.parent])["dependent"]).cheapest
    assert cheap == {"mode": "plain", "noise": "0.5", "parts": "1"}


def test_two_outputs_that_are_not_said_are_both_named(site: Flask, own: Path) -> None:
    (own / "run.py").write_text(
        (own / "run.py").read_text().replace('{"crowd": crowd[:60]}, {"result"', '{}, {"other"')
    )
    problem = told(site, own)["Each output that it declares is drawn from what a run says."].problem or ""
    assert "Image “result”" in problem and "Plot “crowd”" in problem


def test_a_run_that_breaks_is_a_sentence_on_the_command_line(site: Flask, own: Path) -> None:
    (own / "run.py").write_text((own / "run.py").read_text().replace("x = rates", "x = rats"))
    result = site.test_cli_runner().invoke(args=["demo", "tent-map"])
    assert result.exit_code == 1
    assert f"Error: {own / 'run.py'}, line 11: NameError: name 'rats' is not defined" in result.output
    assert "Traceback" not in result.output
