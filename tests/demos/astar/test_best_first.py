"""The bench's own search, in node, against Python's: the same cells, one by one, with the same numbers."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from app.demos.astar.demo import DEMO
from tests.demos.astar.grids import FAMILY, cases

HERE, FOLDER = Path(__file__).parent, Path(__file__).parents[3] / "app/demos/astar"
NODE = shutil.which("node")

pytestmark = pytest.mark.skipif(NODE is None, reason="needs node on the PATH to run what a browser would")


def test_the_browser_expands_what_python_expands(tmp_path: Path) -> None:
    asked = cases(300, seed=11)
    assert {case["algorithm"] for case in asked} == set(FAMILY)
    assert any(case["expected"]["reopened"] for case in asked)
    assert {isinstance(case["goal"], list) for case in asked} == {True, False}
    assert {case["expected"]["found"] for case in asked} == {True, False}
    file = tmp_path / "cases.json"
    file.write_text(json.dumps(asked))
    command = [str(NODE), str(HERE / "agree.mjs"), str(FOLDER), str(file)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == []


def test_the_family_are_algorithms_of_the_bench() -> None:
    (algorithm,) = (field for field in DEMO.fields if field.name == "algorithm")
    assert set(FAMILY) <= set(algorithm.schema["enum"])
