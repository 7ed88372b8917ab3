"""Which moves a map allows under the four rules for diagonals, and which of them are worth trying."""

from __future__ import annotations

from functools import lru_cache

from .grid import Grid
from .lanes import pack, unpack
from .lengths import Scale

# The order in which neighbours are opened: four straight ways, then diagonal 4 + i between the ways i and i + 1.
WAYS = ((1, 0), (0, 1), (-1, 0), (0, -1), (1, 1), (-1, 1), (-1, -1), (1, -1))
STRAIGHT, ALL = range(4), range(8)
START = 8  # the way by which nobody arrived
SHIFT = 8  # a way is kept as way << SHIFT, above the eight bits that say which moves are legal
ANYHOW = START << SHIFT

DIAGONALS = {
    "never": "Only up, down, left and right.",
    "no-corner-cutting": "Diagonally where both cells beside the move are free.",
    "one-free": "Diagonally where at least one of the two cells beside the move is free.",
    "always": "Diagonally, even between two walls.",
}

BAND = 1 << 15  # cells whose moves are found at once: few enough to stay near the processor
_IS_FREE = bytes([0] + [1] * 255)

Move = tuple[int, int, int]  # how far on the next cell is, what the move costs, way << SHIFT


def legal(grid: Grid, diagonal: str) -> bytes:
    """For every cell eight bits, bit w set if way w may be taken."""
    if diagonal not in grid.legal:
        rows = max(1, BAND // grid.stride)
        bands = (
            _legal(grid, top, min(top + rows, grid.height + 1), diagonal) for top in range(1, grid.height + 1, rows)
        )
        edge = bytes(grid.stride)
        grid.legal[diagonal] = b"".join((edge, *bands, edge))
    return grid.legal[diagonal]


def _legal(grid: Grid, top: int, below: int, diagonal: str) -> bytes:
    """The same for the rows from `top` to just above `below`, the border counted.

    These rows, with one more on either side, are one large integer with a byte a cell. Shifted by the distance to a
    neighbour it lays every cell's neighbour on the cell itself, so that one AND asks a question for all cells at once.
    """
    stride = grid.stride
    free = pack(grid.cells[(top - 1) * stride : (below + 1) * stride].translate(_IS_FREE), "B")

    def neighbour(way: int) -> int:
        bits = 8 * offset(way, stride)
        return free >> bits if bits > 0 else free << -bits

    beside = [neighbour(way) for way in STRAIGHT]
    moves = 0
    for way in STRAIGHT:
        moves |= beside[way] << way
        one, other = beside[way], beside[(way + 1) % 4]
        if diagonal == "no-corner-cutting":
            moves |= (neighbour(way + 4) & one & other) << way + 4
        elif diagonal == "one-free":
            moves |= (neighbour(way + 4) & (one | other)) << way + 4
        elif diagonal == "always":
            moves |= neighbour(way + 4) << way + 4
    return unpack(moves & free * 255, (below - top + 2) * stride, "B").tobytes()[stride:-stride]


def offset(way: int, stride: int) -> int:
    """How far on, in a map's flat run of cells, the neighbour in this way lies."""
    dx, dy = WAYS[way]
    return dy * stride + dx


class Ahead(dict[int, tuple[Move, ...]]):
    """The moves worth trying from a cell, by its legal moves and the way by which it was reached: ahead[legal | way].

    Left out are neighbours that the cell before reaches by itself and no dearer: it has offered them that already when
    it opened this one, so trying again would be in vain. Nothing else about a search changes.
    """

    def __init__(self, stride: int, diagonal: str, costs: Scale, uniform: bool) -> None:
        self.stride, self.diagonal, self.costs, self.uniform = stride, diagonal, costs, uniform

    def __missing__(self, key: int) -> tuple[Move, ...]:
        allowed, arrived = key & 255, key >> SHIFT
        ways = [way for way in ALL if allowed >> way & 1 and not self._offered(way, arrived, allowed)]
        self[key] = moves = tuple((offset(way, self.stride), self._cost(way), way << SHIFT) for way in ways)
        return moves

    def _cost(self, way: int) -> int:
        return self.costs.straight if way in STRAIGHT else self.costs.diagonal

    def _offered(self, way: int, arrived: int, allowed: int) -> bool:
        if arrived == START:
            return False
        dx, dy = (WAYS[way][axis] + WAYS[arrived][axis] for axis in (0, 1))  # seen from the cell before
        if abs(dx) + abs(dy) <= 1:
            return True
        if max(abs(dx), abs(dy)) > 1 or not self.uniform:  # one heavy cell can be dearer than two light ones
            return False
        if self.diagonal == "no-corner-cutting":
            back = WAYS.index((WAYS[way][0] - WAYS[arrived][0], WAYS[way][1] - WAYS[arrived][1]))
            return bool(allowed >> back & 1)  # the other cell beside that diagonal is free
        return self.diagonal != "never"


@lru_cache(maxsize=32)
def ahead(stride: int, diagonal: str, costs: Scale, uniform: bool) -> dict[int, tuple[Move, ...]]:
    moves = Ahead(stride, diagonal, costs, uniform)
    if diagonal != "never":
        return moves
    # These are few enough to have them all beforehand, and a dictionary without a fallback is read faster.
    return {
        way << SHIFT | allowed: moves[way << SHIFT | allowed] for way in (*STRAIGHT, START) for allowed in range(16)
    }
