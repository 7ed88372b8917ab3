"""One question: from where to where, on what ground, with what estimate.

There may be several goals; asked is the path to the nearest. The least of their estimates is the estimate then: if each
of them is admissible, or consistent, so is the least.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from .errors import BadNumber, BadWord
from .grid import Goal, Grid, Place
from .ground import Ground, ground
from .heuristics import Heuristic, Table, heuristic, least, times
from .landmarks import Landmarks
from .lengths import Scale
from .maps import read
from .moves import DIAGONALS, Move, ahead
from .options import DEFAULTS, Options
from .ties import TIES

MOST_WEIGHT = 1000


@dataclass
class Problem:
    ground: Ground
    start: int
    goals: tuple[int, ...]
    heuristic: Heuristic
    weight: float = 1.0
    ties: str = "high-g"
    budget: int = 0
    changes: Mapping[Place, int] = field(default_factory=dict)

    @property
    def grid(self) -> Grid:
        return self.ground.grid

    @cached_property
    def h(self) -> Table:
        """Estimates of the cost from every cell to the nearest goal."""
        return least([self.heuristic.table(self.ground, goal) for goal in self.goals])

    @cached_property
    def weighted_h(self) -> Table:
        return times(self.h, self.weight)

    @property
    def consistent(self) -> bool:
        """Whether the estimate is known never to fall by more than a move costs."""
        return bool(self.heuristic.admissible(self.ground.diagonal))

    def ahead(self, costs: Scale, weighted: bool) -> dict[int, tuple[Move, ...]]:
        """The moves worth trying if they cost that much, and weights count or not."""
        return ahead(self.grid.stride, self.ground.diagonal, costs, not weighted)


def problem(map: object, start: Place, goal: Goal, options: Options) -> Problem:
    """The question that `options` describe. Raises SearchError."""
    asked: Options = {**DEFAULTS, **options}
    diagonal, weight = _among("rule for diagonals", asked["diagonal"], DIAGONALS), asked["weight"]
    if not 1 <= weight <= MOST_WEIGHT:
        raise BadNumber(f"The weight is {weight}. It is a number from 1 to {MOST_WEIGHT}.")
    if asked["budget"] < 1:
        raise BadNumber(f"The budget is {asked['budget']} cells. It is at least 1.")
    grid, changes = read(map), asked["changes"]
    after = grid.changed(changes) if changes else grid
    after.cell(start, "start")
    after.goals(goal)
    marks = Landmarks(tuple(grid.cell(place, "landmark") for place in asked["landmarks"]))
    estimate = heuristic(asked["heuristic"], marks)
    return Problem(
        ground=ground(
            grid, diagonal, heaviest=max(grid.heaviest, after.heaviest), whole=estimate.whole and weight == 1
        ),
        start=grid.cell(start, "start"),
        goals=grid.goals(goal),
        heuristic=estimate,
        weight=weight,
        ties=_among("order for ties", asked["ties"], TIES),
        budget=asked["budget"],
        changes=changes,
    )


def _among(kind: str, word: str, choices: Mapping[str, str]) -> str:
    if word not in choices:
        raise BadWord(kind, word, choices)
    return word
