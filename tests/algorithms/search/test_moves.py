"""Which moves are legal, and that leaving out those already offered changes nothing."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given

from app.algorithms.search import DIAGONALS, Grid, Place, solve
from app.algorithms.search import moves as moves_module
from app.algorithms.search.ground import ground
from app.algorithms.search.moves import ALL, WAYS, Ahead, legal
from benchmarks.agreement import Question
from benchmarks.agreement import moves as moves_of

from .maps import Rows, places, questions, random_rows, untimed


@untimed
@given(questions())
def test_the_legal_moves_are_those_of_the_rule(question: tuple[Rows, Place, Place, str]) -> None:
    rows, start, goal, diagonal = question
    grid = Grid.from_weights(rows)
    bits = legal(grid, diagonal)
    for x, y in places(rows):
        found = {(x + WAYS[way][0], y + WAYS[way][1]) for way in ALL if bits[grid.at((x, y))] >> way & 1}
        assert found == {place for place, _ in moves_of(Question(rows, start, goal, diagonal), (x, y))}


def test_from_a_wall_and_from_outside_nothing_is_legal() -> None:
    rows = random_rows(Random(1), 20, 20, 0.5)
    grid = Grid.from_weights(rows)
    for rule in DIAGONALS:
        assert not any(bits for bits, weight in zip(legal(grid, rule), grid.cells, strict=True) if not weight)


def test_bands_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = random_rows(Random(2), 30, 50, 0.3)
    for rule in DIAGONALS:
        whole = legal(Grid.from_weights(rows), rule)
        with monkeypatch.context() as context:
            context.setattr(moves_module, "BAND", 100)
            assert legal(Grid.from_weights(rows), rule) == whole


@untimed
@given(questions(heaviest=5))
def test_moves_are_legal_both_ways_and_cost_what_is_entered(question: tuple[Rows, Place, Place, str]) -> None:
    rows, _, _, diagonal = question
    grid = Grid.from_weights(rows)
    ways = ground(grid, diagonal)
    for cell in map(grid.at, places(rows)):
        assert {(near, cell, cost) for near, cost in ways.before(cell)} == {
            (near, cell, there) for near, _ in ways.after(cell) for back, there in ways.after(near) if back == cell
        }


@pytest.mark.parametrize("rule", DIAGONALS)
@pytest.mark.parametrize("heaviest", [1, 9])
@pytest.mark.parametrize("algorithm", ["astar", "dijkstra", "weighted", "greedy", "breadth"])
def test_moves_left_out_change_no_step(
    rule: str, heaviest: int, algorithm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = Random(f"{rule} {heaviest}")
    for _ in range(15):
        rows = random_rows(random, random.randint(2, 14), random.randint(2, 14), 0.25, heaviest)
        free = places(rows) or [(0, 0)]
        rows[free[0][1]][free[0][0]] = 1
        start, goal = random.choice(free), random.choice(free)
        pruned = solve(rows, start, goal, algorithm=algorithm, diagonal=rule, weight=2, steps=True)
        with monkeypatch.context() as context:
            context.setattr(Ahead, "_offered", lambda *_: False)
            moves_module.ahead.cache_clear()
            full = solve(rows, start, goal, algorithm=algorithm, diagonal=rule, weight=2, steps=True)
        moves_module.ahead.cache_clear()
        assert pruned.steps == full.steps
        assert pruned.path == full.path
