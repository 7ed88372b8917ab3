"""Atomic Habits, taken at its word: growth and its rivals, missed days, never missing twice, streaks and cards.

Everything is a pure function of plain data, so that a browser can hold the same in JavaScript and nothing leaves it.
"""

from app.algorithms.habits.calendar import calendar
from app.algorithms.habits.growth import compounding, days_until, linear, plateau, rivals
from app.algorithms.habits.rule import changed
from app.algorithms.habits.stack import chain, intended, scorecard, stacked
from app.algorithms.habits.streaks import grid, streaks

__all__ = [
    "calendar",
    "chain",
    "changed",
    "compounding",
    "days_until",
    "grid",
    "intended",
    "linear",
    "plateau",
    "rivals",
    "scorecard",
    "stacked",
    "streaks",
]
