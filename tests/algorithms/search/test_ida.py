"""IDA*: the same cost as A* where it comes to an end, and a word where it does not."""

from __future__ import annotations

from random import Random

import pytest

from app.algorithms.search import DIAGONALS, solve

from .maps import places, random_rows


@pytest.mark.parametrize("rule", DIAGONALS)
@pytest.mark.parametrize("heaviest", [1, 5])
def test_it_finds_the_cost_that_a_star_finds(rule: str, heaviest: int) -> None:
    random, ended = Random(f"{rule} {heaviest}"), 0
    for _ in range(60):
        rows = random_rows(random, random.randint(1, 5), random.randint(1, 5), 0.25, heaviest)
        rows[0][0] = 1
        start, goal = random.choice(places(rows)), random.choice(places(rows))
        found = solve(rows, start, goal, algorithm="ida", diagonal=rule, budget=20_000)
        if found.complete:
            ended += 1
            assert found.cost == solve(rows, start, goal, diagonal=rule).cost
            assert len(set(found.path)) == len(found.path)
    assert ended > 50


def test_every_round_goes_farther_and_forgets_the_one_before() -> None:
    steps = solve(["....", ".@@.", "...."], (0, 1), (3, 1), algorithm="ida", heuristic="zero", steps=True).steps or []
    rounds = [[step for step in steps if step.round == number] for number in range(steps[-1].round + 1)]
    deepest = [max(step.f for step in steps) for steps in rounds]
    assert deepest[:-1] == sorted(set(deepest[:-1]))  # the last round ends when it has come to the goal
    assert all(steps[0].cell == (0, 1) and steps[0].g == 0 for steps in rounds)


def test_it_gives_up_after_its_budget_and_says_so() -> None:
    walled = ["........"] * 6 + ["@@@@@@@@", "........"]
    found = solve(walled, (0, 0), (7, 7), algorithm="ida", budget=500)
    assert (found.found, found.complete, found.expanded) == (False, False, 500)
    small = solve([".@."], (0, 0), (2, 0), algorithm="ida", budget=500)
    assert (small.found, small.complete) == (False, True)


def test_its_budget_is_at_least_one_cell() -> None:
    with pytest.raises(ValueError, match=r"The budget is 0 cells\. It is at least 1"):
        solve(["..."], (0, 0), (2, 0), algorithm="ida", budget=0)
