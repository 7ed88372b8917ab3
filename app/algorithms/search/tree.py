"""The ways found so far from one cell, or from any of several, as a tree: what each costs, from which cell it comes."""

from __future__ import annotations

from collections.abc import Iterable

from .grid import Place
from .ground import FAR, Ground
from .step import Opened, Step


class Tree:
    def __init__(self, ground: Ground, *roots: int) -> None:
        self.ground = ground
        self.g: dict[int, int] = dict.fromkeys(roots, 0)
        self.parent: dict[int, int] = {}

    def cost(self, cell: int) -> int:
        return self.g.get(cell, FAR)

    def hang(self, cell: int, parent: int, g: int) -> None:
        self.g[cell], self.parent[cell] = g, parent

    def path(self, cell: int) -> list[int]:
        """From the root to a cell of the tree, as far as the tree has its cells."""
        cells = [cell]
        while (cell := self.parent.get(cell, -1)) >= 0:
            cells.append(cell)
        return cells[::-1]

    def opened(self, cell: int, h: float, f: float) -> Opened:
        return Opened(self.ground.grid.place(cell), *self._numbers(cell, h, f), self._parent(cell))

    def step(self, cell: int, h: float, f: float, opened: Iterable[Opened], side: int = 0) -> Step:
        place = self.ground.grid.place(cell)
        return Step(place, *self._numbers(cell, h, f), self._parent(cell), tuple(opened), side)

    def _numbers(self, cell: int, h: float, f: float) -> tuple[float, float, float]:
        scale = self.ground.scale
        return scale.length(self.g[cell]), h / scale.straight, f / scale.straight

    def _parent(self, cell: int) -> Place | None:
        return self.ground.grid.place(self.parent[cell]) if cell in self.parent else None
