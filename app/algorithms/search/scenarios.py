"""Scenarios for a map: made with their optimal lengths, and run."""

from collections.abc import Iterable, Iterator
from random import Random
from typing import Unpack

from .distances import distances
from .errors import BadMap
from .grid import Grid
from .ground import FAR, ground
from .movingai import Scenario
from .options import Options
from .solution import Solution
from .solver import solve

BUCKET = 4  # how many cells longer the paths of the next bucket are
RULE = "no-corner-cutting"  # the rule for diagonals that the format's lengths assume


def scenarios(grid: Grid, name: str, count: int, seed: int) -> list[Scenario]:
    """Starts and goals at random with a path between them, by rising length. Raises BadMap where nobody can stand."""
    ways, free, random = ground(grid, RULE), list(grid.places()), Random(seed)
    if not free:
        raise BadMap("The map has no free cell.")
    made = []
    for _ in range(count):
        start = random.choice(free)
        far = distances(ways, grid.at(start))
        goal = random.choice([place for place in free if far[grid.at(place)] < FAR])
        length = ways.scale.length(far[grid.at(goal)])
        made.append(Scenario(int(length / BUCKET), name, grid.width, grid.height, start, goal, length))
    return sorted(made, key=lambda scenario: scenario.length)


def run(grid: Grid, asked: Iterable[Scenario], **options: Unpack[Options]) -> Iterator[tuple[Scenario, Solution]]:
    """Each scenario with what a search finds, by the rule for diagonals that the format's lengths assume.

    Raises BadMap where a scenario was made for a map of another size.
    """
    options["diagonal"] = RULE
    for scenario in asked:
        if (scenario.width, scenario.height) != (grid.width, grid.height):
            raise BadMap(
                f"A scenario is for a map of {scenario.width} × {scenario.height} cells, this one has "
                f"{grid.width} × {grid.height}."
            )
        yield scenario, solve(grid, scenario.start, scenario.goal, **options)
