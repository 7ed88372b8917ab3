"""Bidirectional search: two trees, and when they may stop."""

from __future__ import annotations

from random import Random

import pytest

from app.algorithms.search import ALGORITHMS, solve

from .maps import random_rows


@pytest.mark.parametrize("heuristic", ["zero", "octile", "landmarks"])
def test_it_stops_only_when_nothing_cheaper_can_come(heuristic: str) -> None:
    """Stopping where the searches first meet would be wrong on some of these maps, and its path never is."""
    random, worse = Random(1), 0
    for _ in range(150):
        rows = random_rows(random, 14, 14, 0.25, random.choice((1, 9)))
        rows[0][0] = rows[13][13] = 1
        found = solve(rows, (0, 0), (13, 13), algorithm="bidirectional", heuristic=heuristic)
        best = solve(rows, (0, 0), (13, 13), algorithm="dijkstra")
        assert found.cost == pytest.approx(best.cost) if best.found else not found.found
        if found.cost is not None:
            assert found.facts["first_meeting"] >= found.cost - 1e-9
            worse += found.facts["first_meeting"] > found.cost + 1e-9
    assert worse


def test_without_an_estimate_both_sides_expand_by_rising_cost() -> None:
    rows = random_rows(Random(2), 20, 20, 0.25)
    rows[0][0] = rows[19][19] = 1
    steps = solve(rows, (0, 0), (19, 19), algorithm="bidirectional", heuristic="zero", steps=True).steps or []
    for side in (0, 1):
        costs = [step.g for step in steps if step.side == side]
        assert costs == sorted(costs)
        assert costs[0] == 0
    assert {step.side for step in steps} == {0, 1}
    assert steps[0].cell in ((0, 0), (19, 19))


def test_on_an_open_field_it_expands_less_than_dijkstra() -> None:
    field = ["." * 41] * 41
    both = solve(field, (10, 20), (30, 20), algorithm="bidirectional", heuristic="zero")
    one = solve(field, (10, 20), (30, 20), algorithm="dijkstra")
    assert both.expanded < 0.7 * one.expanded


@pytest.mark.parametrize("word", ALGORITHMS)
def test_start_and_goal_may_be_the_same(word: str) -> None:
    found = solve(["..", ".."], (1, 1), (1, 1), algorithm=word)
    assert (found.found, found.cost, found.path) == (True, 0, [(1, 1)])
