"""Asks node for what the bench's scripts answer, so that Python can be asked the same."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[3] / "app" / "demos" / "habits"
NODE = shutil.which("node")

needs_node = pytest.mark.skipif(NODE is None, reason="needs node on the PATH to ask the bench's scripts")


def answers(module: str, expression: str, cases: Any) -> Any:
    """What `expression` comes to in JavaScript for each case, `given`; a thrown error is its message, `refused`."""
    code = f"""
        import * as it from {json.dumps((FOLDER / module).as_uri())};
        import {{ readFileSync }} from "node:fs";
        const answers = JSON.parse(readFileSync(0, "utf8")).map((given) => {{
          try {{ return {expression}; }} catch (error) {{ return {{ refused: error.message }}; }}
        }});
        process.stdout.write(JSON.stringify(answers));
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
