"""Which of several cells with the same f is taken first.

A level is the list of open cells with one f. It is taken from the end. `arrange` puts it in order when its turn comes,
`place` adds a cell to a level that is in order.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable

from .grid import Grid

TIES = {
    "high-g": "The cell farthest from the start; of those, the one opened last.",
    "low-g": "The cell nearest to the start; of those, the one opened last.",
    "fifo": "The cell opened first.",
    "cross": "The cell nearest to the straight line from start to goal; of those, the one opened last.",
}

Arrange = Callable[[list[int]], None]
Place = Callable[[list[int], int], None]


def ordering(ties: str, g: list[int], grid: Grid, start: int, goal: int) -> tuple[Arrange, Place]:
    """How levels are arranged and added to; `g` is read as it changes."""
    if ties == "fifo":
        return list.reverse, lambda level, cell: level.insert(0, cell)
    if ties == "cross":
        return _by(lambda cell: -cross(grid, start, goal, cell))
    return _by(g.__getitem__ if ties == "high-g" else lambda cell: -g[cell])


def cross(grid: Grid, start: int, goal: int, cell: int) -> int:
    """How far a cell lies from the line between start and goal, times that line's length."""
    (sx, sy), (gx, gy), (x, y) = grid.place(start), grid.place(goal), grid.place(cell)
    return abs((x - gx) * (sy - gy) - (sx - gx) * (y - gy))


def _by(rank: Callable[[int], int]) -> tuple[Arrange, Place]:
    """The highest rank last; of the same rank, what was opened last, because sorting keeps the order among equals."""
    return lambda level: level.sort(key=rank), lambda level, cell: insort(level, cell, key=rank)
