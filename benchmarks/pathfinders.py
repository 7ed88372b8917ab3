"""Ours, the textbook's and three packages behind one call: a map in, a search from start to goal out.

What each `prepare` does lies outside the times, because a user does it once for many searches.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import dist
from typing import Any

from app.algorithms.search import Options, Place, solve
from benchmarks import textbook

ROOT = textbook.ROOT
Search = Callable[[Place, Place], float]  # from start to goal; the length of the path


@dataclass(frozen=True)
class Map:
    rows: list[list[int]]  # 1 where one can stand
    diagonal: bool  # whether one may move diagonally, without cutting corners


@dataclass(frozen=True)
class Pathfinder:
    name: str
    prepare: Callable[[Map], Search | None]  # None where it would solve another problem
    package: str = ""  # that has to be installed
    slow: bool = False

    @property
    def installed(self) -> bool:
        return not self.package or importlib.util.find_spec(self.package) is not None


def ours(map: Map) -> Search:
    lines = ["".join(".@"[not free] for free in row) for row in map.rows]
    return lambda start, goal: solve(lines, start, goal, **options(map.diagonal)).cost or 0.0


def options(diagonal: bool) -> Options:
    if diagonal:
        return {"diagonal": "no-corner-cutting", "heuristic": "octile"}
    return {"diagonal": "never", "heuristic": "manhattan"}


def the_textbook(map: Map) -> Search:
    return lambda start, goal: length(textbook.astar(map.rows, start, goal, map.diagonal)[0])


def pathfinding(map: Map) -> Search:
    """Its Grid holds the state of one search: a user makes one for each, so here it is made inside."""
    grids, finders, movement = (
        importlib.import_module(f"pathfinding.{name}")
        for name in ("core.grid", "finder.a_star", "core.diagonal_movement")
    )
    rule = movement.DiagonalMovement
    finder = finders.AStarFinder(diagonal_movement=rule.only_when_no_obstacle if map.diagonal else rule.never)

    def search(start: Place, goal: Place) -> float:
        grid = grids.Grid(matrix=map.rows)
        path, _ = finder.find_path(grid.node(*start), grid.node(*goal), grid)
        return length([(node.x, node.y) for node in path])

    return search


def networkx(map: Map) -> Search:
    graphs = importlib.import_module("networkx")
    graph = graphs.Graph()
    for y, row in enumerate(map.rows):
        for x, free in enumerate(row):
            if free:
                near = textbook.neighbours(map.rows, (x, y), map.diagonal)
                graph.add_weighted_edges_from(((x, y), there, cost) for there, cost in near if there > (x, y))

    def estimate(here: Place, goal: Place) -> float:
        return textbook.estimate(here, goal, map.diagonal)

    return lambda start, goal: length(graphs.astar_path(graph, start, goal, estimate))


def pyastar2d(map: Map) -> Search | None:
    """It takes a diagonal move to cost one, so it is a rival on four neighbours only."""
    if map.diagonal:
        return None
    numpy, package = importlib.import_module("numpy"), importlib.import_module("pyastar2d")
    weights: Any = numpy.where(numpy.array(map.rows) > 0, 1, numpy.inf).astype(numpy.float32)
    return lambda start, goal: len(package.astar_path(weights, start[::-1], goal[::-1])) - 1.0


def length(path: list[Place]) -> float:
    return sum(dist(here, there) for here, there in pairwise(path))


PATHFINDERS = (
    Pathfinder("ours", ours),
    Pathfinder("textbook", the_textbook),
    Pathfinder("pathfinding", pathfinding, package="pathfinding", slow=True),
    Pathfinder("networkx", networkx, package="networkx", slow=True),
    Pathfinder("pyastar2d", pyastar2d, package="pyastar2d"),
)
