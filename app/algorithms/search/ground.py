"""A map on which one moves by a rule, with what each move costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .grid import Grid
from .lengths import UNIT, Scale, scale
from .moves import ANYHOW, Move, ahead, legal

FAR = 1 << 62  # farther than anything that can be reached


@dataclass(frozen=True)
class Ground:
    grid: Grid
    diagonal: str
    scale: Scale

    @property
    def legal(self) -> bytes:
        return legal(self.grid, self.diagonal)

    @property
    def weights(self) -> bytes | None:
        """What it costs to enter each cell, or nothing where all cost one."""
        return None if self.grid.uniform else self.grid.cells

    @property
    def ahead(self) -> dict[int, tuple[Move, ...]]:
        return ahead(self.grid.stride, self.diagonal, self.scale, self.grid.uniform)

    def after(self, cell: int) -> Iterator[tuple[int, int]]:
        """Every neighbour that can be entered from a cell, with what entering it costs."""
        for step, cost, _ in self.ahead[self.legal[cell] | ANYHOW]:
            yield cell + step, cost * self.grid.cells[cell + step]

    def before(self, cell: int) -> Iterator[tuple[int, int]]:
        """Every neighbour from which a cell can be entered, with what that costs: what is legal is so both ways."""
        for step, cost, _ in self.ahead[self.legal[cell] | ANYHOW]:
            yield cell + step, cost * self.grid.cells[cell]

    def cost(self, here: int, there: int) -> int:
        """What entering the neighbour `there` costs."""
        straight = abs(here - there) in (1, self.grid.stride)
        return (self.scale.straight if straight else self.scale.diagonal) * self.grid.cells[there]

    def cost_of(self, path: list[int]) -> int:
        return sum(map(self.cost, path, path[1:]))


def ground(grid: Grid, diagonal: str, *, heaviest: int = 0, whole: bool = False) -> Ground:
    """`whole` says that all that is compared is a whole number of cells, `heaviest` which weight may yet come."""
    if diagonal == "never" and whole:
        return Ground(grid, diagonal, UNIT)
    return Ground(grid, diagonal, scale(len(grid.cells) * max(heaviest, grid.heaviest)))
