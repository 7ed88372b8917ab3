"""What a run costs, relative to others."""

from __future__ import annotations

from typing import Any


def work(inputs: Any) -> float:
    return float(inputs.steps)
