"""What a search tells as it goes on: one step for every cell that it expands."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field

from .grid import Place


@dataclass(frozen=True, slots=True)
class Opened:
    """A cell put on the open list, or found there with a better way to it. Lengths in cells, diagonals √2."""

    cell: Place
    g: float  # the cost of the way to it
    h: float  # the estimate of what remains
    f: float  # what the open list is ordered by, least first
    parent: Place | None


@dataclass(frozen=True, slots=True)
class Step:
    """A cell taken from the open list and expanded."""

    cell: Place
    g: float
    h: float
    f: float
    parent: Place | None
    opened: tuple[Opened, ...]
    side: int = 0  # 1 for the search that comes from the goal
    round: int = 0  # of IDA*; each begins with nothing known
    repair: int = 0  # of D* Lite: 1 once the map has changed
    dropped: tuple[Place, ...] = ()  # cells that left the open list without being expanded
    lost: bool = False  # D* Lite: the way that the cell had is gone, so it is not known how far it is


@dataclass
class Outcome:
    """What an algorithm hands back, in cells of the map."""

    path: list[int] = field(default_factory=list)  # empty if there is none
    cost: float | None = None  # of the path, if the algorithm knows it; otherwise its moves are added up
    expanded: int = 0
    generated: int = 0  # cells put on the open list, those put there again included
    reopened: int = 0  # expansions of cells that had been expanded before
    complete: bool = True  # False if it gave up before it knew
    facts: dict[str, float] = field(default_factory=dict)


Run = Generator[Step, None, Outcome]
