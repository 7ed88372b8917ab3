"""Questions about random grids, answered in Python, as a script in a browser or in node is to answer them too."""

from __future__ import annotations

import random
from typing import Any

from app.algorithms.search import DIAGONALS, HEURISTICS, TIES, Grid, Place, Step, search
from app.demos.astar.gridmap import encode

FAMILY = ("astar", "dijkstra", "greedy", "weighted")
FORMULAS = ("1.5 * octile", "max(dx, dy) + 0.3 * min(dx, dy)", "-(dx - 2 * dy) / 3", "sqrt(dx * dx + dy * dy) * 1.1")


def cases(count: int, seed: int) -> list[dict[str, Any]]:
    """Questions with the cells that Python expands, in their order."""
    chance = random.Random(seed)
    return [_case(chance) for _ in range(count)]


def _case(chance: random.Random) -> dict[str, Any]:
    width, height, walls = chance.randint(2, 18), chance.randint(2, 18), chance.choice((0.1, 0.25, 0.4))
    free = chance.choice(([1], [1], [1, 1, 3, 9]))
    weights = [[0 if chance.random() < walls else chance.choice(free) for _ in range(width)] for _ in range(height)]
    start, *goals = ((chance.randrange(width), chance.randrange(height)) for _ in range(1 + chance.choice((1, 1, 3))))
    for x, y in (start, *goals):
        weights[y][x] = 1
    grid = Grid(width, height, [bytes(row) for row in weights])
    options = {
        "algorithm": chance.choice(FAMILY),
        "heuristic": chance.choice((*HEURISTICS, *FORMULAS)),
        "weight": chance.choice((1.0, 1.3, 2.5)),
        "diagonal": chance.choice(list(DIAGONALS)),
        "ties": chance.choice(list(TIES)),
        "landmarks": chance.choice(([], [start])),
    }
    return {
        "map": encode(grid),
        "start": start,
        "goal": goals if len(goals) > 1 else goals[0],
        **options,
        "expected": _expected(grid, start, goals, options),
    }


def _expected(grid: Grid, start: Place, goals: list[Place], options: dict[str, Any]) -> dict[str, Any]:
    steps: list[Step] = []
    run = search(grid, start, goals, **options)
    while True:
        try:
            steps.append(next(run))
        except StopIteration as end:
            solution = end.value
            break
    return {
        "found": solution.found,
        "cost": solution.cost,
        "path": solution.path,
        "generated": solution.generated,
        "reopened": solution.reopened,
        "bound": solution.bound,
        "order": [_cell(grid, step.cell) for step in steps],
        "steps": [_told(grid, step) | {"opened": [_told(grid, one) for one in step.opened]} for step in steps],
    }


def _told(grid: Grid, one: Any) -> dict[str, Any]:
    parent = -1 if one.parent is None else _cell(grid, one.parent)
    return {"cell": _cell(grid, one.cell), "g": one.g, "h": one.h, "f": one.f, "parent": parent}


def _cell(grid: Grid, place: Place) -> int:
    return place[1] * grid.width + place[0]
