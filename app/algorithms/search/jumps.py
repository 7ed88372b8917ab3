"""Which neighbours jump point search follows from a cell, by the walls around it and the way by which it was reached.

A neighbour n of x, reached from p, is left out where the 3 × 3 cells around x hold another way from p to n that is
shorter, or as short and preferred. Preferred are ways that go diagonally first, and where nobody moves diagonally those
that go up or down first. Any shortest path can be changed, three cells at a time, into one that is left out nowhere.
The rules of the four kinds of diagonals, with their forced neighbours, all follow from this definition.

(Harabor and Grastien, Online Graph Pruning for Pathfinding on Grid Maps, 2011; The JPS Pathfinding System, 2012.)
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from .lengths import ROOT
from .moves import ALL, WAYS

Offset = tuple[int, int]  # columns and rows from the cell in the middle
HERE = (0, 0)
OPEN = 255  # no wall around


@cache
def followed(free: int, arrived: int, diagonal: str) -> tuple[int, ...]:
    """The ways to go on, straight on first; `free` has a bit for each of the eight neighbours without a wall."""
    cells = {HERE} | {WAYS[way] for way in ALL if free >> way & 1}
    before = (-WAYS[arrived][0], -WAYS[arrived][1])
    cells.add(before)
    ways = [way for way in ALL if WAYS[way] != before and _moves(HERE, WAYS[way], cells, diagonal)]
    kept = [way for way in ways if not _dominated(before, WAYS[way], cells, diagonal)]
    return tuple(sorted(kept, key=lambda way: way != arrived))


@cache
def branches(free: int, arrived: int, diagonal: str) -> tuple[int, ...] | None:
    """The ways that branch off a line without a wall's doing; None where a wall forces another one.

    Where nothing is forced, the line goes on and only its branches have to be looked into.
    """
    ways = followed(free, arrived, diagonal)
    natural = followed(OPEN, arrived, diagonal)
    return tuple(way for way in ways if way != arrived) if set(ways) <= set(natural) else None


def _dominated(before: Offset, neighbour: Offset, cells: set[Offset], diagonal: str) -> bool:
    if _adjacent(before, neighbour) and _moves(before, neighbour, cells, diagonal):
        return True
    through = _rank([before, HERE, neighbour], diagonal)
    return any(
        _rank([before, cell, neighbour], diagonal) < through
        for cell in cells - {HERE, before, neighbour}
        if _adjacent(before, cell) and _adjacent(cell, neighbour)
        if _moves(before, cell, cells, diagonal) and _moves(cell, neighbour, cells, diagonal)
    )


def _rank(path: list[Offset], diagonal: str) -> tuple[float, list[bool]]:
    """Length, then how early the preferred moves come."""
    moves = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(path)]
    late = [dx != 0 if diagonal == "never" else not (dx and dy) for dx, dy in moves]
    return sum(ROOT if dx and dy else 1 for dx, dy in moves), late


def _adjacent(a: Offset, b: Offset) -> bool:
    return max(abs(a[0] - b[0]), abs(a[1] - b[1])) == 1


def _moves(a: Offset, b: Offset, cells: set[Offset], diagonal: str) -> bool:
    """Whether one may move from one free cell to an adjacent one."""
    if b not in cells:
        return False
    if a[0] == b[0] or a[1] == b[1]:
        return True
    beside = ((a[0], b[1]) in cells) + ((b[0], a[1]) in cells)
    return beside >= {"never": 3, "no-corner-cutting": 2, "one-free": 1, "always": 0}[diagonal]
