"""Steps for the reader out of what a search of the best-first family knows in cells and whole units."""

from __future__ import annotations

from .grid import Place
from .heuristics import Table
from .moves import ANYHOW, SHIFT, offset
from .problem import Problem
from .step import Opened, Step


class Trace:
    """Collects the cells that are opened, and tells them when the cell that opened them has been expanded.

    What the way to a cell costs is added up here, because not every member of the family heeds it.
    """

    def __init__(self, problem: Problem, estimate: Table, came: list[int]) -> None:
        self._ground, self._estimate, self._came = problem.ground, estimate, came
        self._so_far = {problem.start: 0}
        self.opened: list[tuple[int, int]] = []  # cells and their f, since the last expansion

    def step(self, cell: int, f: int) -> Step:
        """The expansion of `cell`, which had this f."""
        place, opened = self._ground.grid.place(cell), []
        for near, its_f in self.opened:
            self._so_far[near] = self._so_far[cell] + self._ground.cost(cell, near)
            opened.append(Opened(self._ground.grid.place(near), *self._numbers(near, its_f), place))
        self.opened.clear()
        return Step(place, *self._numbers(cell, f), self._parent(cell), tuple(opened))

    def _numbers(self, cell: int, f: int) -> tuple[float, float, float]:
        scale = self._ground.scale
        return scale.length(self._so_far[cell]), self._estimate[cell] / scale.straight, f / scale.straight

    def _parent(self, cell: int) -> Place | None:
        way = self._came[cell]
        if way == ANYHOW:
            return None
        return self._ground.grid.place(cell - offset(way >> SHIFT, self._ground.grid.stride))
