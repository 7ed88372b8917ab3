"""A habit as a curve: compounding, its straight rival, and the one that flattens. Day 1’s worth is 1.

“One per cent better every day” (Clear, 2018, Atomic Habits, chapter 1) is a metaphor: skill has no unit of which it
gains one per cent, and what is practised nears a ceiling. The rivals stand beside it so that a reader sees the claim.
A curve is a list of days + 1 values, the first before any practice. On a missed day the value is multiplied by
`factor`: 1 stands still, below 1 forgets.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from typing import Any

LONGEST = 100 * 366  # days: a life


def compounding(rate: float, days: int, missed: Collection[int] = (), factor: float = 1.0) -> list[float]:
    """A day’s gain is `rate` of what there is; below 0 it decays. 1 % for 365 days is 37.78, −1 % is 0.0255."""
    return _curve(lambda value: value * (1 + rate), days, missed, factor)


def linear(rate: float, days: int, missed: Collection[int] = (), factor: float = 1.0) -> list[float]:
    """A day’s gain is `rate` of day 1, always; never below nothing."""
    return _curve(lambda value: max(value + rate, 0.0), days, missed, factor)


def plateau(rate: float, days: int, ceiling: float, missed: Collection[int] = (), factor: float = 1.0) -> list[float]:
    """Compounding at first, and flatter the nearer the ceiling: logistic growth (Verhulst, 1838), day by day exactly.

    Without missed days it is K / (1 + (K − 1) (1 + rate)^−t). Raises ValueError unless the ceiling is above 1.
    """
    if ceiling <= 1:
        raise ValueError("A ceiling must be above 1, which is day 1.")
    growth = 1 + rate
    # Beverton and Holt’s form of one step: the logistic curve passes through every one of these points.
    return _curve(lambda value: ceiling * value * growth / (ceiling + value * (growth - 1)), days, missed, factor)


def first_day(values: list[float], target: float) -> int | None:
    """The first day on which a curve is at the target, coming from day 1’s side; None if it never is."""
    rising = target >= values[0]
    reached = (day for day, value in enumerate(values) if (value >= target if rising else value <= target))
    return next(reached, None)


def days_until(target: float, rate: float, missed: float = 0.0, factor: float = 1.0) -> int | None:
    """The days to a target, above 0, if the share `missed` of them is missed evenly; None if it goes the other way,
    or so slowly that no float counts the days.

    Worked out in logarithms: a day is worth (1 − missed) log(1 + rate) + missed log(factor).
    """
    if target == 1:
        return 0
    pace = (1 - missed) * math.log1p(rate) + missed * (math.log(factor) if missed else 0.0)
    if not pace or (target > 1) != (pace > 0):
        return None
    days = math.log(target) / pace
    # a day that is short by less than a float can tell is not one more
    return math.ceil(days - 1e-9) if math.isfinite(days) else None


def valley(values: list[float], target: float) -> dict[str, Any] | None:
    """The “valley of disappointment”: where a curve lags behind the straight line from day 1 to the target at its end.

    `deepest` is the day of the largest gap, `gap` how much is missing there, `out` the day from which the curve is
    on the line or above it again, or None; None as a whole where it never lags.
    """
    last = len(values) - 1
    if not last:
        return None
    expected = [values[0] + (target - values[0]) * day / last for day in range(last + 1)]
    gaps = [line - value for line, value in zip(expected, values, strict=True)]
    deepest = max(range(last + 1), key=lambda day: gaps[day])
    nothing = 1e-12 * max(1.0, abs(target))
    if gaps[deepest] <= nothing:
        return None
    out = next((day for day in range(deepest, last + 1) if gaps[day] <= nothing), None)
    return {"deepest": deepest, "gap": gaps[deepest], "out": out, "expected": expected}


def rivals(rate: float, days: int, ceiling: float, missed: Collection[int] = (), factor: float = 1.0) -> dict[str, Any]:
    """The three curves, where each ends, the day each is at nine tenths of the ceiling (the reader’s target), and the
    valleys: of compounding below the line to its own end, of the plateau below the line to the target.
    """
    curves = {
        "compounding": compounding(rate, days, missed, factor),
        "linear": linear(rate, days, missed, factor),
        "plateau": plateau(rate, days, ceiling, missed, factor),
    }
    return {
        "curves": curves,
        "ends": {name: values[-1] for name, values in curves.items()},
        "nearly": {name: first_day(values, 0.9 * ceiling) for name, values in curves.items()},
        "valleys": {
            "compounding": valley(curves["compounding"], curves["compounding"][-1]),
            "plateau": valley(curves["plateau"], ceiling),
        },
    }


def told(values: list[float]) -> str:
    """How much better than day 1 the end is, in a sentence."""
    last, days = values[-1], len(values) - 1
    when = f"After {days:,} day{'' if days == 1 else 's'}"
    if last >= 2:
        return f"{when}: {last:,.2f} times day 1."
    if last >= 1:
        return f"{when}: {(last - 1) * 100:.1f} % better than day 1."
    return f"{when}: {last * 100:.2f} % of day 1 is left."


def _curve(practise: Callable[[float], float], days: int, missed: Collection[int], factor: float) -> list[float]:
    if not 0 <= days <= LONGEST:
        raise ValueError(f"Choose between 0 and {LONGEST:,} days.")
    off = set(missed)
    values = [1.0]
    for day in range(1, days + 1):
        values.append(values[-1] * factor if day in off else practise(values[-1]))
    return values
