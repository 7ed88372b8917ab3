"""A map on which one moves by a rule, with what each move costs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from .grid import Grid
from .lengths import UNIT, Scale, scale
from .moves import ANYHOW, Move, ahead, legal

FAR = 1 << 62  # farther than anything that can be reached


@dataclass(frozen=True)
class Ground:
    grid: Grid
    diagonal: str
    scale: Scale

    @cached_property
    def legal(self) -> bytes:
        return legal(self.grid, self.diagonal)

    @property
    def weights(self) -> bytes | None:
        """What it costs to enter each cell, or nothing where all cost one."""
        return None if self.grid.uniform else self.grid.cells

    @cached_property
    def ahead(self) -> dict[int, tuple[Move, ...]]:
        return ahead(self.grid.stride, self.diagonal, self.scale, self.grid.uniform)

    def after(self, cell: int) -> list[tuple[int, int]]:
        """Every neighbour that can be entered from a cell, with what entering it costs."""
        weights = self.grid.cells
        return [(cell + step, cost * weights[cell + step]) for step, cost, _ in self.ahead[self.legal[cell] | ANYHOW]]

    def before(self, cell: int) -> list[tuple[int, int]]:
        """Every neighbour from which a cell can be entered, with what that costs: what is legal is so both ways."""
        weight = self.grid.cells[cell]
        return [(cell + step, cost * weight) for step, cost, _ in self.ahead[self.legal[cell] | ANYHOW]]

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
