"""What the bench's HTML is told beside its inputs: the answer, a drawing of it, and the map as a code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.algorithms.search import DIAGONALS, HEURISTICS, SearchError, search
from app.demos.astar.answer import answer
from app.demos.astar.drawing import drawn
from app.demos.astar.gridmap import encode, grid_of
from app.demos.astar.question import question
from app.demos.astar.ready import PUZZLES, TITLES
from app.demos.base import Demo
from app.demos.form import texts
from app.errors import InvalidInput

MOST_DRAWN = 30_000  # cells of a map whose search is drawn by the server
OFTEN = 2  # expansions a cell that are looked at; IDA* has many more, and draws the same


def about(demo: Demo, values: Mapping[str, Any]) -> dict[str, Any]:
    """`now` is the answer to `values`, or to none where they are refused."""
    given = {name: value for name, value in values.items() if value is not None}
    try:
        inputs = demo.parse(texts(given, demo))
        now = answer(inputs)
    except InvalidInput:
        inputs = demo.parse({})
        now = answer(inputs)
    asked = question(inputs)
    grid = asked.grid.changed(asked.options["changes"]) if asked.options["changes"] else asked.grid
    return {
        "now": now,
        "drawn": drawn(grid, now, _expanded(inputs)),
        "code": encode(grid_of(inputs.map)),
        "puzzles": [[puzzle.word, puzzle.title] for puzzle in PUZZLES.values()],
        "makers": list(TITLES.items()),
        "heuristics": HEURISTICS,
        "rules": DIAGONALS,
    }


def _expanded(inputs: Any) -> list[tuple[int, int]]:
    """The expanded cells in their order, each once, of a map that is small enough."""
    asked = question(inputs)
    cells = asked.grid.width * asked.grid.height
    if cells > MOST_DRAWN:
        return []
    try:
        steps = search(asked.grid, asked.start, asked.goals, **asked.options)
        return list(dict.fromkeys(step.cell for step, _ in zip(steps, range(OFTEN * cells), strict=False)))
    except SearchError:
        return []
