"""Estimates of the distance to a goal, as tables with a number for every cell.

A table holds estimates rounded down to whole units of the ground's scale, border included. Rounding down keeps an
estimate admissible, and consistent too, because what moves cost is whole: from h(a) ≤ c + h(b) follows ⌊h(a)⌋ ≤ c +
⌊h(b)⌋.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite, isqrt
from typing import Any, TypeAlias

from .errors import BadNumber, BadWord
from .expression import Formula, formula
from .grid import Grid
from .ground import Ground
from .landmarks import Landmarks
from .lanes import code_for, pack, unpack
from .lengths import Scale

HEURISTICS = {
    "manhattan": "Columns plus rows. Too much where one may move diagonally.",
    "octile": "The distance on a map without walls where one may move diagonally.",
    "euclidean": "The straight line.",
    "chebyshev": "The greater of columns and rows.",
    "zero": "No estimate at all.",
    "landmarks": "What the distances to a few chosen cells prove.",
}
MOST = 10**9  # an estimate that is more than this is no estimate of anything on a map

Table = Sequence[int]
Row: TypeAlias = "list[int] | array[int]"


@dataclass(frozen=True)
class Heuristic:
    word: str
    own: Formula | None = None  # a formula that a reader typed
    landmarks: Landmarks | None = None

    @property
    def whole(self) -> bool:
        """Whether its estimates are whole numbers of cells where nobody moves diagonally."""
        return self.word in ("manhattan", "chebyshev", "zero", "landmarks")

    def admissible(self, diagonal: str) -> bool | None:
        """Whether it never says too much, on any map, for any goal; None if that is not known. So for consistency."""
        if self.own:
            return None
        return self.word != "manhattan" or diagonal == "never"

    def table(self, ground: Ground, target: int, *, from_target: bool = False) -> Table:
        """Estimates of the cost from every cell to `target`, or from it to every cell."""
        if self.landmarks:
            return self.landmarks.table(ground, target, from_target=from_target)
        if self.word == "zero":
            return bytes(len(ground.grid.cells))
        across, down = _spans(ground.grid, target)
        if self.own:
            return _mirrored(_formula_rows(self.own, ground.scale, across, down), ground.grid, target)
        return _mirrored(ROWS[self.word](ground.scale, across, down), ground.grid, target)


def heuristic(text: str, landmarks: Landmarks) -> Heuristic:
    """The heuristic of that name or formula. Raises BadWord."""
    if text in HEURISTICS:
        return Heuristic(text, landmarks=landmarks if text == "landmarks" else None)
    if not any(sign in text for sign in "+-*/("):
        raise BadWord(
            "heuristic", text, [*HEURISTICS, "a formula of dx and dy, such as max(dx, dy) + 0.4 * min(dx, dy)"]
        )
    try:
        return Heuristic(text, own=formula(text))
    except (SyntaxError, RecursionError, MemoryError):
        raise BadWord(
            "formula", text, ["numbers, dx, dy, manhattan, octile, +, -, *, /, max, min, abs, sqrt"]
        ) from None


def times(table: Table, weight: float) -> Table:
    """A table with every estimate multiplied, rounded down."""
    factor = Fraction(str(weight))
    over, under = factor.numerator, factor.denominator
    return array("Q", [estimate * over // under for estimate in table])


def least(tables: Sequence[Table]) -> Table:
    """For every cell the least of several estimates."""
    return array("Q", map(min, *tables)) if len(tables) > 1 else tables[0]


def _spans(grid: Grid, target: int) -> tuple[int, int]:
    """How many columns and rows away the farthest cell is, border included, plus one."""
    x, y = grid.place(target)
    return max(x + 1, grid.width - x) + 1, max(y + 1, grid.height - y) + 1


def _manhattan_rows(scale: Scale, across: int, down: int) -> Iterator[list[int]]:
    """Row dy of the estimates for dx = 0, 1, …: all rows are parts of one list."""
    steps = list(range(0, (across + down) * scale.straight, scale.straight))
    return (steps[dy : dy + across] for dy in range(down))


def _chebyshev_rows(scale: Scale, across: int, down: int) -> Iterator[list[int]]:
    steps = list(range(0, (across + down) * scale.straight, scale.straight))
    return ((steps[dy : dy + 1] * dy + steps[dy:])[:across] for dy in range(down))


def _octile_rows(scale: Scale, across: int, down: int) -> Iterator[array[int]]:
    """Each row is the row before plus the same in many columns at once.

    One row farther from the goal costs a straight move more in the columns dx ≤ dy. In those beyond, a straight move of
    the way there becomes a diagonal one.
    """
    code = code_for((across + down) * scale.straight)
    size = 8 * array(code).itemsize
    row, ones = pack(range(0, across * scale.straight, scale.straight), code), pack([1] * across, code)
    everywhere, more = ones * (scale.diagonal - scale.straight), ones * (2 * scale.straight - scale.diagonal)
    for dy in range(down):
        yield unpack(row, across, code)
        row += everywhere + (more & ((1 << size * (dy + 1)) - 1))


def _euclidean_rows(scale: Scale, across: int, down: int) -> Iterator[array[int]]:
    code = code_for((across + down) * scale.straight)
    for dy in range(down):
        yield array(code, [isqrt(scale.line * (dx * dx + dy * dy) // 2) for dx in range(across)])


def _formula_rows(own: Formula, scale: Scale, across: int, down: int) -> Iterator[array[int]]:
    for dy in range(down):
        yield array("Q", [_units(own, dx, dy, scale) for dx in range(across)])


def _units(own: Formula, dx: int, dy: int, scale: Scale) -> int:
    try:
        estimate = own(dx, dy)
    except (ArithmeticError, ValueError, TypeError):
        raise BadNumber(f"The formula has no value for dx = {dx}, dy = {dy}. Change it so that it has one.") from None
    if not isfinite(estimate) or estimate > MOST:
        raise BadNumber(f"The formula gives {estimate} for dx = {dx}, dy = {dy}. Keep it under {MOST:,}.")
    return max(0, int(estimate * scale.straight))


def _mirrored(quarter: Iterable[Row], grid: Grid, target: int) -> Table:
    """The table of a whole map from rows of estimates by columns to the goal."""
    rows: list[Any] = list(quarter)  # all lists, or all arrays
    x, y = grid.place(target)
    table: Row = rows[0][:0]
    for line in range(-1, grid.height + 1):
        row = rows[abs(line - y)]
        table += row[x + 1 : 0 : -1]
        table += row[: grid.width - x + 1]
    return table


ROWS: dict[str, Callable[[Scale, int, int], Iterable[Row]]] = {
    "manhattan": _manhattan_rows,
    "octile": _octile_rows,
    "euclidean": _euclidean_rows,
    "chebyshev": _chebyshev_rows,
}
