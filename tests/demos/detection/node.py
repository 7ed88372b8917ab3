"""Asks node for what the bench's modules of JavaScript answer, so that Python can be asked the same."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[3] / "app" / "demos" / "detection"
NODE = shutil.which("node")

needs_node = pytest.mark.skipif(NODE is None, reason="needs node on the PATH to ask the scripts of app/demos/detection")


def answers(module: str, expression: str, cases: Any) -> Any:
    """What `expression`, which may use the module `it` and `cases`, comes to in JavaScript."""
    code = f"""
        import * as it from {json.dumps((FOLDER / module).as_uri())};
        import {{ readFileSync }} from "node:fs";
        const cases = JSON.parse(readFileSync(0, "utf8"));
        process.stdout.write(JSON.stringify({expression}));
    """
    run = subprocess.run(
        [str(NODE), "--input-type=module", "-e", code],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)
