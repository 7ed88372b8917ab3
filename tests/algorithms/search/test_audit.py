"""What an estimate is worth on a map, counted by hand and by another search."""

from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given

from app.algorithms.search import Place, solve
from app.algorithms.search.audit import estimates, inconsistencies, overestimates, true_distances, verdict
from benchmarks.agreement import Question, moves, shortest

from .maps import Rows, places, questions, untimed

ROOT = sqrt(2)


def test_manhattan_says_too_much_wherever_a_diagonal_move_helps() -> None:
    field, goal = ["...."] * 4, (0, 0)
    everywhere = [(x, y) for y in range(4) for x in range(4)]
    assert overestimates(field, goal, heuristic="manhattan", diagonal="always") == [
        (x, y) for x, y in everywhere if x and y
    ]
    assert overestimates(field, goal, heuristic="manhattan", diagonal="never") == []


def test_inconsistent_moves_are_those_over_which_the_estimate_falls_too_fast() -> None:
    row, goal = ["...."], (0, 0)
    assert inconsistencies(row, goal, heuristic="2 * dx") == [((1, 0), (0, 0)), ((2, 0), (1, 0)), ((3, 0), (2, 0))]
    assert inconsistencies(row, goal, heuristic="dx + 0 * dy") == []


@untimed
@given(questions(heaviest=3, longest=7))
def test_they_are_what_comparing_every_cell_and_move_finds(question: tuple[Rows, Place, Place, str]) -> None:
    rows, _, (gx, gy), diagonal = question
    said = {(x, y): 1.5 * (abs(x - gx) + abs(y - gy)) for x, y in places(rows)}
    true = {place: shortest(Question(rows, place, (gx, gy), diagonal)) for place in said}
    too_much = [place for place, length in true.items() if length is not None and said[place] > float(length) + 1e-5]
    assert overestimates(rows, (gx, gy), heuristic="1.5 * manhattan", diagonal=diagonal) == too_much
    too_fast = {
        (place, near)
        for place in said
        for near, cost in moves(Question(rows, place, (gx, gy), diagonal), place)
        if said[place] > float(cost) + said[near] + 1e-5
    }
    assert set(inconsistencies(rows, (gx, gy), heuristic="1.5 * manhattan", diagonal=diagonal)) == too_fast
    field = true_distances(rows, (gx, gy), diagonal=diagonal)
    for y, row in enumerate(rows):
        for x, weight in enumerate(row):
            length = true[x, y] if weight else None
            assert field[y][x] == (None if length is None else pytest.approx(float(length)))


def test_a_verdict_has_both_costs_and_what_was_spared() -> None:
    lure = ["......", ".9999.", "......"]
    lost = verdict(lure, (0, 1), (5, 1), heuristic="20 * octile")
    assert (lost.admissible, lost.consistent) == (False, False)
    assert lost.cost == 37
    assert lost.optimum == pytest.approx(3 + 2 * ROOT)
    assert lost.loss == pytest.approx(37 / (3 + 2 * ROOT))
    assert lost.expanded < lost.dijkstra
    right = verdict(lure, (0, 1), (5, 1), heuristic="octile")
    assert (right.admissible, right.consistent, right.loss, right.overestimates) == (True, True, 1, [])
    assert verdict([".@."], (0, 0), (2, 0)).loss is None
    assert verdict(["..."], (0, 0), (0, 0)).loss == 1


def test_the_fields_have_a_number_for_every_free_cell() -> None:
    assert estimates(["..@", "..."], (2, 1), heuristic="manhattan", diagonal="never") == [[3, 2, None], [2, 1, 0]]
    assert true_distances([".@."], (2, 0)) == [[None, None, 0]]


def test_a_heuristic_known_to_be_admissible_gives_a_bound() -> None:
    field = ["....."] * 5
    assert solve(field, (0, 0), (4, 3), heuristic="octile").optimal
    assert solve(field, (0, 0), (4, 3), heuristic="manhattan").bound is None
    assert solve(field, (0, 0), (4, 3), heuristic="manhattan", diagonal="never").optimal
    assert solve(field, (0, 0), (4, 3), heuristic="1 * octile").bound is None
    assert solve(field, (0, 0), (4, 3), algorithm="dijkstra", heuristic="9 * octile").optimal
    assert solve(field, (0, 0), (4, 3), algorithm="weighted", weight=1.5).bound == 1.5
    assert solve(field, (0, 0), (4, 3), algorithm="greedy").bound is None
    assert solve(field, (0, 0), (4, 3), algorithm="breadth", diagonal="never").optimal
    assert solve(field, (0, 0), (4, 3), algorithm="breadth").bound is None
    assert not solve([".@."], (0, 0), (2, 0)).optimal
