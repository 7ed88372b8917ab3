"""Which days are missed: by chance, by the calendar, or every nth. Days are numbered from 1."""

from __future__ import annotations

from app.algorithms.habits.chance import mulberry32

WEEK = 7


def by_chance(days: int, probability: float, seed: int) -> list[int]:
    """Each day alone is missed with this probability."""
    draw = mulberry32(seed)
    return [day for day in range(1, days + 1) if draw() < probability]


def on_weekdays(days: int, weekdays: list[int], first: int) -> list[int]:
    """Always on these days of the week: 0 is Monday, and day 1 falls on `first`."""
    return [day for day in range(1, days + 1) if (first + day - 1) % WEEK in weekdays]


def every(days: int, nth: int) -> list[int]:
    """Every nth day: 7 misses day 7, 14, … Raises ValueError below 1."""
    if nth < 1:
        raise ValueError("Miss every 1st day or a later one.")
    return list(range(nth, days + 1, nth))
