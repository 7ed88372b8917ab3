"""The vertical axis of a chart: where it begins and ends, and its ticks."""

from __future__ import annotations

import math
from typing import Any

LOWEST = 1e-6  # of a logarithmic axis: nothing is never on it
MOST_TICKS = 7


def axis(values: list[float], scale: str) -> dict[str, Any]:
    """`scale`, low, high and ticks, so that all values fit; 1, which is day 1, always does."""
    low, high = min(1.0, *values), max(1.0, *values)
    return _logarithmic(low, high) if scale == "log" else _linear(high)


def height(value: float, on: dict[str, Any]) -> float:
    """How high a value stands, from 0 to 1."""
    if on["scale"] == "log":
        low, high = math.log10(on["low"]), math.log10(on["high"])
        return (math.log10(max(value, on["low"])) - low) / (high - low)
    return float((value - on["low"]) / (on["high"] - on["low"]))


def label(tick: float) -> str:
    """A tick as it is written: 1,000 or 0.01, and powers where zeros would be too many."""
    if tick and (tick >= 1e6 or tick < 1e-3):
        digits, _, power = f"{tick:.0e}".partition("e")
        return f"{digits}e{int(power)}"
    return f"{tick:,.{0 if tick >= 10 or tick == int(tick) else 3 if tick < 0.01 else 2 if tick < 0.1 else 1}f}"


def _linear(high: float) -> dict[str, Any]:
    rough = high / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * k for k in (1, 2, 5, 10) if power * k >= rough * (1 - 1e-12))
    count = math.ceil(high / step - 1e-9)
    return {"scale": "linear", "low": 0.0, "high": step * count, "ticks": [step * k for k in range(count + 1)]}


def _logarithmic(low: float, high: float) -> dict[str, Any]:
    first = math.floor(math.log10(max(low, LOWEST)) + 1e-9)
    last = max(math.ceil(math.log10(high) - 1e-9), first + 1)
    stride = math.ceil((last - first) / (MOST_TICKS - 1))
    last = first + stride * math.ceil((last - first) / stride)
    ticks = [10.0**power for power in range(first, last + 1, stride)]
    return {"scale": "log", "low": ticks[0], "high": ticks[-1], "ticks": ticks}
