"""The best-first family against a plain heap with exact lengths: cell by cell, in all orders for ties."""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush
from random import Random

import networkx
import pytest

from app.algorithms.search import DIAGONALS, TIES, Place, solve
from benchmarks.agreement import Length, Question, moves
from benchmarks.textbook import astar as textbook

from .maps import Rows, places, random_rows

ORDER = ((1, 0), (0, 1), (-1, 0), (0, -1), (1, 1), (-1, 1), (-1, -1), (1, -1))  # in which neighbours are opened

# Each order for ties as what comes after f in a heap of (…, −serial): its g, the cell, start and goal.
RANKS: dict[str, Callable[[Length, Place, Place, Place], tuple[object, ...]]] = {
    "high-g": lambda g, *_: (Length(-g.a, -g.b),),
    "low-g": lambda g, *_: (g,),
    "fifo": lambda *_: (),
    "cross": lambda g, cell, start, goal: (
        abs((cell[0] - goal[0]) * (start[1] - goal[1]) - (start[0] - goal[0]) * (cell[1] - goal[1])),
    ),
}


def octile(cell: Place, goal: Place) -> Length:
    dx, dy = abs(cell[0] - goal[0]), abs(cell[1] - goal[1])
    return Length(abs(dx - dy), min(dx, dy))


def expansions(question: Question, ties: str) -> list[Place]:
    """The cells that A* expands, by the book: one heap, nothing rounded."""
    g, closed, serial = {question.start: Length(0, 0)}, list[Place](), 0
    heap: list[tuple[object, ...]] = [
        (octile(question.start, question.goal), *_first(question, ties), 0, question.start)
    ]
    while heap:
        *_, cell = heappop(heap)
        assert isinstance(cell, tuple)
        if cell in closed:
            continue
        if cell == question.goal:
            break
        closed.append(cell)
        costs = dict(moves(question, cell))
        for dx, dy in ORDER:
            near = (cell[0] + dx, cell[1] + dy)
            if near in costs and (near not in g or g[cell] + costs[near] < g[near]):
                g[near] = g[cell] + costs[near]
                serial += 1
                rank = RANKS[ties](g[near], near, question.start, question.goal)
                heappush(
                    heap, (g[near] + octile(near, question.goal), *rank, serial if ties == "fifo" else -serial, near)
                )
    return closed


def _first(question: Question, ties: str) -> tuple[object, ...]:
    return RANKS[ties](Length(0, 0), question.start, question.start, question.goal)


@pytest.mark.parametrize("rule", DIAGONALS)
@pytest.mark.parametrize("ties", TIES)
@pytest.mark.parametrize("heaviest", [1, 4])
def test_the_same_cells_are_expanded_in_the_same_order(rule: str, ties: str, heaviest: int) -> None:
    random = Random(f"{rule} {ties} {heaviest}")
    for _ in range(15):
        rows = random_rows(random, random.randint(2, 12), random.randint(2, 12), 0.2, heaviest)
        rows[0][0] = 1
        question = Question(rows, random.choice(places(rows)), random.choice(places(rows)), rule)
        found = solve(rows, question.start, question.goal, diagonal=rule, ties=ties, steps=True)
        assert [step.cell for step in found.steps or ()] == expansions(question, ties)
        assert (found.expanded, found.reopened) == (len(found.steps or ()), 0)
        assert found.generated == 1 + sum(len(step.opened) for step in found.steps or ())


@pytest.mark.parametrize("diagonal", [False, True])
def test_the_benchmark_s_rival_is_as_good_and_expands_about_as_much(diagonal: bool) -> None:
    random = Random(3)
    for _ in range(30):
        rows = random_rows(random, 20, 20, 0.25)
        rows[0][0] = rows[19][19] = 1
        rule = "no-corner-cutting" if diagonal else "never"
        found = solve(rows, (0, 0), (19, 19), diagonal=rule, heuristic="octile" if diagonal else "manhattan")
        path, expanded = textbook(rows, (0, 0), (19, 19), diagonal)
        assert bool(path) == found.found
        assert abs(expanded - found.expanded) <= max(30, 0.3 * expanded)


