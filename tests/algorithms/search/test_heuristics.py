"""Estimates as tables: what they say, that they never say too much, and what landmarks prove."""

from __future__ import annotations

from math import hypot, sqrt
from random import Random

import pytest
from hypothesis import given

from app.algorithms.search import HEURISTICS, BadNumber, Grid, Place
from app.algorithms.search.audit import inconsistencies, overestimates
from app.algorithms.search.distances import distances, from_any
from app.algorithms.search.ground import FAR, ground
from app.algorithms.search.heuristics import heuristic, times
from app.algorithms.search.landmarks import Landmarks, far_apart

from .maps import Rows, places, questions, random_rows, untimed

FORMULAS = {
    "manhattan": lambda dx, dy: dx + dy,
    "octile": lambda dx, dy: max(dx, dy) + (sqrt(2) - 1) * min(dx, dy),
    "euclidean": hypot,
    "chebyshev": max,
    "zero": lambda dx, dy: 0,
}


@untimed
@given(questions())
def test_a_table_says_what_its_formula_says(question: tuple[Rows, Place, Place, str]) -> None:
    rows, (gx, gy), _, diagonal = question
    grid = Grid.from_weights(rows)
    for word, formula in FORMULAS.items():
        chosen = heuristic(word, Landmarks())
        for whole in {False, chosen.whole}:
            ways = ground(grid, diagonal, whole=whole)
            table = chosen.table(ways, grid.at((gx, gy)))
            assert len(table) == len(grid.cells)
            for x in range(grid.width):
                for y in range(grid.height):
                    said = table[grid.at((x, y))] / ways.scale.straight
                    assert said == pytest.approx(formula(abs(x - gx), abs(y - gy)), abs=2e-5)


@untimed
@given(questions(heaviest=4))
def test_admissible_estimates_are_admissible_and_consistent(question: tuple[Rows, Place, Place, str]) -> None:
    rows, start, goal, diagonal = question
    for word in HEURISTICS:
        if word != "manhattan" or diagonal == "never":
            assert heuristic(word, Landmarks()).admissible(diagonal)
            for marks in ((), (start,)):
                assert overestimates(rows, goal, heuristic=word, diagonal=diagonal, landmarks=marks) == []
                assert inconsistencies(rows, goal, heuristic=word, diagonal=diagonal, landmarks=marks) == []


def test_estimates_of_the_way_from_a_cell_never_say_too_much_either() -> None:
    random = Random(5)
    for _ in range(30):
        rows = random_rows(random, 9, 9, 0.3, 9)
        grid, free = Grid.from_weights(rows), places(rows)
        ways = ground(grid, random.choice(["never", "always"]))
        start, mark = grid.at(random.choice(free)), grid.at(random.choice(free))
        true = distances(ways, start)
        for word in ("octile", "euclidean", "landmarks"):
            table = heuristic(word, Landmarks((mark,))).table(ways, start, from_target=True)
            assert all(table[cell] <= length for cell, length in enumerate(true))


def test_landmarks_know_the_way_past_themselves() -> None:
    """A landmark behind the start, as the goal sees it, knows the distance exactly."""
    grid = Grid.from_letters(["......", ".@@@@.", "......"])
    ways = ground(grid, "never")
    start, goal = grid.at((0, 1)), grid.at((5, 1))
    assert Landmarks((start,)).table(ways, goal)[start] == distances(ways, goal)[start]
    assert heuristic("manhattan", Landmarks()).table(ways, goal)[start] < distances(ways, goal)[start]


def test_landmarks_that_choose_themselves_lie_far_apart() -> None:
    ways = ground(Grid.from_letters(["." * 9] * 9), "never")
    chosen = far_apart(ways, ways.grid.at((4, 4)), 4)
    assert len(chosen) == 4
    assert all(distances(ways, one)[other] >= 8 for one in chosen for other in chosen if one != other)
    alone = ground(Grid.from_letters([".@.."]), "never")
    assert far_apart(alone, alone.grid.at((0, 0)), 4) == [alone.grid.at((0, 0))]


def test_a_landmark_that_cannot_be_reached_proves_nothing() -> None:
    ways = ground(Grid.from_letters([".@.."]), "never")
    assert not any(Landmarks((ways.grid.at((0, 0)),)).table(ways, ways.grid.at((3, 0))))


@untimed
@given(questions(heaviest=6))
def test_distances_towards_a_cell_are_those_from_everywhere(question: tuple[Rows, Place, Place, str]) -> None:
    rows, start, goal, diagonal = question
    ways = ground(Grid.from_weights(rows), diagonal)
    here, there = ways.grid.at(start), ways.grid.at(goal)
    assert distances(ways, there, towards=True)[here] == distances(ways, here)[there]
    both = from_any(ways, [here, there])
    assert both == [min(a, b) for a, b in zip(distances(ways, here), distances(ways, there), strict=True)]
    assert all(length == FAR for length, weight in zip(both, ways.grid.cells, strict=True) if not weight)


def test_a_weight_is_exact_and_rounds_down() -> None:
    assert list(times([0, 10, 99], 1.1)) == [0, 11, 108]
    assert list(times([10**15], 1.1)) == [11 * 10**14]


def test_a_formula_is_an_estimate() -> None:
    ways = ground(Grid.from_letters(["...."] * 4), "always")
    goal = ways.grid.at((3, 3))
    own = heuristic("max(dx, dy) + (sqrt(2) - 1) * min(dx, dy)", Landmarks())
    assert own.admissible("always") is None
    octile = heuristic("octile", Landmarks()).table(ways, goal)
    assert list(own.table(ways, goal)) == pytest.approx(list(octile), abs=1)
    doubled = heuristic("2 * octile", Landmarks()).table(ways, goal)
    assert list(doubled) == pytest.approx([2 * h for h in octile], abs=2)
    assert not any(heuristic("-manhattan - 1", Landmarks()).table(ways, goal))  # less than nothing is nothing


@pytest.mark.parametrize("text", ["1 / dx", "sqrt(dx - 100)", "1e300 * 1e300", "max()", "max(3)", "1e30"])
def test_a_formula_without_a_value_is_refused(text: str) -> None:
    ways = ground(Grid.from_letters(["...."]), "always")
    with pytest.raises(BadNumber, match="The formula"):
        heuristic(text + " + 0 * dx", Landmarks()).table(ways, ways.grid.at((0, 0)))
