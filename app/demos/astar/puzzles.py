"""The ready maps by name, each a puzzle: a question to answer before the search is seen, and what it shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

PUZZLES: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("puzzles.json").read_text())
