"""Runs what is tested in JavaScript: every *.test.mjs of this folder, by node's own test runner."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SCRIPTS = sorted(HERE.parents[1].glob("app/static/js/*.js")) + sorted(HERE.parents[1].glob("app/demos/*/*.js"))
NODE = shutil.which("node")

pytestmark = pytest.mark.skipif(NODE is None, reason="needs node on the PATH to run the tests of app/static/js")


@pytest.mark.parametrize("tests", sorted(HERE.glob("*.test.mjs")), ids=lambda tests: tests.name)
def test_scripts(tests: Path) -> None:
    run = subprocess.run([str(NODE), "--test", str(tests)], capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_every_script_can_be_read(script: Path) -> None:
    kind = (
        "commonjs" if script.name == "theme.js" else "module"
    )  # theme.js runs before the first paint, so it is no module
    run = subprocess.run(
        [str(NODE), f"--input-type={kind}", "--check", "-"],
        input=script.read_text(),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.returncode == 0, run.stderr
