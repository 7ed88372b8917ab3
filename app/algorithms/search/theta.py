"""Theta*: A* at any angle. The parent of a neighbour is the cell's own parent, wherever that sees the neighbour.

Its paths are at most as long as the shortest path on the grid, and mostly but not always the shortest there are at any
angle. For the first to hold, a cell to which a shorter way is found is opened again, even if it had been expanded.
All cells must cost the same. Lengths are not of the form a + b√2 here, so they are floating-point numbers.

(Nash, Daniel, Koenig and Felner, Theta*: Any-Angle Path Planning on Grids, 2007.)
"""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import pairwise
from math import dist

from .problem import Problem
from .sight import sees
from .step import Opened, Outcome, Run, Step

LESS = 1e-9  # by which a way must be shorter to count as shorter


class Angles:
    """The ways found so far, each to a cell from one that sees it."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.grid = problem, problem.grid
        self.parent, self.g = {problem.start: problem.start}, {problem.start: 0.0}
        self.heap: list[tuple[float, float, int, int]] = []
        self.opened = 0
        self.open(problem.start)

    def h(self, cell: int) -> float:
        return self.problem.h[cell] / self.problem.ground.scale.straight

    def length(self, here: int, there: int) -> float:
        return dist(self.grid.place(here), self.grid.place(there))

    def open(self, cell: int) -> None:
        heappush(self.heap, (self.g[cell] + self.h(cell), -self.g[cell], -self.opened, cell))
        self.opened += 1

    def improve(self, near: int, cell: int) -> bool:
        """Whether the way over `cell`, or past it, is the best so far to its neighbour."""
        parent = self.parent[cell]
        if not sees(self.grid, parent, near, self.problem.ground.diagonal):
            parent = cell
        g = self.g[parent] + self.length(parent, near)
        if near in self.g and g > self.g[near] - LESS:
            return False
        self.g[near], self.parent[near] = g, parent
        return True

    def path(self, cell: int) -> list[int]:
        cells = [cell]
        while cells[-1] != self.problem.start:
            cells.append(self.parent[cells[-1]])
        return cells[::-1]

    def numbers(self, cell: int) -> tuple[float, float, float]:
        return self.g[cell], self.h(cell), self.g[cell] + self.h(cell)


def theta(problem: Problem, watch: bool) -> Run:
    angles, place, expanded, path = Angles(problem), problem.grid.place, list[int](), list[int]()
    while angles.heap:
        _, minus_g, _, cell = heappop(angles.heap)
        if -minus_g > angles.g[cell]:
            continue
        if cell in problem.goals:
            path = angles.path(cell)
            break
        expanded.append(cell)
        better = [near for near, _ in problem.ground.after(cell) if angles.improve(near, cell)]
        for near in better:
            angles.open(near)
        if watch:
            opened = (Opened(place(near), *angles.numbers(near), place(angles.parent[near])) for near in better)
            parent = place(angles.parent[cell]) if cell != problem.start else None
            yield Step(place(cell), *angles.numbers(cell), parent, tuple(opened))
    return Outcome(
        path=path,
        cost=sum(angles.length(here, there) for here, there in pairwise(path)) if path else None,
        expanded=len(expanded),
        generated=angles.opened,
        reopened=len(expanded) - len(set(expanded)),
    )
