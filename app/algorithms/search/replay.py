"""What a search knew after some of its steps: the open list, what was expanded, and the counters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from .grid import Place
from .step import Opened, Step


class Known(NamedTuple):
    """A cell as it was last opened or expanded."""

    g: float
    h: float
    f: float
    parent: Place | None
    serial: int  # counts what was opened


@dataclass
class Side:
    """One search; a bidirectional one has two."""

    open: dict[Place, Known] = field(default_factory=dict)
    expanded: dict[Place, Known] = field(default_factory=dict)

    @property
    def closed(self) -> set[Place]:
        """Cells that were expanded and not opened again."""
        return self.expanded.keys() - self.open.keys()


@dataclass
class State:
    current: Place | None = None  # the cell expanded last
    sides: tuple[Side, Side] = field(default_factory=lambda: (Side(), Side()))
    round: int = 0
    repair: int = 0
    expanded: int = 0
    generated: int = 0
    reopened: int = 0
    peak: int = 0  # the most cells that were open at once

    def advance(self, step: Step) -> None:
        """Go on by one step."""
        if step.round != self.round:
            self.sides, self.round = (Side(), Side()), step.round
        side = self.sides[step.side]
        self.current, self.repair = step.cell, step.repair
        self.expanded += 1
        self.reopened += step.cell in side.expanded
        known = side.open.pop(step.cell, None)
        side.expanded[step.cell] = Known(step.g, step.h, step.f, step.parent, known.serial if known else 0)
        if step.lost:
            del side.expanded[step.cell]
        for opened in step.opened:
            self.generated += 1
            side.open[opened.cell] = Known(opened.g, opened.h, opened.f, opened.parent, self.generated)
        for place in step.dropped:
            side.open.pop(place, None)
        self.peak = max(self.peak, sum(len(each.open) for each in self.sides))

    def open_list(self, order: str, side: int = 0, line: tuple[Place, Place] = ((0, 0), (0, 0))) -> list[Opened]:
        """The open cells, next one first, by a word of ORDERS; for “cross”, `line` has start and goal."""
        rank = ORDERS[order]
        cells = sorted(self.sides[side].open.items(), key=lambda item: (item[1].f, *rank(item[0], item[1], line)))
        return [Opened(place, known.g, known.h, known.f, known.parent) for place, known in cells]


Rank = Callable[[Place, Known, tuple[Place, Place]], tuple[float, ...]]

# What decides between cells of the same f, least first. The first four are the orders for ties that can be asked for.
ORDERS: dict[str, Rank] = {
    "high-g": lambda place, known, line: (-known.g, -known.serial),
    "low-g": lambda place, known, line: (known.g, -known.serial),
    "fifo": lambda place, known, line: (known.serial,),
    "cross": lambda place, known, line: (_cross(place, *line), -known.serial),
    "lifo": lambda place, known, line: (-known.serial,),
    "cell": lambda place, known, line: (known.g, place[1], place[0]),
}


def state(steps: Iterable[Step]) -> State:
    """What was known after these steps, the first ones of a search."""
    reached = State()
    for step in steps:
        reached.advance(step)
    return reached


def peak(steps: Iterable[Step]) -> int:
    """The most cells that were open at once."""
    return state(steps).peak


def _cross(place: Place, start: Place, goal: Place) -> int:
    (x, y), (sx, sy), (gx, gy) = place, start, goal
    return abs((x - gx) * (sy - gy) - (sx - gx) * (y - gy))
