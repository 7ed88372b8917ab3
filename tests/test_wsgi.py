from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_a_wrong_setting_stops_the_start_with_a_sentence(tmp_path: Path) -> None:
    environment = os.environ | {"DATA": str(tmp_path), "JOB_ENGINE": "horse"}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "init"]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode != 0
    assert "JOB_ENGINE is 'horse'; it can be thread or none." in result.stderr
    assert "Traceback" not in result.stderr
