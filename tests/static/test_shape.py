"""Scripts are small: no file has more than 250 lines, and no function more than 40 of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

HERE, APP = Path(__file__).parent, Path(__file__).parents[2] / "app"
SCRIPTS = sorted([*APP.glob("static/js/**/*.js"), *APP.glob("demos/**/*.js")])
NODE = shutil.which("node")
MOST_LINES, MOST_OF_A_FUNCTION = 250, 40

pytestmark = pytest.mark.skipif(NODE is None, reason="needs node on the PATH, whose parser reads the scripts")


def shapes(texts: dict[str, str]) -> dict[str, Any]:
    """Of each script its lines, and for each function the line where it begins and how many are its own."""
    command = [str(NODE), "--expose-internals", str(HERE / "shape.cjs")]
    run = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr
    told: dict[str, Any] = json.loads(run.stdout)
    return told


def test_no_script_and_no_function_is_long() -> None:
    told = shapes({str(file.relative_to(APP)): file.read_text() for file in SCRIPTS})
    assert len(told) == len(SCRIPTS) > 100
    assert {name: found["lines"] for name, found in told.items() if found["lines"] > MOST_LINES} == {}
    long = {
        f"{name}:{line}": own
        for name, found in told.items()
        for line, own in found["functions"]
        if own > MOST_OF_A_FUNCTION
    }
    assert long == {}


def test_lines_of_a_function_inside_another_are_its_own() -> None:
    inner = "\n".join(["  function inner() {", *["    a();"] * 10, "  }"])
    own = "  const one = () => 1;\n  return inner;"
    text = f"function outer() {{\n{inner}\n{own}\n}}\nclass A {{\n  b() {{\n    c();\n  }}\n}}\n"
    (found,) = shapes({"x.js": text}).values()
    assert found["lines"] == text.count("\n")
    assert sorted(found["functions"]) == sorted([[1, 4], [2, 12], [14, 1], [18, 3]])
