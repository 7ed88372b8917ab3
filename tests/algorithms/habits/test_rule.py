"""“Never miss twice”: closed forms against every way to miss counted, and against lives simulated."""

from __future__ import annotations

import math
from itertools import pairwise, product

import pytest

from app.algorithms import habits
from app.algorithms.habits import rule
from app.algorithms.habits.chance import mulberry32
from tests.algorithms.habits.cases import CHAINS


def lives(days: int, p: float, q: float) -> list[tuple[float, tuple[bool, ...]]]:
    """Every row of done and missed days with its chance."""
    found = []
    for life in product((True, False), repeat=days):
        chance = 1.0
        for before, done in pairwise((True, *life)):
            miss = p if before else q
            chance *= 1 - miss if done else miss
        found.append((chance, life))
    return found


SHORT = [row for row in CHAINS if row[0] <= 12]


@pytest.mark.parametrize(("days", "p", "q"), SHORT)
def test_closed_forms_are_all_lives_counted(days: int, p: float, q: float) -> None:
    every = lives(days, p, q)
    assert sum(chance for chance, _ in every) == pytest.approx(1)
    missed = sum(chance * life.count(False) for chance, life in every)
    assert rule.expected_missed(days, p, q) == pytest.approx(missed)
    for day in range(1, days + 1):
        assert rule.miss_chance(day, p, q) == pytest.approx(sum(c for c, life in every if not life[day - 1]))
    never = sum(c for c, life in every if not any(not a and not b for a, b in pairwise(life)))
    assert rule.never_twice(days, p, q) == pytest.approx(never)
    growth = sum(c * 1.01 ** life.count(True) * 0.98 ** life.count(False) for c, life in every)
    assert rule.expected_growth(days, p, q, 0.01, 0.98) == pytest.approx(growth)


@pytest.mark.parametrize(("p", "q"), [(0.2, 0.2), (0.2, 0.0), (0.3, 0.6)])
def test_simulated_lives_are_within_three_sigma(p: float, q: float) -> None:
    draw, runs, days = mulberry32(17), 4000, 60
    every = [rule.simulated(days, p, q, draw) for _ in range(runs)]
    counts = [life.count(False) for life in every]
    mean = sum(counts) / runs
    sigma = math.sqrt(sum((count - mean) ** 2 for count in counts)) / runs
    assert abs(mean - rule.expected_missed(days, p, q)) < 3 * sigma
    never = sum(not any(not a and not b for a, b in pairwise(life)) for life in every) / runs
    expected = rule.never_twice(days, p, q)
    assert abs(never - expected) <= 3 * math.sqrt(expected * (1 - expected) / runs) + 1e-12


def test_the_rule_kept_never_misses_twice_and_misses_less() -> None:
    told = habits.changed(365, 0.1)
    assert told["with"]["twice"] == 0
    assert told["with"]["until_twice"] is None
    assert told["without"]["twice"] > 0.9
    assert told["with"]["share"] == pytest.approx(0.1 / 1.1)
    assert told["with"]["missed"] < told["without"]["missed"] == pytest.approx(36.5)
    assert told["with"]["growth"] > told["without"]["growth"] == pytest.approx((0.9 * 1.01 + 0.1) ** 365)


def test_a_rule_always_broken_is_as_good_as_none() -> None:
    told = habits.changed(100, 0.3, slip=0.3)
    assert told["with"] == told["without"]


def test_days_until_two_in_a_row_by_the_tail() -> None:
    """The mean of a time is the sum of the chances that it has not come yet."""
    for p, q in ((0.3, 0.3), (0.2, 0.5)):
        told = habits.changed(10, p, slip=q)["with"]["until_twice"]
        assert told == pytest.approx(sum(rule.never_twice(days, p, q) for days in range(2000)), rel=1e-6)


def test_streaks_and_gaps_on_average() -> None:
    draw, p, q = mulberry32(3), 0.2, 0.4
    life = rule.simulated(200_000, p, q, draw)
    runs = 1 + sum(a != b for a, b in pairwise(life))
    told = habits.changed(10, p, slip=q)["with"]
    assert life.count(True) / (runs / 2) == pytest.approx(told["streak"], rel=0.03)
    assert life.count(False) / (runs / 2) == pytest.approx(told["gap"], rel=0.03)


def test_the_ends_of_chance() -> None:
    never = habits.changed(30, 0.0, slip=1.0)["with"]
    assert (never["missed"], never["share"], never["streak"], never["gap"]) == (0, 0, None, None)
    always = habits.changed(30, 1.0)
    assert always["without"]["missed"] == 30
    assert always["with"]["missed"] == 15
    with pytest.raises(ValueError, match="between 0 and 1"):
        habits.changed(30, 1.2)
