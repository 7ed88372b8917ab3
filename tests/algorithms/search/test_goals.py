"""Several goals: the nearest is found, at what the cheapest of the searches for each alone finds."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.algorithms.search import ALGORITHMS, HEURISTICS, BadPlace, Place, search, solve
from app.algorithms.search.audit import overestimates, true_distances
from tests.algorithms.search.maps import Rows, places, questions, random_rows, untimed

ROWS = ["..........", ".@@@@@@@@.", ".........."]
ANGLES = 1e-9  # Theta*'s lengths are floating-point numbers


def nearest(rows: Rows, start: Place, goals: list[Place], diagonal: str) -> float | None:
    """What the nearest goal costs, by a search for each alone."""
    alone = (solve(rows, start, goal, algorithm="dijkstra", diagonal=diagonal).cost for goal in goals)
    return min((cost for cost in alone if cost is not None), default=None)


@untimed
@given(questions(), st.integers(1, 4), st.sampled_from([word for word, one in ALGORITHMS.items() if one.optimal]))
def test_the_nearest_goal_is_found_by_every_algorithm_that_finds_the_cheapest_path(
    question: tuple[Rows, Place, Place, str], more: int, algorithm: str
) -> None:
    rows, start, goal, diagonal = question
    goals = [goal, *Random(more).choices(places(rows), k=more)]
    found = solve(rows, start, goals, algorithm=algorithm, diagonal=diagonal)
    if found.complete:  # IDA* may give up
        assert found.cost == nearest(rows, start, goals, diagonal)
        assert not found.path or (found.path[0], found.path[-1] in goals) == (start, True)


@untimed
@given(questions(heaviest=9), st.sampled_from([word for word in HEURISTICS if word != "manhattan"]))
def test_the_least_of_admissible_estimates_is_admissible_where_cells_weigh_differently(
    question: tuple[Rows, Place, Place, str], heuristic: str
) -> None:
    rows, start, goal, diagonal = question
    goals = [goal, *Random(5).choices(places(rows), k=2)]
    found = solve(rows, start, goals, heuristic=heuristic, diagonal=diagonal)
    assert (found.cost, found.reopened) == (nearest(rows, start, goals, diagonal), 0)
    assert overestimates(rows, goals, heuristic=heuristic, diagonal=diagonal) == []
    assert true_distances(rows, goals, diagonal=diagonal)[start[1]][start[0]] == pytest.approx(found.cost, abs=1e-7)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_one_goal_in_a_list_is_the_search_for_that_goal_step_by_step(algorithm: str) -> None:
    rows = ROWS
    start, goal = places(rows)[0], places(rows)[-1]
    alone, listed, twice = (list(search(rows, start, aim, algorithm=algorithm)) for aim in (goal, [goal], [goal, goal]))
    assert alone == listed == twice
    assert len(alone) > 1


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_every_algorithm_stops_at_any_goal_and_the_order_of_the_goals_changes_no_cost(algorithm: str) -> None:
    for seed in range(30):
        rows = random_rows(Random(seed), 9, 9, 0.3)
        start, *goals = Random(seed).sample(places(rows), 4)
        found, turned = (solve(rows, start, aim, algorithm=algorithm) for aim in (goals, goals[::-1]))
        assert found.found == turned.found == (nearest(rows, start, goals, "no-corner-cutting") is not None)
        assert not found.found or found.path[-1] in goals
        if found.optimal:
            assert found.cost == turned.cost
        elif algorithm == "theta" and found.cost is not None:
            assert found.cost <= (nearest(rows, start, goals, "no-corner-cutting") or 0) + ANGLES


def test_standing_on_a_goal_costs_nothing() -> None:
    for algorithm in ALGORITHMS:
        found = solve(ROWS, (3, 0), [(9, 2), (3, 0)], algorithm=algorithm)
        assert (found.cost, found.path) == (0, [(3, 0)])


def test_dstar_mends_its_way_to_whatever_goal_is_nearest_once_the_map_has_changed() -> None:
    before = solve(ROWS, (4, 0), [(0, 2), (9, 2)], algorithm="dstar")
    after = solve(ROWS, (4, 0), [(0, 2), (9, 2)], algorithm="dstar", changes={(0, 1): 0})
    assert (before.path[-1], after.path[-1]) == ((0, 2), (9, 2))
    assert after.facts["repair"] > 0


def test_no_goal_and_a_goal_in_a_wall_are_refused_in_a_sentence() -> None:
    with pytest.raises(BadPlace, match="no goal"):
        solve(ROWS, (0, 0), [])
    with pytest.raises(BadPlace, match=r"goal \(3, 1\) is inside a wall"):
        solve(ROWS, (0, 0), [(9, 2), (3, 1)])
