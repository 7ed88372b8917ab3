"""What is asked of a search, out of the bench's inputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.algorithms.search import DEFAULTS, Grid, Options, Place, SearchError
from app.demos.astar.gridmap import grid_of
from app.demos.astar.place import cell_of, cells_of, changes_of
from app.demos.astar.ready import known, ready
from app.errors import InvalidInput

BUDGET = 50_000  # expansions of IDA*, about half a second
MOST_MENDED, MOST_MARKED = 160 * 160, 256 * 256  # cells that D* Lite and landmarks manage in some seconds


@dataclass(frozen=True)
class Question:
    grid: Grid
    start: Place
    goals: tuple[Place, ...]  # the nearest is wanted
    options: Options


def question(inputs: Any) -> Question:
    """Raises InvalidInput where start or a goal lies in a wall or outside the map."""
    grid = grid_of(inputs.map)
    _manages(grid, inputs.algorithm, inputs.heuristic)
    options: Options = {
        "algorithm": inputs.algorithm,
        "heuristic": inputs.heuristic,
        "weight": inputs.weight,
        "diagonal": inputs.diagonal,
        "ties": inputs.ties,
        "landmarks": cells_of(inputs.landmarks),
        "changes": changes_of(inputs.changes) if inputs.algorithm == "dstar" else {},
        "budget": BUDGET,
    }
    own = ends(inputs.map, grid)
    start = cell_of(inputs.start) if inputs.start else own[0]
    goals = tuple(dict.fromkeys(cells_of(inputs.goal))) or own[1:]
    _stands(grid.changed(options["changes"]) if _on_map(options, grid) else grid, start=[start], goal=goals)
    return Question(grid, start, goals, options)


def ends(name: str, grid: Grid) -> tuple[Place, Place]:
    """Where a search goes from and to if nobody says: a ready map's own, or the first and the last free cell."""
    if known(name):
        return ready(name)[1]
    free = [cell for cell, weight in enumerate(grid.cells) if weight]
    if not free:
        raise InvalidInput({"map": "The map is all walls. Leave a cell free to start from."})
    return grid.place(free[0]), grid.place(free[-1])


def cheapest(asked: Question) -> Options:
    """The options of a search for the cheapest path on the same ground."""
    options: Options = {"diagonal": asked.options["diagonal"], "heuristic": "octile"}
    return DEFAULTS | options


def _manages(grid: Grid, algorithm: str, heuristic: str) -> None:
    cells = grid.width * grid.height
    if algorithm == "dstar" and cells > MOST_MENDED:
        said = (
            f"D* Lite takes too long on so large a map: here it has {MOST_MENDED:,} cells at most, 160 × 160. Use A*."
        )
        raise InvalidInput({"algorithm": said})
    if heuristic == "landmarks" and cells > MOST_MARKED:
        said = f"Landmarks take too long on so large a map: here it has {MOST_MARKED:,} cells at most. Choose octile."
        raise InvalidInput({"heuristic": said})


def _stands(grid: Grid, **places: Sequence[Place]) -> None:
    problems = {}
    for name, several in places.items():
        try:
            for place in several:
                grid.cell(place, name)
        except SearchError as wrong:
            problems[name] = str(wrong)
    if problems:
        raise InvalidInput(problems)


def _on_map(options: Options, grid: Grid) -> bool:
    """Whether there are changes and all lie on the map. Raises InvalidInput where one does not."""
    for x, y in options["changes"]:
        if not (x < grid.width and y < grid.height):
            raise InvalidInput({"changes": f"Changes: ({x}, {y}) lies outside the map."})
    return bool(options["changes"])
