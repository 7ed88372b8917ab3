"""What every demo owes, whoever wrote it: this runs over all there are. And the checks find what is broken."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from app import demos
from app.db import db
from app.demos import contract, folders
from app.demos.base import Update
from app.demos.contract import CHECKS, Verdict, verdict, verdicts
from app.demos.finished import finished_run
from app.demos.kinds import Picture
from app.demos.trial import Trial, comparable
from app.jobs.execute import execute
from app.jobs.models import Job

HERE = Path(__file__).parent
every_demo = pytest.mark.parametrize("name", demos.names())


@pytest.fixture(scope="module", autouse=True)
def threads_of_a_worker() -> None:
    demos.warm_up("", [])


@cache
def trial(name: str) -> Trial:
    return Trial(demos.get(name))


def has_controls_of_its_own(name: str) -> bool:
    """True for a demo with a test of all its controls, each on the example that shows it best."""
    return bool(list((HERE / name.replace("-", "_")).glob("test_controls*.py")))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@every_demo
def test_it_keeps_the_contract(app: Flask, name: str, check: Callable[[Trial], str | None]) -> None:
    if check is contract.every_control_counts and has_controls_of_its_own(name):
        pytest.skip("test_controls.py of this demo walks them.")
    with app.app_context():
        assert verdict(check, trial(name)) is None


@every_demo
def test_its_bench_shows_a_finished_example(client: FlaskClient, name: str) -> None:
    demo = demos.get(name)
    with client.application.test_request_context():
        example = finished_run(demo, {field.name: field.default for field in demo.fields})
    assert example and example.seconds > 0
    html = client.get(f"/demos/{name}").text
    for url in example.pictures.values():
        assert url in html
        assert client.get(url).status_code == 200


@every_demo
def test_its_form_has_every_input(client: FlaskClient, name: str) -> None:
    html = client.get(f"/demos/{name}").text
    assert 'enctype="multipart/form-data"' in html
    for field in demos.get(name).fields:
        assert f'name="{field.name}"' in html
        assert field.kind.label in html


@every_demo
def test_its_own_files_are_served_and_no_others(client: FlaskClient, name: str) -> None:
    for file in ("run.py", "demo.py", "panel.html", "..", "%2e%2e%2fdemo.py"):
        assert client.get(f"/demos/{name}/assets/-/{file}").status_code == 404
    for field in demos.get(name).fields:
        if isinstance(field.kind, Picture):
            for ready in field.kind.names.values():
                for what in ("assets", "thumbnails"):
                    answer = client.get(f"/demos/{name}/{what}/{ready.parent.name}/{ready.name}")
                    assert answer.status_code == 200
                    assert answer.mimetype == "image/webp"


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@every_demo
def test_its_page_answers_as_its_api_and_as_its_run(app: Flask, name: str) -> None:
    """One form, one request of a program: the same inputs, hence one run; and it is what the run itself says."""
    client, tried = app.test_client(), trial(name)
    with app.app_context():
        given = {field: value for field, value in tried.cheapest.items() if isinstance(value, str)}
        page = client.post(f"/demos/{name}/jobs", data=given)
        asked = db.session.query(Job).one()
        assert page.status_code == 303 and page.location.endswith(asked.id)
        assert execute(asked.id, "test/cpu", "a test")
        job = client.post(f"/api/v1/demos/{name}/jobs", json=given).get_json()
        assert job["status"] == "succeeded" and job["cached"]
        first = client.get(f"/api/v1/jobs/{asked.id}").get_json()
        assert (job["inputs"], job["output"]) == (first["inputs"], first["output"])
        shown = {name: opened(client.get(url).data) for name, url in job["output"]["pictures"].items()}
        files = {name: client.get(url).data for name, url in job["output"]["files"].items()}
        assert comparable(Update(1, job["output"]["data"], shown, files)) == tried.result()
        assert all(url in client.get(f"/jobs/{job['id']}").text for url in job["output"]["pictures"].values())


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


def told(site: Flask, own: Path) -> dict[str, Verdict]:
    with site.app_context():
        site.extensions["demos"] = folders.find([own.parent])
        return {verdict.check: verdict for verdict in verdicts(demos.get(own.name.replace("_", "-")))}


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


def test_the_command_prints_all_of_it(site: Flask, own: Path) -> None:
    result = site.test_cli_runner().invoke(args=["demo", "check", "tent-map"])
    assert result.exit_code == 1
    assert result.output.count("✓") == len(CHECKS) - 1
    assert "✗ A finished example is there" in result.output and "flask demo tent-map --keep" in result.output
