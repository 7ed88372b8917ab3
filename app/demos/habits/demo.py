"""One per cent better every day: what the bench asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.demos.base import Choice, Demo, Number, asks
from app.demos.habits.about import about

MISSED = {"none": "None", "random": "By chance", "weekdays": "Weekdays", "every": "Every nth"}
FREE = {"sunday": "Sundays", "weekend": "Weekends", "working": "Monday to Friday"}


@dataclass(frozen=True)
class Inputs:
    rate: float = asks(Number("A day’s gain", -5.0, 5, 0.1, unit="%", help="Of what there is. Below 0, a loss."), 1.0)
    days: int = asks(Number("Days", 1, 1000), 365)
    target: float = asks(
        Number("Your target", 1.1, 1000, 0.1, unit="times day 1", help="And the ceiling of the curve that flattens."),
        10.0,
    )
    scale: str = asks(Choice("Scale", {"linear": "Linear", "log": "Logarithmic"}), "linear")
    missed: str = asks(Choice("Missed days", MISSED), "random")
    probability: int = asks(Number("Chance to miss a day", 0, 100, unit="%"), 20)
    seed: int = asks(Number("Which dice", 1, 100, help="Another number, another life."), 1)
    free: str = asks(Choice("Which weekdays", FREE, help="Day 1 is a Monday."), "weekend")
    nth: int = asks(Number("Every so many days", 2, 30), 7)
    factor: int = asks(Number("A missed day leaves", 50, 100, unit="%", help="100 stands still, less forgets."), 100)
    slip: int = asks(
        Number("The rule is broken", 0, 100, unit="%", help="“Never miss twice”: how often a second day is missed."), 0
    )


def titled(asked: Mapping[str, Any]) -> str | None:
    """The page’s title, where its address asks for another rate."""
    return f"{asked['rate']:g} % a day" if "rate" in asked else None


DEMO = Demo(
    title="One per cent a day",
    summary="A habit as a curve, with missed days and honest rivals. Cards, a streak calendar and a scorecard to keep.",
    inputs=Inputs,
    instant=True,
    about=about,
    titled=titled,
    examples={
        "free": {"missed": "weekdays", "free": "sunday"},
        "nth": {"missed": "every", "nth": "3"},
        "factor": {"missed": "random", "factor": "90"},
    },
)
