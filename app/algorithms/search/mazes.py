"""Makers of maps: five of mazes, one of caves, and those of `terrain`. The same seed makes the same map.

Mazes have cells at even places and walls or passages between them, so that there is exactly one way between any two.
How a maker chooses shows in its mazes: the backtracker makes long corridors, Prim many short dead ends, recursive
division long walls; Wilson makes every maze with the same probability. (Buck, Mazes for Programmers, 2015.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from .errors import BadNumber, BadWord
from .grid import FREE, WALL, Grid, Place
from .terrain import hills, rooms

Rows = list[list[int]]
LONGEST = 1025
STEPS = ((1, 0), (0, 1), (-1, 0), (0, -1))


def make(maker: str, width: int, height: int, seed: int) -> Grid:
    """A map by a word of MAKERS. A maze is one cell smaller where a side is even. Raises SearchError."""
    if maker not in MAKERS:
        raise BadWord("maker of mazes", maker, MAKERS)
    if not (3 <= width <= LONGEST and 3 <= height <= LONGEST):
        raise BadNumber(f"A map of {width} × {height} cells cannot be made. Each side may have 3 to {LONGEST}.")
    return Grid.from_weights(MAKERS[maker](width, height, Random(seed)))


def recursive_division(width: int, height: int, random: Random) -> Rows:
    """An open room is divided by a wall with one door, and so is each part."""
    rows = [[FREE] * (width - 1 + width % 2) for _ in range(height - 1 + height % 2)]
    parts = [(0, 0, len(rows[0]), len(rows))]  # left, top, width, height
    while parts:
        x, y, across, down = parts.pop()
        if across < 3 or down < 3:
            continue
        if down > across or (down == across and random.random() < 0.5):
            wall, door = y + 1 + 2 * random.randrange(down // 2), x + 2 * random.randrange(across // 2 + 1)
            rows[wall][x : x + across] = [WALL] * across
            rows[wall][door] = FREE
            parts += [(x, y, across, wall - y), (x, wall + 1, across, y + down - wall - 1)]
        else:
            wall, door = x + 1 + 2 * random.randrange(across // 2), y + 2 * random.randrange(down // 2 + 1)
            for line in range(y, y + down):
                rows[line][wall] = WALL
            rows[door][wall] = FREE
            parts += [(x, y, wall - x, down), (wall + 1, y, x + across - wall - 1, down)]
    return rows


def backtracker(width: int, height: int, random: Random) -> Rows:
    """On and on to a neighbour not yet visited; back where there is none."""
    rows = _walls(width, height)
    trail = [(0, 0)]
    rows[0][0] = FREE
    while trail:
        here = trail[-1]
        closed = [there for there in _neighbours(rows, here) if not rows[there[1]][there[0]]]
        if closed:
            trail.append(_carve(rows, here, random.choice(closed)))
        else:
            trail.pop()
    return rows


def prim(width: int, height: int, random: Random) -> Rows:
    """Any wall at the edge of what is open is opened, if a closed cell lies behind it."""
    rows = _walls(width, height)
    rows[0][0] = FREE
    edge = [((0, 0), there) for there in _neighbours(rows, (0, 0))]
    while edge:
        pick = random.randrange(len(edge))
        edge[pick], edge[-1] = edge[-1], edge[pick]
        here, there = edge.pop()
        if not rows[there[1]][there[0]]:
            _carve(rows, here, there)
            edge += [(there, beyond) for beyond in _neighbours(rows, there)]
    return rows


def kruskal(width: int, height: int, random: Random) -> Rows:
    """The walls in any order; each is opened if its two sides are not connected yet."""
    rows = _walls(width, height)
    leader = {cell: cell for cell in _cells(rows)}

    def find(cell: Place) -> Place:
        while leader[cell] != cell:
            leader[cell] = cell = leader[leader[cell]]
        return cell

    walls = [(cell, there) for cell in _cells(rows) for there in _neighbours(rows, cell) if there > cell]
    random.shuffle(walls)
    for here, there in walls:
        if find(here) != find(there):
            leader[find(here)] = find(there)
            rows[here[1]][here[0]] = FREE
            _carve(rows, here, there)
    return rows


def wilson(width: int, height: int, random: Random) -> Rows:
    """Random walks from closed cells to the maze, with every loop cut off, become part of it."""
    rows = _walls(width, height)
    closed = list(_cells(rows))
    random.shuffle(closed)
    first = closed.pop()
    rows[first[1]][first[0]] = FREE
    for start in closed:
        onward: dict[Place, Place] = {}
        here = start
        while not rows[here[1]][here[0]]:
            onward[here] = random.choice(_neighbours(rows, here))
            here = onward[here]  # a cell met again gets another way on, and so its loop is cut off
        end, here = here, start
        while here != end:
            rows[here[1]][here[0]] = FREE
            here = _carve(rows, here, onward[here])
    return rows


def caves(width: int, height: int, random: Random) -> Rows:
    """Noise, smoothed five times: a cell becomes what most of the nine cells around it are."""
    rows = [[FREE if random.random() < 0.57 else WALL for _ in range(width)] for _ in range(height)]
    for _ in range(5):
        rows = [[_majority(rows, x, y) for x in range(width)] for y in range(height)]
    return rows


def _majority(rows: Rows, x: int, y: int) -> int:
    near = [row[max(0, x - 1) : x + 2] for row in rows[max(0, y - 1) : y + 2]]
    return FREE if sum(map(sum, near)) >= 5 else WALL


def _walls(width: int, height: int) -> Rows:
    return [[WALL] * (width - 1 + width % 2) for _ in range(height - 1 + height % 2)]


def _cells(rows: Rows) -> Iterator[Place]:
    return ((x, y) for y in range(0, len(rows), 2) for x in range(0, len(rows[0]), 2))


def _neighbours(rows: Rows, cell: Place) -> list[Place]:
    x, y = cell
    around = [(x + 2 * dx, y + 2 * dy) for dx, dy in STEPS]
    return [(to_x, to_y) for to_x, to_y in around if 0 <= to_x < len(rows[0]) and 0 <= to_y < len(rows)]


def _carve(rows: Rows, here: Place, there: Place) -> Place:
    """Open the way to a neighbouring cell, and that cell."""
    rows[(here[1] + there[1]) // 2][(here[0] + there[0]) // 2] = FREE
    rows[there[1]][there[0]] = FREE
    return there


MAKERS: dict[str, Callable[[int, int, Random], Rows]] = {
    "recursive-division": recursive_division,
    "backtracker": backtracker,
    "prim": prim,
    "kruskal": kruskal,
    "wilson": wilson,
    "caves": caves,
    "rooms": rooms,
    "hills": hills,
}
