"""An axis of a plot: round bounds around some values, evenly spaced marks between them, and where a value lies.

The bounds are themselves marks, so marks can be set with equal room between them, whatever the size of the drawing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

MOST_STEPS = 5
MOST_DECADES = 6


@dataclass(frozen=True)
class Axis:
    """From `low` to `high`; with `log` the marks are powers of ten, and only values above 0 have a place."""

    low: float
    high: float
    marks: tuple[float, ...]
    log: bool = False

    def place(self, value: float) -> float:
        """0 at the low end, 1 at the high end."""
        if self.log:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)


def axis(values: Iterable[float], log: bool = False) -> Axis:
    """The axis that holds all of `values`, of which there is at least one; whole numbers have whole marks."""
    known = list(values)
    if log:
        return _decades(min(known), max(known))
    return _even(min(known), max(known), all(isinstance(value, int) for value in known))


def _even(least: float, most: float, whole: bool) -> Axis:
    if least == most:  # one value is shown in the middle
        room = 1 if whole else (abs(least) or 1) / 2
        least, most = least - room, most + room
    # Of the steps that leave few enough marks, the one whose ends lie nearest to the values.
    step = min(_steps((most - least) / MOST_STEPS, whole), key=lambda one: (_far(least, most, one), one))
    first, last = math.floor(least / step), math.ceil(most / step)
    # Whole multiples, so that no mark is 0.30000000000000004.
    marks = tuple(float(f"{number * step:.12g}") for number in range(first, last + 1))
    return Axis(marks[0], marks[-1], marks)


def _decades(least: float, most: float) -> Axis:
    first, last = math.floor(math.log10(least)), math.ceil(math.log10(most))
    stride = math.ceil(max(1, last - first) / MOST_DECADES)
    last = first + stride * max(1, math.ceil((last - first) / stride))
    marks = tuple(10.0**power for power in range(first, last + 1, stride))
    return Axis(marks[0], marks[-1], marks, log=True)


def _steps(least: float, whole: bool) -> list[float]:
    """Round steps from `least` to about its double."""
    power: float = 10.0 ** math.floor(math.log10(least))
    if whole and power < 1:
        return [1]
    times = (1, 2, 4, 5, 10) if whole and power < 10 else (1, 2, 2.5, 4, 5, 10)
    return [one * power for one in times if least * (1 - 1e-9) <= one * power <= least * 2.1]


def _far(least: float, most: float, step: float) -> float:
    """How far the ends of an axis with this step lie outside of its values."""
    return math.ceil(most / step) * step - math.floor(least / step) * step
