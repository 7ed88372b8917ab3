"""What D* Lite knows of a map that changes: for every cell the way to the goal, as far as it was needed.

For every cell there is g, what the way to the goal was found to cost, and rhs, what it costs by the neighbours' g.
Where the two differ, the cell is open. A change of the map changes the rhs of the cells beside it; expanding open cells
in the order of A*, though seen from the goal, makes everything agree again that matters for the start.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from heapq import heappop, heappush
from typing import NamedTuple

from .grid import Place
from .ground import FAR
from .moves import WAYS, offset
from .problem import Problem

Key = tuple[int, int]
NEVER: Key = (4 * FAR, 0)


class Expansion(NamedTuple):
    cell: int
    key: Key  # f, and the lesser of g and rhs
    lost: bool  # whether the way that it knew is gone
    opened: list[int]
    dropped: list[int]  # cells that are no longer open, because they agree with their neighbours


class Replanner:
    def __init__(self, problem: Problem) -> None:
        self.ground, self.heuristic = problem.ground, problem.heuristic
        self.start, self.goals = problem.start, problem.goals
        self._known: dict[int, int] = {}  # g
        self._rhs = dict.fromkeys(self.goals, 0)
        self._open: dict[int, Key] = {}
        self._heap: list[tuple[Key, int]] = []  # with keys that open cells have no longer
        self._moved = 0  # by how much keys from before a move are too low; the paper's km
        self._opened: dict[int, None] = {}
        self._dropped: dict[int, None] = {}
        self.h = self.heuristic.table(self.ground, self.start, from_target=True)
        self.generated = 0
        for goal in self.goals:
            self._insert(goal)

    def plan(self) -> Iterator[Expansion]:
        """Expand cells until the way from the start is known."""
        while self._least() < self.key(self.start) or self.rhs(self.start) != self.g(self.start):
            key, cell = heappop(self._heap)
            del self._open[cell]
            if key < self.key(cell):
                self._insert(cell)
                continue
            lost = self._expand(cell)
            opened = [near for near in self._opened if near in self._open]
            yield Expansion(cell, key, lost, opened, [near for near in self._dropped if near not in self._open])
            self._opened, self._dropped = {}, {}

    def change(self, changes: Mapping[Place, int]) -> None:
        """Other weights at some places; 0 is a wall."""
        self.ground = replace(self.ground, grid=self.ground.grid.changed(changes))
        for changed in map(self.ground.grid.at, changes):
            self._update(changed)
            for way in range(len(WAYS)):
                self._update(changed + offset(way, self.ground.grid.stride))

    def move(self, place: Place) -> None:
        """Start from another place from now on."""
        start = self.ground.grid.cell(place, "start")
        self._moved += self.h[start]
        self.start, self.h = start, self.heuristic.table(self.ground, start, from_target=True)

    def path(self) -> list[int]:
        """From the start on and on to the neighbour by which the goal is nearest; empty if there is no way."""
        if self.g(self.start) == FAR:
            return []
        cells = [self.start]
        while cells[-1] not in self.goals:
            cells.append(self.onward(cells[-1]))
        return cells

    def onward(self, cell: int) -> int:
        """The neighbour by which the goal is nearest, as far as is known."""
        return min(self.ground.after(cell), key=lambda option: option[1] + self.g(option[0]))[0]

    def key(self, cell: int) -> Key:
        g = min(self.g(cell), self.rhs(cell))
        return g + self.h[cell] + self._moved, g

    def g(self, cell: int) -> int:
        return self._known.get(cell, FAR)

    def rhs(self, cell: int) -> int:
        return self._rhs.get(cell, FAR)

    def _expand(self, cell: int) -> bool:
        """Make a cell agree with its neighbours, or forget its way, which is gone: then True."""
        lost = self.g(cell) <= self.rhs(cell)
        self._known[cell] = FAR if lost else self.rhs(cell)
        self._update(cell)
        for near, _ in self.ground.before(cell):
            self._update(near)
        return lost

    def _update(self, cell: int) -> None:
        """Open a cell if its g is not what its neighbours say; drop it if it is."""
        if cell not in self.goals:
            known = (cost + self.g(near) for near, cost in self.ground.after(cell))
            self._rhs[cell] = min(min(known, default=FAR), FAR)
        if self.g(cell) != self.rhs(cell):
            self._insert(cell)
        elif self._open.pop(cell, None):
            self._dropped[cell] = None

    def _insert(self, cell: int) -> None:
        if self._open.get(cell) != self.key(cell):
            self._open[cell] = self.key(cell)
            self._opened[cell] = None
            self.generated += 1
            heappush(self._heap, (self.key(cell), cell))

    def _least(self) -> Key:
        while self._heap and self._open.get(self._heap[0][1]) != self._heap[0][0]:
            heappop(self._heap)
        return self._heap[0][0] if self._heap else NEVER
