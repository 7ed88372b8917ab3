"""Which days are missed, and random numbers that a browser draws alike."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.algorithms.habits import missed
from app.algorithms.habits.chance import mulberry32


def test_the_first_numbers_are_those_of_javascript() -> None:
    draw = mulberry32(0)
    assert [draw() for _ in range(3)] == [0.26642920868471265, 0.0003297457005828619, 0.2232720274478197]


@pytest.mark.parametrize("seed", [0, 1, 2**32 - 1, 12345])
def test_numbers_are_uniform_enough(seed: int) -> None:
    draw = mulberry32(seed)
    boxes = [0] * 10
    for _ in range(10_000):
        boxes[int(draw() * 10)] += 1
    # chi squared with 9 degrees: beyond 33.7 once in ten thousand
    assert sum((count - 1000) ** 2 / 1000 for count in boxes) < 33.7


def test_missed_by_chance_is_seeded_and_as_often_as_said() -> None:
    days = missed.by_chance(10_000, 0.2, 4)
    assert days == missed.by_chance(10_000, 0.2, 4) != missed.by_chance(10_000, 0.2, 5)
    assert abs(len(days) - 2000) < 3 * 40
    assert missed.by_chance(100, 0, 1) == []
    assert missed.by_chance(3, 1, 1) == [1, 2, 3]


def test_a_longer_run_misses_the_same_days_first() -> None:
    assert missed.by_chance(400, 0.3, 9)[: len(missed.by_chance(100, 0.3, 9))] == missed.by_chance(100, 0.3, 9)


def test_weekdays_are_those_of_the_calendar() -> None:
    first = date(2026, 1, 1)
    weekend = missed.on_weekdays(60, [5, 6], first.weekday())
    assert weekend == [d for d in range(1, 61) if (first + timedelta(days=d - 1)).weekday() >= 5]


def test_every_nth() -> None:
    assert missed.every(30, 7) == [7, 14, 21, 28]
    assert missed.every(3, 1) == [1, 2, 3]
    with pytest.raises(ValueError, match="1st day"):
        missed.every(3, 0)
