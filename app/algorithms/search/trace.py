"""Steps for the reader out of what a search of the best-first family knows in cells and whole units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .grid import Place
from .ground import FAR
from .moves import ANYHOW, SHIFT, offset
from .problem import Problem
from .step import Opened, Step

if TYPE_CHECKING:
    from .best_first import Front, Order


class Trace:
    """Finds what an expansion has changed by looking at the neighbours again, so that the search itself need not tell.

    What the way to a cell costs is added up here, because not every member of the family heeds it.
    """

    def __init__(self, problem: Problem, order: Order, front: Front) -> None:
        self._ground, self._order, self._front = problem.ground, order, front
        self._seen = {problem.start: 0}  # the g of every cell as it was last told
        self._so_far = {problem.start: 0}

    def step(self, cell: int, f: int) -> Step:
        """The expansion of `cell`, which had this f and has just been expanded."""
        place, opened = self._ground.grid.place(cell), []
        for near, cost in self._ground.after(cell):
            g = self._front.g[near]
            if g != self._seen.get(near, FAR):
                self._seen[near], self._so_far[near] = g, self._so_far[cell] + cost
                opened.append(
                    Opened(self._ground.grid.place(near), *self._numbers(near, g + self._order.h[near]), place)
                )
        return Step(place, *self._numbers(cell, f), self._parent(cell), tuple(opened))

    def _numbers(self, cell: int, f: int) -> tuple[float, float, float]:
        scale = self._ground.scale
        return scale.length(self._so_far[cell]), self._order.estimate[cell] / scale.straight, f / scale.straight

    def _parent(self, cell: int) -> Place | None:
        way = self._front.came[cell]
        if way == ANYHOW:
            return None
        return self._ground.grid.place(cell - offset(way >> SHIFT, self._ground.grid.stride))
