"""Demos outside the project: found, imported apart, served like ours, and refused at start where they are wrong."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image

from app import create_app, demos
from app.config import Settings
from app.db import db
from app.demos import folders, scaffold
from app.errors import BadSetting
from app.jobs.execute import execute
from app.jobs.models import Job

PANEL = '{% extends "demos/_bench.html" %}{% block readout %}<p>A panel of my own.</p>{% endblock %}'


def run_name(folder: Path) -> str:
    return f"{folders.package(folder.parent)}.{folder.name}.run"


def test_it_is_a_demo_like_ours(site: Flask, own: Path) -> None:
    client = site.test_client()
    assert "Tent map" in client.get("/demos").text
    assert client.get("/demos/tent-map").status_code == 200
    assert "tent-map" in [demo["name"] for demo in client.get("/api/v1/demos").json or []]
    assert "/demos/tent-map/jobs" in (client.get("/api/v1/openapi.json").json or {})["paths"]
    with site.test_request_context():
        assert 'data-name="tent-map"' in demos.embed("tent-map", {"rate": "3.2"})
    assert "--rate" in site.test_cli_runner().invoke(args=["demo", "tent-map", "--help"]).output


def test_a_reader_runs_it(site: Flask) -> None:
    client = site.test_client()
    answer = client.post("/demos/tent-map/jobs", data={"rate": "3.2", "start": "0.5"})
    with site.app_context():
        job = db.session.query(Job).one()
        assert execute(job.id, "test/cpu", "a test")
    page = client.get(answer.headers["Location"]).text
    assert "Done in" in page and 'data-picture="result"><img' in page and 'class="line line-1"' in page
    piece = client.get(f"/demos/tent-map/outputs/{job.id}")
    assert piece.status_code == 200 and 'class="line line-1"' in piece.text and "<html" not in piece.text
    assert client.get(f"/demos/style-transfer/outputs/{job.id}").status_code == 404


def test_a_web_process_does_not_load_its_run(site: Flask, own: Path) -> None:
    site.test_client().get("/demos/tent-map")
    assert run_name(own) not in sys.modules
    with site.app_context():
        demos.run("tent-map")
    assert run_name(own) in sys.modules


def test_its_panel_and_its_pictures_are_served(settings: Settings, own: Path) -> None:
    (own / "panel.html").write_text(PANEL)
    (own / "panel.js").write_text("export default () => ({});")
    (own / "shelf").mkdir()
    Image.new("RGB", (40, 30), "teal").save(own / "shelf" / "sea.png")
    client = create_app(Settings(DATA=settings.DATA, SECRET_KEY="k" * 40, JOB_ENGINE="none", DEMOS=str(own.parent)))
    with client.app_context():
        db.create_all()
    page = client.test_client().get("/demos/tent-map").text
    assert "A panel of my own." in page and "panel.js" in page and "outputs.js" not in page
    assert client.test_client().get("/demos/tent-map/assets/shelf/sea.png").mimetype == "image/png"
    assert client.test_client().get("/demos/tent-map/assets/-/run.py").status_code == 404
    with client.app_context():
        db.engine.dispose()


def test_its_results_are_another_ones_once_its_code_is(own: Path) -> None:
    before = folders.find([own.parent])["tent-map"].fingerprint
    (own / "run.py").write_text((own / "run.py").read_text().replace("401", "402"))
    assert folders.find([own.parent])["tent-map"].fingerprint != before


def test_folders_with_the_same_name_elsewhere_are_other_modules(own: Path, tmp_path: Path) -> None:
    other = tmp_path / "yours" / own.name
    shutil.copytree(own, other)
    (other / "demo.py").write_text((own / "demo.py").read_text().replace("Tent map", "Not the same"))
    titles = [folders.find([parent])["tent-map"].title for parent in (own.parent, other.parent)]
    assert titles == ["Tent map", "Not the same"]


def test_one_that_does_not_load_stops_no_other(site: Flask, own: Path, caplog: pytest.LogCaptureFixture) -> None:
    (own / "run.py").write_text("import nothing_of_this_name\n")
    with site.app_context():
        assert demos.warm_up("cpu", ["tent-map"])
    assert "the demo tent-map does not load" in caplog.text


def test_several_folders_are_named_as_in_a_path(own: Path, tmp_path: Path) -> None:
    scaffold.write("coin", tmp_path / "more")
    settings = Settings(DEMOS=os.pathsep.join([str(own.parent), "", str(tmp_path / "more")]))
    found = folders.find(settings.demos)
    assert {"tent-map", "coin", "style-transfer"} <= set(found)
    assert list(found) == sorted(found)


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=f"DEMOS names {tmp_path / 'nowhere'}, where there is no folder"):
        folders.find([tmp_path / "nowhere"])


def test_two_of_one_name_are_refused_with_both_places(own: Path, tmp_path: Path) -> None:
    other = scaffold.write("tent-map", tmp_path / "again")
    with pytest.raises(BadSetting, match=f"named “tent-map”: {own} and {other}"):
        folders.find([own.parent, other.parent])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("\n\nimport no_such_module\n", r"demo\.py, line 3: ModuleNotFoundError: No module named 'no_such_module'"),
        ("x = 1\ndef (:\n", r"demo\.py, line 2: SyntaxError"),
        ("x = 1\ny = 2 / 0\n", r"demo\.py, line 2: ZeroDivisionError"),
        ("x = 1\n", r"demo\.py declares no DEMO"),
        ("DEMO = 'mine'\n", r"demo\.py declares no DEMO"),
        ("from app.demos.base import Demo\nDEMO = Demo('T', 'S', object)\n", "Inputs is a dataclass"),
    ],
)
def test_one_that_cannot_be_used_stops_the_start_with_file_and_line(own: Path, text: str, sentence: str) -> None:
    (own / "demo.py").write_text(text)
    with pytest.raises(BadSetting, match=sentence):
        folders.find([own.parent])


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        *((name, "a demo's folder has a name such as random_walk") for name in ("Tent", "tent.map", "9tent", "a map")),
        *((name, f"flask demo {name} is a command already") for name in ("new", "check")),
    ],
)
def test_a_name_that_is_no_address_is_refused(own: Path, name: str, sentence: str) -> None:
    own.rename(own.parent / name)
    with pytest.raises(BadSetting, match=sentence):
        folders.find([own.parent])


def test_a_hidden_folder_is_no_demo(own: Path) -> None:
    own.rename(own.parent / ".tent")
    assert "tent" not in " ".join(folders.find([own.parent]))


def test_one_without_a_run_is_refused(own: Path) -> None:
    (own / "run.py").unlink()
    with pytest.raises(BadSetting, match=r"has a demo\.py and no run\.py"):
        folders.find([own.parent])
