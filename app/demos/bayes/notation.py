"""What readers write in a line of text: results in a row, a robot's world and its drive, tosses of a coin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.algorithms.bayes import beta
from app.algorithms.bayes.histogram import Step
from app.demos.kinds import Refused, Text

COLOURS = {"r": "red", "b": "blue", "g": "green", "y": "yellow"}
STEPS: dict[str, Step] = {">": (0, 1), "<": (0, -1), "^": (-1, 0), "v": (1, 0)}
MOST_RESULTS, MOST_ACTIONS = 30, 100
MOST_ROWS, MOST_COLUMNS = 8, 12
MOST_TOSSES = 1_000_000


@dataclass(frozen=True)
class Results(Text):
    """Results of a test in their order, such as ++-. In an address a plus may have become a space."""

    longest: int = MOST_RESULTS

    def parse(self, text: str) -> str:
        written = super().parse(text.replace(" ", "+").replace("−", "-").replace("–", "-"))
        if set(written) - set("+-"):
            raise Refused(f"{self.label}: write + and − in their order, such as ++−.")
        return written

    def flat(self, value: Any) -> str:
        return _joined(self.label, value, "")


@dataclass(frozen=True)
class World(Text):
    """Rows of coloured cells, such as grrgg, with / between them."""

    longest: int = MOST_ROWS * (MOST_COLUMNS + 1)

    def parse(self, text: str) -> str:
        written = super().parse(text.replace(" ", "").lower().strip("/"))
        rows = written.split("/")
        if set(written) - {*COLOURS, "/"} or len({len(row) for row in rows}) != 1:
            raise Refused(f"{self.label}: rows of the letters r, b, g, y, all as long, with / between them.")
        if len(rows) > MOST_ROWS or len(rows[0]) > MOST_COLUMNS or len(written) < 2:
            raise Refused(f"{self.label}: from 2 cells to {MOST_ROWS} rows of {MOST_COLUMNS}.")
        return written

    def flat(self, value: Any) -> str:
        return _joined(self.label, value, "/")


@dataclass(frozen=True)
class Drive(Text):
    """What a robot saw and how it moved, in turn: the letter of a colour, or one of > < ^ v."""

    longest: int = MOST_ACTIONS

    def parse(self, text: str) -> str:
        written = super().parse(text.replace(" ", "").lower())
        if set(written) - {*COLOURS, *STEPS}:
            raise Refused(f"{self.label}: the letters r, b, g, y for what it saw, and > < ^ v for how it moved.")
        return written

    def flat(self, value: Any) -> str:
        return _joined(self.label, value, "")


@dataclass(frozen=True)
class Tosses(Text):
    """Tosses of a coin, or any yes and no: HTTH, “7 of 10”, 7/10, or heads and tails as “7 3”."""

    longest: int = 2000

    def parse(self, text: str) -> str:
        written = super().parse(text)
        try:
            heads, tails = beta.tossed(written)
        except ValueError as wrong:
            raise Refused(f"{self.label}: {wrong}") from None
        if heads + tails > MOST_TOSSES:
            raise Refused(f"{self.label}: {MOST_TOSSES:,} at most.")
        return written

    def flat(self, value: Any) -> str:
        return _joined(self.label, value, " ")


def _joined(label: str, value: Iterable[Any], between: str) -> str:
    if isinstance(value, dict) or not all(isinstance(part, str | int) for part in value):
        raise Refused(f"{label} must be a text, or a list of texts or whole numbers.")
    return between.join(map(str, value))
