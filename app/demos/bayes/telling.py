"""What the parts of the bench say of their answers, in sentences; its scripts say the same."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from app.demos.bayes.notation import COLOURS
from app.demos.bayes.wording import figure, odds, percent

MOVES = {">": "moved right", "<": "moved left", "^": "moved up", "v": "moved down"}
SAME = 1e-12


def tick(reach: int, at: int) -> str:
    """The odds at one of the five ticks of an axis of bits."""
    return odds(2.0 ** (reach * (at - 2) / 2), 1)


def orders(ends: Sequence[float]) -> str:
    low, high = ends
    if high - low < SAME:
        return "Every order of these results tells the same."
    return f"The same results in other orders tell from {percent(low)} to {percent(high)}."


def needed(now: dict[str, Any]) -> str:
    told, here = now["base_rate"], percent(now["test"]["prior"])
    if told["needed"] is None:
        return "No base rate leads there: this test is never positive where it would have to be."
    wanted, rate = percent(told["wanted"]), percent(told["needed"])
    return f"To be believed at {wanted} after a positive result, it needs a base rate of {rate}; here it is {here}."


def lost(now: dict[str, Any]) -> str:
    last, cells = now["steps"][-1], sum(map(len, now["world"]))
    where = place(last["likeliest"], now["world"])
    missing = f"{figure(last['entropy'])} of {figure(math.log2(cells))} bits are missing"
    return f"Likeliest: {where}, with {percent(last['probability'])}. {missing}."


def action(sign: str | None) -> str:
    return "start" if sign is None else f"saw {COLOURS[sign]}" if sign in COLOURS else MOVES[sign]


def place(at: Sequence[int], world: Sequence[Sequence[str]]) -> str:
    row, column = at
    return f"cell {column + 1}" if len(world) == 1 else f"row {row + 1}, cell {column + 1}"


def coin(now: dict[str, Any]) -> str:
    after, counts = now["posterior"], f"{_many(now['heads'], 'head')} and {_many(now['tails'], 'tail')}"
    low, high = map(percent, after["interval"])
    return f"After {counts}: {percent(after['mean'])}, and with {percent(now['mass'])} between {low} and {high}."


def coin_facts(now: dict[str, Any]) -> list[tuple[str, str]]:
    after = now["posterior"]
    return [
        ("The next toss is heads", percent(after["mean"])),
        ("The curve is highest at", percent(after["mode"])),
        ("Give or take", percent(after["deviation"])),
        ("The prior counts for", percent(after["weight_of_prior"])),
    ]


def measurement(now: dict[str, Any]) -> str:
    return f"Believed now: {_about(now['posterior'])}."


def measurement_facts(now: dict[str, Any]) -> list[tuple[str, str]]:
    low, high = now["posterior"]["interval"]
    return [
        ("With 95 %", f"{figure(low)} to {figure(high)}"),
        ("The old belief counts for", percent(now["weight_of_prior"])),
        ("The next measurement", _about(now["predictive"])),
    ]


def comparison(now: dict[str, Any]) -> str:
    better = "B" if now["b_better"] >= 0.5 else "A"
    return f"{better} is better with {percent(max(now['b_better'], 1 - now['b_better']))}."


def comparison_facts(now: dict[str, Any]) -> list[tuple[str, str]]:
    rates = [(name.upper(), now[name]) for name in ("a", "b")]
    return [
        *(
            (name, f"{percent(one['mean'])}, {percent(one['interval'][0])} to {percent(one['interval'][1])}")
            for name, one in rates
        ),
        ("Choosing B gains, on average", percent(now["gain"])),
        ("and loses", percent(now["loss"])),
    ]


def _about(curve: dict[str, Any]) -> str:
    return f"{figure(curve['mean'])}, give or take {figure(curve['deviation'])}"


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
