"""Bayes' rule: what the bench asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.demos.base import Choice, Demo, Number, Toggle, asks
from app.demos.bayes.about import about
from app.demos.bayes.notation import Drive, Results, Tosses, World
from app.demos.bayes.parts import PARTS
from app.demos.bayes.problems import TITLES


def _rate(label: str, words: str) -> float | None:
    asked: float | None = asks(
        Number(label, 0, 100, 0.1, unit="%", help=f"{words} Left out, it is the problem’s."), optional=True
    )
    return asked


@dataclass(frozen=True)
class Inputs:
    part: str = asks(Choice("On the bench", PARTS), "test")
    problem: str = asks(Choice("Problem", TITLES, help="Its numbers are used where none are given."), "mammography")
    prior: float | None = _rate("Base rate", "How common it is before any test: the prior.")
    sensitivity: float | None = _rate("Sensitivity", "How often the test is positive where it is so.")
    false_positive: float | None = _rate("False positives", "How often the test is positive where it is not so.")
    people: int | None = asks(
        Number("People", 1, 1_000_000_000, help="To count heads of. Left out, as many as the problem takes."),
        optional=True,
    )
    results: str | None = asks(
        Results("Results", help="In their order, such as ++−.", examples=("++-", "-", "+")), optional=True
    )
    correlation: float = asks(
        Number("Correlation of repeats", 0, 1, 0.05, help="How often a result only copies the one before it."), 0
    )
    wanted: int = asks(
        Number("To be believed at", 1, 99, unit="%", help="The base rate that a positive result needs for it."), 50
    )

    world: str = asks(
        World("World", help="Rows of r, b, g, y, with / between them.", examples=("rgb/ggr", "grrgg")), "grrgg"
    )
    drive: str | None = asks(
        Drive("Drive", help="What it saw (r, b, g, y) and how it moved (> < ^ v).", examples=("r>r>", "g<g")),
        optional=True,
    )
    hit: float = asks(Number("Weight of a match", 0, 1, 0.05, help="Of cells with the colour that is seen."), 0.6)
    miss: float = asks(Number("Weight of a mismatch", 0, 1, 0.05, help="Of cells with another colour."), 0.2)
    slip: float = asks(Number("Slip", 0, 0.5, 0.05, help="Chance of one cell too short; one too far is alike."), 0.1)
    doubt: float = asks(
        Number("Doubt", 0, 0.2, 0.01, help="Spread over all cells before each look: for robots that are kidnapped."), 0
    )
    cyclic: bool = asks(Toggle("The world goes round", help="What leaves on one side comes in on the other."), True)

    tosses: str = asks(Tosses("Tosses", help="HTTH, or heads: “7 of 10”.", examples=("HTTH", "12 of 20")), "7 of 10")
    imagined: int = asks(
        Number("Imagined tosses", 1, 200, help="What the prior is worth. Two, one of them heads, are a flat prior."), 2
    )
    heads: int = asks(Number("Of them heads", 1, 99, unit="%"), 50)
    mass: int = asks(Number("Interval holds", 50, 99, unit="%"), 95)
    ahead: int = asks(Number("Tosses ahead", 1, 20, help="To be predicted."), 10)

    mean: float = asks(Number("Believed", 0, 100, 0.5), 20)
    spread: float = asks(Number("give or take", 0.5, 50, 0.5, help="One standard deviation."), 4)
    measured: float = asks(Number("Measured", 0, 100, 0.5), 26)
    error: float = asks(Number("with an error of", 0.5, 50, 0.5, help="One standard deviation."), 3)
    times: int = asks(Number("Measured so often", 1, 50), 1)

    a: str = asks(Tosses("A", help="Successes: “12 of 100”.", examples=("9 of 50", "40 of 100")), "12 of 100")
    b: str = asks(Tosses("B", help="Successes: “18 of 100”.", examples=("9 of 50", "40 of 100")), "18 of 100")


def titled(asked: Mapping[str, Any]) -> str | None:
    """The page's title, where its address asks for a part or a problem."""
    part, problem = asked.get("part", "test"), asked.get("problem")
    if part in ("test", "row", "base-rate"):
        return TITLES[problem] if problem else PARTS[part] if part != "test" else None
    return PARTS[part]


def _of(part: str, **values: str) -> dict[str, dict[str, str]]:
    return {name: {"part": part, name: value} for name, value in values.items()}


DEMO = Demo(
    title="Bayes’ rule",
    summary="One test in five linked pictures: guess, then drag any of them. And a lost robot, a coin, A against B.",
    inputs=Inputs,
    instant=True,
    about=about,
    titled=titled,
    examples={
        "correlation": {"results": "++-", "correlation": "0.5"},
        **_of("robot", world="rrgbb", drive="g>", cyclic="0"),
        **{
            name: {"part": "robot", "drive": "r>r>", name: value}
            for name, value in {"hit": "0.8", "miss": "0.1", "slip": "0.2", "doubt": "0.1", "cyclic": "0"}.items()
        },
        **_of("coin", tosses="HHT", imagined="10", mass="50", ahead="3"),
        "heads": {"part": "coin", "heads": "30"},
        **_of("measurement", mean="30", spread="8", measured="10", error="1", times="9"),
        **_of("comparison", a="9 of 50", b="40 of 100"),
    },
)
