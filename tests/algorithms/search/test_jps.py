"""Jump point search: what it follows, and that it finds what A* finds."""

from __future__ import annotations

from random import Random

import pytest

from app.algorithms.search import DIAGONALS, NotHere, solve
from app.algorithms.search.jumps import OPEN, branches, followed
from app.algorithms.search.moves import ALL, WAYS

from .maps import places, random_rows

EAST, SOUTH, WEST, NORTH, SOUTHEAST, SOUTHWEST, NORTHWEST, NORTHEAST = ALL


def without(*walls: int) -> int:
    return OPEN & ~sum(1 << wall for wall in walls)


@pytest.mark.parametrize("rule", DIAGONALS)
def test_without_walls_a_straight_line_goes_straight_on(rule: str) -> None:
    assert followed(OPEN, EAST, rule) == (EAST,)
    aside = {EAST, WEST} if rule == "never" else set()
    assert set(followed(OPEN, SOUTH, rule)) == {SOUTH} | aside  # with “never”, up and down comes first, then the turn


@pytest.mark.parametrize("rule", [rule for rule in DIAGONALS if rule != "never"])
def test_without_walls_a_diagonal_goes_on_and_branches_both_ways(rule: str) -> None:
    assert followed(OPEN, SOUTHEAST, rule) == (SOUTHEAST, EAST, SOUTH)
    assert branches(OPEN, SOUTHEAST, rule) == (EAST, SOUTH)


def test_forced_neighbours_are_those_of_the_papers() -> None:
    """Harabor and Grastien 2011, figure 2: a wall beside x. Without corner cutting, 2012: a wall behind that place."""
    assert set(followed(without(NORTH), EAST, "always")) == {EAST, NORTHEAST}
    assert set(followed(without(WEST), SOUTHEAST, "always")) == {SOUTHEAST, EAST, SOUTH, SOUTHWEST}
    assert set(followed(without(NORTHWEST), EAST, "no-corner-cutting")) == {EAST, NORTH, NORTHEAST}
    assert followed(without(NORTH), EAST, "no-corner-cutting") == (EAST,)
    assert set(followed(without(NORTHWEST), EAST, "never")) == {EAST, NORTH}
    assert branches(without(NORTH), EAST, "always") is None


@pytest.mark.parametrize("rule", DIAGONALS)
def test_turned_and_mirrored_walls_give_turned_and_mirrored_ways(rule: str) -> None:
    turn = [ALL.index(WAYS.index((-dy, dx))) for dx, dy in WAYS]
    mirror = [WAYS.index((-dx, dy)) for dx, dy in WAYS]  # left and right: “never” prefers up and down
    random = Random(rule)
    for _ in range(100):
        free, arrived = random.randrange(256), random.choice(ALL if rule != "never" else ALL[:4])
        for change in (mirror,) if rule == "never" else (turn, mirror):
            changed = sum(1 << change[way] for way in ALL if free >> way & 1)
            assert {change[way] for way in followed(free, arrived, rule)} == set(
                followed(changed, change[arrived], rule)
            )


@pytest.mark.parametrize("rule", DIAGONALS)
def test_it_finds_the_cost_that_a_star_finds(rule: str) -> None:
    random = Random(rule)
    for _ in range(150):
        rows = random_rows(random, random.randint(1, 24), random.randint(1, 24), random.choice((0.1, 0.25, 0.4)))
        rows[0][0] = 1
        start, goal = random.choice(places(rows)), random.choice(places(rows))
        jumped = solve(rows, start, goal, algorithm="jps", diagonal=rule)
        assert jumped.cost == solve(rows, start, goal, diagonal=rule).cost
        assert all(
            max(abs(a - c), abs(b - d)) == 1 for (a, b), (c, d) in zip(jumped.path, jumped.path[1:], strict=False)
        )


def test_on_an_open_field_it_opens_next_to_nothing_and_looks_at_much() -> None:
    field = ["." * 60] * 40
    jumped, walked = (solve(field, (2, 3), (50, 30), algorithm=word, steps=True) for word in ("jps", "dijkstra"))
    assert jumped.cost == walked.cost
    assert jumped.expanded <= 2 < walked.expanded
    assert jumped.facts["scanned"] > 100
    assert [opened.cell for step in jumped.steps or () for opened in step.opened] == [(29, 30), (50, 30)]


def test_weights_are_refused_with_a_sentence() -> None:
    with pytest.raises(NotHere, match="Jump point search needs a map whose free cells all cost one"):
        solve(["12"], (0, 0), (1, 0), algorithm="jps")
