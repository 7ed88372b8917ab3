"""What the bench’s HTML is told beside its inputs: the answer, its curves as paths, and sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.demos.base import Demo
from app.demos.form import texts
from app.demos.habits.answer import CURVES, answer
from app.demos.habits.axis import height, label
from app.errors import InvalidInput

WIDTH, HEIGHT = 600, 300
MOST_POINTS = 250
NAMES = {
    "every_day": "Every day, compounding",
    "missed": "With the missed days",
    "linear": "The same gain each day",
    "plateau": "Flattening at your target",
}


def about(demo: Demo, values: Mapping[str, Any]) -> dict[str, Any]:
    """`now` is the answer to `values`, or to none where they are refused."""
    asked, now = _asked(demo, values)
    return {
        "asked": asked,
        "now": now,
        "names": NAMES,
        "paths": {name: path(now["curves"][name], now["axis"]) for name in CURVES},
        "ticks": [(label(tick), round(HEIGHT * (1 - height(tick, now["axis"])), 1)) for tick in now["axis"]["ticks"]],
        "times": times,
        "honest": honest(now, asked),
        "rule": rule(now["rule"]),
    }


def path(values: list[float], on: dict[str, Any]) -> str:
    """A curve in a box 600 wide and 300 high."""
    last = len(values) - 1
    stride = max(1, -(-last // MOST_POINTS))
    days = [*range(0, last, stride), last]
    return "M" + "L".join(f"{WIDTH * day / last:.1f} {HEIGHT * (1 - height(values[day], on)):.1f}" for day in days)


def honest(now: dict[str, Any], asked: Any) -> list[str]:
    """What would have to be true, in sentences."""
    target, days = f"{asked.target:,g} times day 1", f"{asked.days:,}"
    until, missing = now["until"]["every_day"], now["until"]["missed"]
    told = [f"To be at {target} after {days} days, each must add {now['needed'] * 100:.2f} % of all there is by then."]
    if until is None:
        told.append(f"At {asked.rate:g} % a day you never get there.")
    else:
        told.append(f"At {asked.rate:g} % a day it takes {until:,} days, if none is missed.")
        also = f"it takes {missing:,}" if missing is not None else "you never get there"
        if missing != until:
            told.append(f"With as many missed days as these, {also}.")
    if valley := now["valley"]:
        out = "has not come up to it by the end" if valley["out"] is None else f"is on it from day {valley['out']:,}"
        told.append(
            f"The curve that flattens lags most behind the straight line to your target on day {valley['deepest']:,}, "
            f"by {valley['gap']:,.2f} times day 1, and {out}: the valley of disappointment."
        )
    return told


def times(value: float) -> str:
    """So many times day 1: with enough digits to see that something is left."""
    return f"{value:,.{4 if value < 0.1 else 2}f} ×"


def rule(changed: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What “never miss twice” changes: name, without it, with it."""
    words = {
        "missed": ("Days missed, on average", lambda x: f"{x:,.1f}"),
        "twice": ("Chance of two in a row at least once", lambda x: f"{x * 100:.1f} %"),
        "until_twice": ("Days until two in a row, on average", lambda x: "never" if x is None else f"{x:,.0f}"),
        "streak": ("Mean streak, days", lambda x: "endless" if x is None else f"{x:,.1f}"),
        "gap": ("Mean gap, days", lambda x: "endless" if x is None else f"{x:,.2f}"),
        "growth": ("Where compounding ends, on average", times),
    }
    return [(text, told(changed["without"][key]), told(changed["with"][key])) for key, (text, told) in words.items()]


def _asked(demo: Demo, values: Mapping[str, Any]) -> tuple[Any, dict[str, Any]]:
    given = {name: value for name, value in values.items() if value is not None}
    for tried in (given, {}):
        try:
            asked = demo.parse(texts(tried, demo))
            return asked, answer(asked)
        except InvalidInput:
            continue
    raise AssertionError("the defaults are answered")
