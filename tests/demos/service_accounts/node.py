"""Asks node for what the bench's scripts answer, so that Python can be asked the same."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[3] / "app" / "demos" / "service_accounts"
NODE = shutil.which("node")

needs_node = pytest.mark.skipif(NODE is None, reason="needs node on the PATH to ask the bench's scripts")


def answers(modules: list[str], expression: str, cases: Any) -> Any:
    """What `expression`, which may use `cases` and all that the modules export as `it`, comes to in JavaScript."""
    imports = "\n".join(
        f"import * as m{i} from {json.dumps((FOLDER / name).as_uri())};" for i, name in enumerate(modules)
    )
    code = f"""
        {imports}
        import {{ readFileSync }} from "node:fs";
        import {{ facts }} from {json.dumps((FOLDER / "facts.js").as_uri())};
        Object.assign(facts, JSON.parse(readFileSync({json.dumps(str(FOLDER / "facts.json"))}, "utf8")));
        const it = {{ {", ".join(f"...m{i}" for i in range(len(modules)))} }};
        const cases = JSON.parse(readFileSync(0, "utf8"));
        const answers = [];
        for (const given of cases) {{
          try {{ answers.push(await {expression}); }}
          catch (error) {{ answers.push({{ refused: error instanceof Error ? error.message : error }}); }}
        }}
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