@pytest.mark.parametrize("heaviest", [1, 9])
def test_networkx_finds_the_same_cost(heaviest: int) -> None:
    random = Random(4)
    for _ in range(40):
        rows = random_rows(random, 12, 12, 0.3, heaviest)
        rows[0][0] = rows[11][11] = 1
        rule = random.choice(list(DIAGONALS))
        graph = networkx.DiGraph()
        graph.add_nodes_from(places(rows))
        for place in places(rows):
            for near, cost in moves(Question(rows, (0, 0), (11, 11), rule), place):
                graph.add_edge(place, near, weight=float(cost))
        found = solve(rows, (0, 0), (11, 11), diagonal=rule)
        assert found.found == networkx.has_path(graph, (0, 0), (11, 11))
        if found.found:
            assert found.cost == pytest.approx(networkx.dijkstra_path_length(graph, (0, 0), (11, 11)))
            assert networkx.is_simple_path(graph, found.path)


@pytest.mark.parametrize("rule", DIAGONALS)
def test_dijkstra_expands_by_rising_cost_and_breadth_by_number_of_moves(rule: str) -> None:
    rows = random_rows(Random(8), 15, 15, 0.25, 5)
    rows[0][0] = rows[14][14] = 1
    by_cost = solve(rows, (0, 0), (14, 14), algorithm="dijkstra", diagonal=rule, steps=True).steps or []
    assert [step.g for step in by_cost] == sorted(step.g for step in by_cost)
    by_moves = solve(rows, (0, 0), (14, 14), algorithm="breadth", diagonal=rule, steps=True).steps or []
    assert [step.f for step in by_moves] == sorted(step.f for step in by_moves)
    depth = {(0, 0): 0}
    for step in by_moves:
        depth |= {opened.cell: depth[step.cell] + 1 for opened in step.opened}
        assert step.f == pytest.approx(depth[step.cell])


def test_greedy_search_opens_no_cell_twice_and_takes_the_least_estimate() -> None:
    rows = random_rows(Random(9), 20, 20, 0.3)
    rows[0][0] = rows[19][19] = 1
    steps = solve(rows, (0, 0), (19, 19), algorithm="greedy", steps=True).steps or []
    opened = [opened.cell for step in steps for opened in step.opened]
    assert len(opened) == len(set(opened))
    assert all(step.f == step.h for step in steps)
    open_now = {(0, 0): steps[0].h}
    for step in steps:
        assert step.h == min(open_now.values())
        del open_now[step.cell]
        open_now |= {opened.cell: opened.h for opened in step.opened}


@pytest.mark.parametrize("heaviest", [1, 9])
@pytest.mark.parametrize("weight", [1.0, 1.3, 2.0, 10.0])
def test_weighted_search_keeps_its_bound(weight: float, heaviest: int) -> None:
    random = Random(10)
    for _ in range(40):
        rows: Rows = random_rows(random, 14, 14, 0.3, heaviest)
        rows[0][0] = rows[13][13] = 1
        best = solve(rows, (0, 0), (13, 13), algorithm="dijkstra")
        found = solve(rows, (0, 0), (13, 13), algorithm="weighted", weight=weight)
        assert found.found == best.found
        assert found.bound == weight
        if best.cost is not None and found.cost is not None:
            assert best.cost - 1e-9 <= found.cost <= weight * best.cost + 1e-9


def test_a_cell_to_which_a_better_way_is_found_is_opened_again() -> None:
    random, reopened = Random(11), 0
    for _ in range(60):
        rows = random_rows(random, 14, 14, 0.3, 9)
        rows[0][0] = rows[13][13] = 1
        found = solve(rows, (0, 0), (13, 13), algorithm="weighted", weight=4, steps=True)
        cells = [step.cell for step in found.steps or ()]
        assert found.reopened == len(cells) - len(set(cells))
        reopened += found.reopened
    assert reopened
