"""A map, a path and the cells that were looked at as paths of SVG, a unit a cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from app.algorithms.search import Grid, Place

MOST_NUMBERS = 1200  # weights written into the cells of a map, where they can still be read


def drawn(grid: Grid, answer: dict[str, Any], expanded: Sequence[Place]) -> dict[str, Any]:
    """Attributes of the drawing. The expanded cells come in four shades, the earliest first."""
    quarter = max(1, -(-len(expanded) // 4))
    heavy = [place for place in grid.places() if grid.weight(place) > 1]
    return {
        "width": grid.width,
        "height": grid.height,
        "walls": _runs(grid, 0),
        "heavy": [(weight, _runs(grid, weight)) for weight in sorted({grid.weight(place) for place in heavy})],
        "numbers": [(x, y, grid.weight((x, y))) for x, y in heavy] if len(heavy) <= MOST_NUMBERS else [],
        "shades": [squares(expanded[at : at + quarter]) for at in range(0, len(expanded), quarter)],
        "path": line(answer["path"]),
        "start": answer["start"],
        "goals": answer["goals"],
    }


def line(path: Iterable[Sequence[int]]) -> str:
    """Through the middles of cells."""
    middles = [f"{x + 0.5:g} {y + 0.5:g}" for x, y in path]
    return f"M{'L'.join(middles)}" if middles else ""


def squares(places: Iterable[Place]) -> str:
    return "".join(f"M{x} {y}h1v1h-1z" for x, y in places)


def _runs(grid: Grid, weight: int) -> str:
    """Cells of one weight, a rectangle for each run in a row."""
    parts = []
    for y, row in enumerate(grid.rows()):
        x = 0
        while x < len(row):
            end = x
            while end < len(row) and row[end] == weight:
                end += 1
            if end > x:
                parts.append(f"M{x} {y}h{end - x}v1H{x}z")
            x = max(end, x + 1)
    return "".join(parts)
