"""Asks node for what the bench's modules of JavaScript answer, so that Python can be asked the same."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[3] / "app" / "demos" / "bayes"
NODE = shutil.which("node")

needs_node = pytest.mark.skipif(NODE is None, reason="needs node on the PATH to ask the scripts of app/demos/bayes")


def answers(modules: str | list[str], expression: str, cases: Any) -> Any:
    """What `expression`, which may use `cases` and all that the modules export, comes to in JavaScript."""
    names = [modules] if isinstance(modules, str) else modules
    imports = "\n".join(
        f"import * as m{i} from {json.dumps((FOLDER / name).as_uri())};" for i, name in enumerate(names)
    )
    code = f"""
        {imports}
        import {{ readFileSync }} from "node:fs";
        const it = {{ {", ".join(f"...m{i}" for i in range(len(names)))} }};
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


def assert_close(one: Any, other: Any, within: float = 1e-12, where: str = "") -> None:
    """The same keys, lists and texts, and numbers no farther apart than `within`, or than that of their size."""
    if isinstance(one, dict):
        assert isinstance(other, dict) and one.keys() == other.keys(), where
        for name in one:
            assert_close(one[name], other[name], within, f"{where}.{name}")
    elif isinstance(one, list | tuple):
        assert isinstance(other, list | tuple) and len(one) == len(other), where
        for place, (a, b) in enumerate(zip(one, other, strict=True)):
            assert_close(a, b, within, f"{where}[{place}]")
    elif isinstance(one, int | float) and isinstance(other, int | float):
        assert abs(one - other) <= within * max(1, abs(one)), (where, one, other)
    else:
        assert one == other, (where, one, other)
