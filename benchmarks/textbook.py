"""A* as textbooks have it, with ties towards larger g: dictionaries, tuples, one heap. The rival of our search."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from math import inf, sqrt

Cell = tuple[int, int]
Rows = Sequence[Sequence[int]]  # 1 where one can stand

STRAIGHT = ((1, 0), (0, 1), (-1, 0), (0, -1))
DIAGONAL = ((1, 1), (-1, 1), (-1, -1), (1, -1))
ROOT = sqrt(2)


def astar(rows: Rows, start: Cell, goal: Cell, diagonal: bool) -> tuple[list[Cell], int]:
    """The cells of a shortest path, none if there is none, and how many were expanded. Diagonal moves cut no corner."""
    came_from: dict[Cell, Cell] = {}
    g: dict[Cell, float] = {start: 0}
    open_heap = [(estimate(start, goal, diagonal), 0.0, start)]
    closed: set[Cell] = set()
    while open_heap:
        _, _, cell = heappop(open_heap)
        if cell == goal:
            return path(came_from, goal), len(closed)
        if cell in closed:
            continue
        closed.add(cell)
        for neighbour, cost in neighbours(rows, cell, diagonal):
            new = g[cell] + cost
            if new < g.get(neighbour, inf):
                came_from[neighbour] = cell
                g[neighbour] = new
                heappush(open_heap, (new + estimate(neighbour, goal, diagonal), -new, neighbour))
    return [], len(closed)


def neighbours(rows: Rows, cell: Cell, diagonal: bool) -> Iterator[tuple[Cell, float]]:
    x, y = cell
    for dx, dy in STRAIGHT:
        if is_free(rows, x + dx, y + dy):
            yield (x + dx, y + dy), 1
    if diagonal:
        for dx, dy in DIAGONAL:
            if is_free(rows, x + dx, y + dy) and is_free(rows, x + dx, y) and is_free(rows, x, y + dy):
                yield (x + dx, y + dy), ROOT


def is_free(rows: Rows, x: int, y: int) -> bool:
    return 0 <= y < len(rows) and 0 <= x < len(rows[0]) and bool(rows[y][x])


def estimate(cell: Cell, goal: Cell, diagonal: bool) -> float:
    dx, dy = abs(cell[0] - goal[0]), abs(cell[1] - goal[1])
    return max(dx, dy) + (ROOT - 1) * min(dx, dy) if diagonal else dx + dy


def path(came_from: dict[Cell, Cell], goal: Cell) -> list[Cell]:
    cells = [goal]
    while cells[-1] in came_from:
        cells.append(came_from[cells[-1]])
    return cells[::-1]
