"""Maps and scenarios in the formats of Nathan Sturtevant's benchmarks for grids.

A map starts with four lines, “type octile”, “height H”, “width W” and “map”, and has a letter a cell from there on.
Of the letters, `.` and `G` are passable, `S` is swamp, `W` water, `T` trees, `@` and `O` outside the map. The format
lets one enter swamp from land and water from water only; here, as in the lengths of the published scenarios, `S` is
passable like land, and `W` is not. A digit 1 to 9 is an addition of ours: a cell with that weight.

A scenario is a line of nine fields: bucket, map, its width and height, start x and y, goal x and y, optimal length.
Lengths count √2 for a diagonal, which may not cut a corner; a bucket holds lengths from 4 × bucket up to the next.
(https://movingai.com/benchmarks/formats.html; Sturtevant, Benchmarks for Grid-Based Pathfinding, 2012.)
"""

from collections.abc import Iterable
from dataclasses import dataclass

from .errors import BadMap
from .grid import Grid, Place

LETTER_OF = {0: "@", 1: "."} | {weight: str(weight) for weight in range(2, 10)}


@dataclass(frozen=True)
class Scenario:
    bucket: int
    map: str  # the file's name
    width: int
    height: int
    start: Place
    goal: Place
    length: float


def is_map(text: str) -> bool:
    return text.lstrip().startswith("type")


def read_map(text: str) -> Grid:
    """Raises BadMap."""
    lines = text.strip("\n").splitlines()
    header = [line.split() for line in lines[:4]]
    words = [line[0] if line else "" for line in header]
    if words != ["type", "height", "width", "map"] or not all(line[1:] and line[1].isdigit() for line in header[1:3]):
        raise BadMap("The map's first four lines must be “type octile”, “height H”, “width W” and “map”.")
    height, width = int(header[1][1]), int(header[2][1])
    grid = Grid.from_letters([line.rstrip() for line in lines[4:]])
    if (grid.width, grid.height) != (width, height):
        raise BadMap(f"The map says it is {width} × {height} cells, but {grid.width} × {grid.height} follow.")
    return grid


def write_map(grid: Grid) -> str:
    """Raises BadMap where a weight has no letter."""
    if grid.heaviest > max(LETTER_OF):
        raise BadMap(f"The map has a weight of {grid.heaviest}. The format holds weights up to {max(LETTER_OF)}.")
    rows = ["".join(map(LETTER_OF.__getitem__, row)) for row in grid.rows()]
    return "\n".join(["type octile", f"height {grid.height}", f"width {grid.width}", "map", *rows]) + "\n"


def read_scenarios(text: str) -> list[Scenario]:
    """Raises BadMap with the line that is wrong."""
    lines = text.strip().splitlines()
    if not lines or lines[0].split()[:1] != ["version"]:
        raise BadMap("The first line of a file of scenarios must be “version 1”.")
    return [_scenario(number, line) for number, line in enumerate(lines[1:], start=2) if line.strip()]


def write_scenarios(scenarios: Iterable[Scenario]) -> str:
    lines = [
        "\t".join(map(str, (s.bucket, s.map, s.width, s.height, *s.start, *s.goal, f"{s.length:.8f}")))
        for s in scenarios
    ]
    return "\n".join(["version 1", *lines]) + "\n"


def _scenario(number: int, line: str) -> Scenario:
    fields = line.split("\t") if "\t" in line else line.split()
    try:
        bucket, name, *numbers, length = fields
        width, height, sx, sy, gx, gy = map(int, numbers)
        return Scenario(int(bucket), name, width, height, (sx, sy), (gx, gy), float(length))
    except ValueError:
        raise BadMap(
            f"Line {number} of the scenarios is not bucket, map, width, height, start x and y, goal x and y, length."
        ) from None
