"""What the bench answers: four curves, where they end, what would have to be true, and what the rule changes."""

from __future__ import annotations

from typing import Any

from app.algorithms.habits import changed, compounding, days_until, rivals
from app.algorithms.habits.growth import told
from app.algorithms.habits.missed import by_chance, every, on_weekdays
from app.demos.habits.axis import axis

WEEKDAYS = {"sunday": [6], "weekend": [5, 6], "working": [0, 1, 2, 3, 4]}
CURVES = ("every_day", "missed", "linear", "plateau")


def answer(inputs: Any) -> dict[str, Any]:
    """missed_days, curves by name, ends, told (a sentence for each), axis, needed, until, valley, rule.

    Values are in times of day 1, days are counted from 0, before any practice.
    """
    rate, factor = inputs.rate / 100, inputs.factor / 100
    off = missed_days(inputs)
    both = rivals(rate, inputs.days, inputs.target, off, factor)
    curves = {
        "every_day": compounding(rate, inputs.days),
        "missed": both["curves"]["compounding"],
        "linear": both["curves"]["linear"],
        "plateau": both["curves"]["plateau"],
    }
    valley = both["valleys"]["plateau"]
    share = len(off) / inputs.days
    return {
        "missed_days": off,
        "curves": curves,
        "ends": {name: values[-1] for name, values in curves.items()},
        "told": {name: told(values) for name, values in curves.items()},
        "axis": axis([value for values in curves.values() for value in values], inputs.scale),
        "needed": inputs.target ** (1 / inputs.days) - 1,
        "until": {
            "every_day": days_until(inputs.target, rate),
            "missed": days_until(inputs.target, rate, share, factor),
        },
        "nearly": both["nearly"]["plateau"],
        "valley": valley and {name: valley[name] for name in ("deepest", "gap", "out")},
        "rule": changed(inputs.days, inputs.probability / 100, inputs.slip / 100, rate, factor),
    }


def missed_days(inputs: Any) -> list[int]:
    """The days that are missed, from 1."""
    if inputs.missed == "random":
        return by_chance(inputs.days, inputs.probability / 100, inputs.seed)
    if inputs.missed == "weekdays":
        return on_weekdays(inputs.days, WEEKDAYS[inputs.free], 0)
    return every(inputs.days, inputs.nth) if inputs.missed == "every" else []
