"""The problems that the bench opens with: those with known answers, and one for the reader's own numbers."""

from __future__ import annotations

from typing import Any

from app.algorithms.bayes import PRESETS
from app.algorithms.bayes.presets import PLAIN

OWN = {
    "title": "Your own numbers",
    "prior": 0.02,
    "sensitivity": 0.9,
    "false_positive": 0.05,
    "question": "A test of your own: set how common it is, how often the test finds it, and how often it cries wolf. "
    "The result is positive. How likely is it so?",
    "source": "",
    "words": PLAIN,
    "total": 1000,
}


def _problems() -> dict[str, dict[str, Any]]:
    """By the name that an address has for each: “rare-disease”."""
    known = {preset["name"].replace(" ", "-"): preset for preset in PRESETS}
    return {name: {**problem, "name": name} for name, problem in (known | {"own": OWN}).items()}


PROBLEMS = _problems()
TITLES = {name: problem["title"] for name, problem in PROBLEMS.items()}
