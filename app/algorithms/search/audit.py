"""What an estimate is worth on one map: where it says too much, where it falls too fast, and what that costs.

An estimate is admissible if it never says more than the cheapest path from there costs, and consistent if it never
falls by more than a move costs. The first makes A* find the cheapest path, the second makes it expand no cell twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Unpack

from .distances import from_any
from .grid import Goal, Place, places
from .ground import FAR
from .options import Options
from .problem import Problem, problem
from .solver import solve

Move = tuple[Place, Place]
Field = list[list[float | None]]


@dataclass(frozen=True)
class Verdict:
    admissible: bool
    consistent: bool
    overestimates: list[Place]
    inconsistencies: list[Move]
    cost: float | None  # of the path found with this estimate
    optimum: float | None  # of the cheapest path
    expanded: int
    dijkstra: int  # cells expanded without any estimate

    @property
    def loss(self) -> float | None:
        """How many times as much as the cheapest path the path found costs."""
        if self.cost is None or self.optimum is None:
            return None
        return self.cost / self.optimum if self.optimum else 1.0


def overestimates(map: object, goal: Goal, **options: Unpack[Options]) -> list[Place]:
    """The places from which the cheapest path to the nearest goal costs less than the estimate, row by row.

    Places from which the goal cannot be reached do not count. Both are compared in whole units, without any error.
    """
    asked = problem(map, places(goal)[0], goal, options)
    true = from_any(asked.ground, asked.goals, towards=True)
    return [asked.grid.place(cell) for cell, length in enumerate(true) if asked.h[cell] > length]


def inconsistencies(map: object, goal: Goal, **options: Unpack[Options]) -> list[Move]:
    """The moves over which the estimate falls by more than they cost, of all that the map allows."""
    asked = problem(map, places(goal)[0], goal, options)
    place, h = asked.grid.place, asked.h
    cells = (cell for cell, weight in enumerate(asked.grid.cells) if weight)
    return [
        (place(cell), place(near))
        for cell in cells
        for near, cost in asked.ground.after(cell)
        if h[cell] > cost + h[near]
    ]


def verdict(map: object, start: Place, goal: Goal, **options: Unpack[Options]) -> Verdict:
    """All of that for one search, with what it found and the cheapest path."""
    too_much, too_fast = overestimates(map, goal, **options), inconsistencies(map, goal, **options)
    found = solve(map, start, goal, **options)
    cheapest = solve(map, start, goal, algorithm="dijkstra", diagonal=options.get("diagonal", "no-corner-cutting"))
    return Verdict(
        admissible=not too_much,
        consistent=not too_fast,
        overestimates=too_much,
        inconsistencies=too_fast,
        cost=found.cost,
        optimum=cheapest.cost,
        expanded=found.expanded,
        dijkstra=cheapest.expanded,
    )


def estimates(map: object, goal: Goal, **options: Unpack[Options]) -> Field:
    """The estimate for every place, row by row; None for a wall."""
    asked = problem(map, places(goal)[0], goal, options)
    return _field(asked, list(asked.h))


def true_distances(map: object, goal: Goal, **options: Unpack[Options]) -> Field:
    """What the cheapest path from every place to the nearest goal costs, row by row; None where there is none."""
    asked = problem(map, places(goal)[0], goal, options)
    return _field(asked, from_any(asked.ground, asked.goals, towards=True))


def _field(asked: Problem, values: list[int]) -> Field:
    grid, unit = asked.grid, asked.ground.scale.straight

    def value(x: int, y: int) -> float | None:
        cell = grid.at((x, y))
        return values[cell] / unit if grid.cells[cell] and values[cell] < FAR else None

    return [[value(x, y) for x in range(grid.width)] for y in range(grid.height)]
