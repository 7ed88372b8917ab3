"""Streaks, against a walk from day to day."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from app.algorithms import habits
from tests.algorithms.habits.cases import STREAKS


def walked(done: list[str], today: str, grace: int) -> tuple[int, int]:
    """Longest and current streak by walking every day from the first done one to today."""
    end = date.fromisoformat(today)
    kept = {date.fromisoformat(day) for day in done if date.fromisoformat(day) <= end}
    longest = current = gap = 0
    day = min(kept, default=end)
    while day <= end:
        if day in kept:
            current, gap = current + 1, 0
        elif day != end:  # today is not over yet
            gap += 1
            if gap > grace:
                current = 0
        longest = max(longest, current)
        day += timedelta(days=1)
    return longest, current


@pytest.mark.parametrize(("done", "today", "grace"), STREAKS)
def test_streaks_are_those_of_a_walk(done: list[str], today: str, grace: int) -> None:
    told = habits.streaks(done, today, grace)
    assert (told["longest"], told["current"]) == walked(done, today, grace)


def test_a_thousand_random_calendars() -> None:
    chance = random.Random(1)
    today = date(2026, 3, 20)
    for _ in range(1000):
        done = [(today - timedelta(days=d)).isoformat() for d in range(-2, 20) if chance.random() < 0.6]
        for grace in (0, 1, 2):
            told = habits.streaks(done, today.isoformat(), grace)
            assert (told["longest"], told["current"]) == walked(done, today.isoformat(), grace)
            assert sum(run["days"] for run in told["runs"]) == len([d for d in done if d <= today.isoformat()])


def test_a_day_done_twice_counts_once_and_order_is_free() -> None:
    told = habits.streaks(["2026-03-02", "2026-03-01", "2026-03-02"], "2026-03-02")
    assert told == {
        "runs": [{"first": "2026-03-01", "last": "2026-03-02", "days": 2}],
        "longest": 2,
        "current": 2,
    }


def test_the_grid_is_weeks_from_monday_and_ends_today() -> None:
    rows = habits.grid(["2026-03-04", "2026-03-05"], "2026-03-05", weeks=2)
    assert [len(row) for row in rows] == [7, 7]
    assert all(date.fromisoformat(row[0]["day"]).weekday() == 0 for row in rows)
    assert [cell["done"] for cell in rows[1]] == [False, False, True, True, None, None, None]
