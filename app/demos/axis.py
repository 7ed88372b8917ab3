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
    """The axis that holds all of `values`, of which there is at least one."""
    least, most = _bounds(values)
    return _decades(least, most) if log else _even(least, most)


def _even(least: float, most: float) -> Axis:
    if least == most:  # one value is shown in the middle
        least, most = least - (abs(least) or 1) / 2, most + (abs(most) or 1) / 2
    step = _round_step((most - least) / MOST_STEPS)
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


def _round_step(least: float) -> float:
    """The smallest of 1, 2, 2.5, 5 or 10 times a power of ten that is `least` or more."""
    power: float = 10.0 ** math.floor(math.log10(least))
    return next(times * power for times in (1, 2, 2.5, 5, 10) if times * power >= least * (1 - 1e-9))


def _bounds(values: Iterable[float]) -> tuple[float, float]:
    known = list(values)
    return min(known), max(known)
