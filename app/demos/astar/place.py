"""Cells as inputs: one as “x,y”, several with spaces between them, and cells with a new weight as “x,y,weight”."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from app.algorithms.search import HEURISTICS, BadWord
from app.algorithms.search.heuristics import heuristic
from app.algorithms.search.landmarks import Landmarks
from app.demos.astar.gridmap import HEAVIEST
from app.demos.kinds import Refused, Text

Cell = tuple[int, int]
MOST_CELLS = 16
MOST_CHANGES = 64


@dataclass(frozen=True)
class Place(Text):
    """A cell, counted from 0,0 at the top left; kept as “x,y”."""

    longest: int = 12
    kind: ClassVar[str] = "place"

    def parse(self, text: str) -> str:
        written = super().parse(re.sub(r"[\s()\[\]]", "", text))
        if not re.fullmatch(r"\d{1,4},\d{1,4}", written):
            raise Refused(f"{self.label} must be a cell: column,row, counted from 0,0 at the top left, such as 3,7.")
        return written

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [super().schema(), numbers(2)]}

    def flat(self, value: Any) -> str:
        return _joined(self.label, value, ",")


@dataclass(frozen=True)
class Places(Text):
    """Several cells; kept as “x,y x,y”."""

    longest: int = 12 * MOST_CELLS
    kind: ClassVar[str] = "places"

    def parse(self, text: str) -> str:
        written = " ".join(super().parse(text.replace(";", " ")).split())
        if not re.fullmatch(r"\d{1,4},\d{1,4}( \d{1,4},\d{1,4})*", written) or written.count(" ") >= MOST_CELLS:
            raise Refused(f"{self.label} must be cells with spaces between them, {MOST_CELLS} at most: 3,7 12,4.")
        return written

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [super().schema(), {"type": "array", "items": numbers(2)}]}

    def flat(self, value: Any) -> str:
        return " ".join(_joined(self.label, each, ",") for each in _listed(self.label, value))


@dataclass(frozen=True)
class Goals(Places):
    """A cell, or several of which the nearest is meant; kept as “x,y” or “x,y x,y”."""

    kind: ClassVar[str] = "goals"

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [numbers(2), *super().schema()["anyOf"]]}

    def flat(self, value: Any) -> str:
        single = isinstance(value, list) and all(isinstance(part, int) for part in value)
        return _joined(self.label, value, ",") if single else super().flat(value)


@dataclass(frozen=True)
class Changes(Text):
    """Cells with what entering them costs later; kept as “x,y,weight x,y,weight”."""

    longest: int = 14 * MOST_CHANGES
    kind: ClassVar[str] = "changes"

    def parse(self, text: str) -> str:
        written = " ".join(super().parse(text.replace(";", " ")).split())
        one = rf"\d{{1,4}},\d{{1,4}},[0-{HEAVIEST}]"
        if not re.fullmatch(f"{one}( {one})*", written) or written.count(" ") >= MOST_CHANGES:
            raise Refused(f"{self.label} must be cells with a weight, {MOST_CHANGES} at most: 3,7,0 makes one a wall.")
        return written

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [super().schema(), {"type": "array", "items": numbers(3)}]}

    def flat(self, value: Any) -> str:
        return " ".join(_joined(self.label, each, ",") for each in _listed(self.label, value))


@dataclass(frozen=True)
class Estimate(Text):
    """A heuristic by its name, or a formula of dx and dy."""

    longest: int = 120
    kind: ClassVar[str] = "estimate"

    def parse(self, text: str) -> str:
        written = super().parse(text.strip().replace("\u2212", "-").replace("×", "*"))
        if written not in HEURISTICS:
            try:
                heuristic(written, Landmarks())
            except BadWord as wrong:
                raise Refused(f"{self.label}: {wrong}") from None
        return written


def numbers(count: int) -> dict[str, Any]:
    """So many whole numbers in a list, as a JSON schema."""
    return {"type": "array", "items": {"type": "integer"}, "minItems": count, "maxItems": count}


def cell_of(text: str) -> Cell:
    x, y = map(int, text.split(","))
    return x, y


def cells_of(text: str | None) -> tuple[Cell, ...]:
    return tuple(cell_of(each) for each in (text or "").split())


def changes_of(text: str | None) -> dict[Cell, int]:
    numbers = [tuple(map(int, each.split(","))) for each in (text or "").split()]
    return {(x, y): weight for x, y, weight in numbers}


def _listed(label: str, value: Any) -> Iterable[Any]:
    if not isinstance(value, list):
        raise Refused(f"{label} must be a text, or a list of lists of whole numbers.")
    return value


def _joined(label: str, value: Any, between: str) -> str:
    if not isinstance(value, list) or not all(isinstance(part, int) for part in value):
        raise Refused(f"{label} must be a text, or a list of whole numbers.")
    return between.join(map(str, value))
