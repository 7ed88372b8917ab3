"""What comes out of a search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .grid import Place
from .step import Step


@dataclass(frozen=True)
class Solution:
    """Lengths in cells, a diagonal move √2, each times the weight of the cell that is entered."""

    found: bool
    cost: float | None  # of the path; None where there is none
    path: list[Place]  # every cell from start to goal; of Theta* only those where it turns
    expanded: int  # cells taken from the open list, expanded
    milliseconds: float
    algorithm: str
    generated: int  # times that a cell was put on the open list
    reopened: int  # expansions of cells that had been expanded before
    bound: float | None  # the path costs at most this times as much as the cheapest; None where nothing is known
    complete: bool  # False if it gave up, so that a path may exist though none was found
    facts: Mapping[str, float]  # what only one algorithm has to tell, by name
    steps: list[Step] | None = None  # if they were asked for
    peak: int | None = None  # the most cells on the open list at once; counted where steps are asked for

    @property
    def optimal(self) -> bool:
        """Whether no path costs less, as far as can be known without looking."""
        return self.found and self.bound == 1
