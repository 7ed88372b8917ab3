"""Theta*: paths at any angle, over free ground only, never longer than the grid's."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import dist
from random import Random

import pytest
from hypothesis import given

from app.algorithms.search import DIAGONALS, Grid, NotHere, Place, solve
from app.algorithms.search.ground import ground
from app.algorithms.search.sight import sees

from .maps import Rows, questions, random_rows, untimed


def crossed(here: Place, there: Place) -> set[Place]:
    """The cells whose inside the straight line between two middles crosses, by exact intersection."""
    (x0, y0), (x1, y1) = here, there
    found = set()
    for x in range(min(x0, x1), max(x0, x1) + 1):
        for y in range(min(y0, y1), max(y0, y1) + 1):
            low, high = Fraction(0), Fraction(1)
            for start, end, at in ((x0, x1, x), (y0, y1, y)):
                if start == end:
                    continue
                one, other = (Fraction(2 * at + side - 2 * start, 2 * (end - start)) for side in (-1, 1))
                low, high = max(low, min(one, other)), min(high, max(one, other))
            if low < high or here == there:
                found.add((x, y))
    return found


@untimed
@given(questions(longest=9))
def test_a_line_of_sight_crosses_no_wall(question: tuple[Rows, Place, Place, str]) -> None:
    rows, start, goal, _ = question
    grid = Grid.from_weights(rows)
    clear = all(rows[y][x] for x, y in crossed(start, goal))
    assert sees(grid, grid.at(start), grid.at(goal), "always") == clear


@untimed
@given(questions(longest=9))
def test_sight_goes_both_ways_and_along_every_legal_move(question: tuple[Rows, Place, Place, str]) -> None:
    rows, start, goal, diagonal = question
    grid = Grid.from_weights(rows)
    here, there = grid.at(start), grid.at(goal)
    assert sees(grid, here, there, diagonal) == sees(grid, there, here, diagonal)
    assert not sees(grid, here, there, diagonal) or sees(grid, here, there, "always")
    ways = ground(grid, diagonal)
    assert all(sees(grid, here, near, diagonal) for near, _ in ways.after(here))


@pytest.mark.parametrize(
    ("map", "seen"),
    [
        ([".@", "@."], {"always"}),
        ([".@", ".."], {"always", "one-free"}),
        (["..", ".."], {"always", "one-free", "no-corner-cutting", "never"}),
    ],
)
def test_a_line_through_a_corner_is_held_to_the_rule(map: list[str], seen: set[str]) -> None:
    grid = Grid.from_letters(map)
    assert {rule for rule in DIAGONALS if sees(grid, grid.at((0, 0)), grid.at((1, 1)), rule)} == seen


@pytest.mark.parametrize("rule", DIAGONALS)
@pytest.mark.parametrize("heuristic", ["euclidean", "octile", "zero"])
def test_paths_are_no_longer_than_the_grid_s_and_every_leg_is_seen(rule: str, heuristic: str) -> None:
    random, shorter = Random(f"{rule} {heuristic}"), 0
    for _ in range(40):
        rows = random_rows(random, 16, 16, random.choice((0.1, 0.3)))
        rows[0][0] = rows[15][15] = 1
        angled = solve(rows, (0, 0), (15, 15), algorithm="theta", diagonal=rule, heuristic=heuristic)
        straight = solve(rows, (0, 0), (15, 15), diagonal=rule)
        assert angled.found == straight.found
        if angled.cost is None or straight.cost is None:
            continue
        grid = Grid.from_weights(rows)
        assert angled.cost <= straight.cost + 1e-9
        assert angled.cost == pytest.approx(sum(dist(a, b) for a, b in pairwise(angled.path)))
        assert all(sees(grid, grid.at(a), grid.at(b), rule) for a, b in pairwise(angled.path))
        shorter += angled.cost < straight.cost - 1e-9
    assert shorter


def test_across_an_open_field_it_goes_in_one_line() -> None:
    found = solve(["." * 30] * 20, (1, 2), (27, 15), algorithm="theta", heuristic="euclidean")
    assert found.path == [(1, 2), (27, 15)]
    assert found.cost == pytest.approx(dist((1, 2), (27, 15)))


def test_weights_are_refused_with_a_sentence() -> None:
    with pytest.raises(NotHere, match=r"Theta\* needs a map whose free cells all cost one"):
        solve(["12"], (0, 0), (1, 0), algorithm="theta")
