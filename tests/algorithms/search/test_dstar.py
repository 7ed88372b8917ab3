"""D* Lite: after every change the path is the cheapest, as a fresh Dijkstra finds it."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest

from app.algorithms.search import DIAGONALS, BadPlace, Grid, NotHere, solve, state
from app.algorithms.search.distances import distances
from app.algorithms.search.ground import FAR, ground
from app.algorithms.search.problem import Problem, problem
from app.algorithms.search.replanner import Replanner

from .maps import Rows, places, random_rows


def asked(rows: Rows, rule: str, heaviest: int) -> Problem:
    """From corner to corner, on a scale for weights up to `heaviest`."""
    size = len(rows) - 1
    return problem(rows, (0, 0), (size, size), {"diagonal": rule, "changes": {(1, 1): heaviest}})


def expand(replanner: Replanner) -> int:
    return sum(1 for _ in replanner.plan())


@pytest.mark.parametrize("rule", DIAGONALS)
@pytest.mark.parametrize("heaviest", [1, 6])
def test_after_each_change_the_path_is_the_cheapest(rule: str, heaviest: int) -> None:
    random = Random(f"{rule} {heaviest}")
    for _ in range(8):
        rows = random_rows(random, 10, 10, 0.25, heaviest)
        rows[0][0] = rows[9][9] = 1
        replanner = Replanner(asked(rows, rule, heaviest))
        for _ in range(10):
            expand(replanner)
            assert_cheapest(replanner)
            changed = random.sample([(x, y) for x in range(10) for y in range(10) if (x, y) not in ((0, 0), (9, 9))], 3)
            replanner.change({place: random.choice((0, 0, random.randint(1, heaviest))) for place in changed})


@pytest.mark.parametrize("rule", DIAGONALS)
def test_it_follows_a_start_that_moves_while_the_map_changes(rule: str) -> None:
    random = Random(rule)
    for _ in range(10):
        rows = random_rows(random, 10, 10, 0.2)
        rows[0][0] = rows[9][9] = 1
        replanner = Replanner(asked(rows, rule, 1))
        for _ in range(8):
            expand(replanner)
            assert_cheapest(replanner)
            free = places([list(row) for row in replanner.ground.grid.rows()])
            path = replanner.ground.grid.route(replanner.path())
            here = path[1] if len(path) > 1 else random.choice(free)
            replanner.move(here)
            wall = random.choice(free)
            if wall not in (here, (9, 9)):
                replanner.change({wall: 0})


def assert_cheapest(replanner: Replanner) -> None:
    ways, path = replanner.ground, replanner.path()
    best = distances(ways, replanner.start)[replanner.goals[0]]
    assert (best == FAR) == (not path)
    if path:
        assert ways.cost_of(path) == best == replanner.g(replanner.start)
        assert (path[0], path[-1]) == (replanner.start, replanner.goals[0])
        assert all(there in dict(ways.after(here)) for here, there in pairwise(path))


def test_a_small_change_far_from_the_goal_costs_less_than_a_fresh_search() -> None:
    random, repaired, fresh = Random(3), 0.0, 0.0
    for _ in range(20):
        rows = random_rows(random, 20, 20, 0.2)
        rows[0][0] = rows[19][19] = 1
        path = solve(rows, (0, 0), (19, 19)).path
        if not path:
            continue
        found = solve(rows, (0, 0), (19, 19), algorithm="dstar", changes={path[3]: 0})
        assert found.expanded == found.facts["first"] + found.facts["repair"]
        repaired, fresh = repaired + found.facts["repair"], fresh + found.facts["fresh"]
    assert repaired < 0.5 * fresh


def test_solve_tells_of_the_map_as_it_is_after_the_change() -> None:
    rows = [[1, 1, 1], [1, 0, 1], [1, 1, 1]]
    before, after = solve(rows, (0, 1), (2, 1), algorithm="dstar"), [[1, 1, 1], [1, 3, 1], [1, 1, 1]]
    changed = solve(rows, (0, 1), (2, 1), algorithm="dstar", changes={(1, 1): 3}, diagonal="never")
    assert before.facts == {}
    assert changed.cost == solve(after, (0, 1), (2, 1), diagonal="never").cost == 4
    opened = solve(rows, (0, 1), (2, 1), algorithm="dstar", changes={(1, 1): 1})
    assert (opened.cost, opened.path) == (2, [(0, 1), (1, 1), (2, 1)])
    closed = solve([[1, 1, 1]], (0, 0), (2, 0), algorithm="dstar", changes={(1, 0): 0}, steps=True)
    assert (closed.found, closed.cost) == (False, None)
    assert any(step.lost for step in closed.steps or ())


def test_steps_tell_which_belong_to_the_repair() -> None:
    found = solve(["....."] * 5, (0, 2), (4, 2), algorithm="dstar", changes={(2, 2): 0}, steps=True)
    steps = found.steps or []
    repairs = [step.repair for step in steps]
    assert repairs == sorted(repairs)
    assert (repairs.count(0), repairs.count(1)) == (found.facts["first"], found.facts["repair"])
    assert {step.side for step in steps} == {1}
    ways = ground(Grid.from_letters(["....."] * 2 + ["..@.."] + ["....."] * 2), "no-corner-cutting")
    true = distances(ways, ways.grid.at((4, 2)), towards=True)
    known = state(steps).sides[1]
    for place in set(found.path) & known.closed:
        assert known.expanded[place].g == pytest.approx(ways.scale.length(true[ways.grid.at(place)]))


@pytest.mark.parametrize("place", [(0, 0), (2, 0)])
def test_no_wall_may_be_put_on_start_or_goal(place: tuple[int, int]) -> None:
    with pytest.raises(BadPlace, match="inside a wall"):
        solve(["..."], (0, 0), (2, 0), algorithm="dstar", changes={place: 0})


def test_landmarks_of_a_map_that_changes_are_refused() -> None:
    with pytest.raises(NotHere, match="cannot use landmarks"):
        solve(["..."], (0, 0), (2, 0), algorithm="dstar", heuristic="landmarks", changes={(1, 0): 2})
