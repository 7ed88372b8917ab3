"""“Never miss twice” (Clear, 2018, Atomic Habits, chapter 16) as a Markov chain of two states, done and missed.

A day after a done one is missed with probability p; a day after a missed one with probability q. Without the rule q is
p: days know nothing of each other. With the rule q is how often it is broken all the same, 0 if never. Before the first
day stands a done one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def miss_chance(day: int, p: float, q: float) -> float:
    """P(this day, from 1, is missed): towards p / (1 + p − q), by powers of q − p, the chain’s second eigenvalue."""
    return p * _geometric(q - p, day)


def expected_missed(days: int, p: float, q: float) -> float:
    """How many of the days are missed on average: the sum of `miss_chance`, in closed form."""
    ratio = q - p
    if ratio == 1:
        return 0.0  # q is 1 and p is 0: it never begins
    return p / (1 - ratio) * (days - ratio * _geometric(ratio, days))


def never_twice(days: int, p: float, q: float) -> float:
    """P(no two missed days stand side by side), carried from day to day."""
    done, missed = 1.0, 0.0
    for _ in range(days):
        done, missed = done * (1 - p) + missed * (1 - q), done * p
    return min(done + missed, 1.0)


def expected_growth(days: int, p: float, q: float, rate: float, factor: float = 1.0) -> float:
    """The average of the compounding curve’s end over all ways to miss: a 2 × 2 matrix, applied day by day."""
    done, missed = 1.0, 0.0
    for _ in range(days):
        done, missed = (done * (1 - p) + missed * (1 - q)) * (1 + rate), (done * p + missed * q) * factor
    return done + missed


def changed(days: int, p: float, slip: float = 0.0, rate: float = 0.01, factor: float = 1.0) -> dict[str, Any]:
    """What the rule changes, without and with it: days missed, in all and in the long run, the chance of two in a row,
    the days until that happens, the mean streak and the mean gap (None for endless), and where compounding ends on
    average.

    Raises ValueError unless p and slip are from 0 to 1.
    """
    if not (0 <= p <= 1 and 0 <= slip <= 1):
        raise ValueError("Chances are between 0 and 1.")
    return {name: _told(days, p, q, rate, factor) for name, q in (("without", p), ("with", slip))}


def simulated(days: int, p: float, q: float, draw: Callable[[], float]) -> list[bool]:
    """One life by the chain: for each day whether it was done. `draw` gives numbers from 0 to 1."""
    done, life = True, []
    for _ in range(days):
        done = draw() >= (p if done else q)
        life.append(done)
    return life


def _told(days: int, p: float, q: float, rate: float, factor: float) -> dict[str, float | None]:
    ever = 1 + p - q
    return {
        "missed": expected_missed(days, p, q),
        "share": p / ever if ever else 0.0,
        "twice": 1 - never_twice(days, p, q),
        "until_twice": (1 + p) / (p * q) if p * q else None,
        "streak": 1 / p if p else None,
        "gap": 1 / (1 - q) if q < 1 else None,
        "growth": expected_growth(days, p, q, rate, factor),
    }


def _geometric(ratio: float, terms: int) -> float:
    return float(terms) if ratio == 1 else (1 - ratio**terms) / (1 - ratio)
