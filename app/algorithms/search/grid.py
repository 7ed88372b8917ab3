"""A map of walls and weights as one flat run of bytes with a border of walls around it.

The border makes every cell of the map have eight neighbours, so that nobody ever asks whether a neighbour lies on the
map.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeAlias

from .errors import BadMap, BadPlace

Place = tuple[int, int]  # (x, y), from (0, 0) at the top left
Goal: TypeAlias = Place | Sequence[Place]  # where to: a place, or several, of which the nearest is found
WALL, FREE, UNKNOWN = 0, 1, 255
HEAVIEST = 254
LETTERS = {".": FREE, "G": FREE, "S": FREE, "@": WALL, "O": WALL, "T": WALL, "W": WALL}
LETTERS |= {str(weight): weight for weight in range(1, 10)}  # not MovingAI's: a weighted cell
_WEIGHT_OF = bytes(LETTERS.get(chr(code), UNKNOWN) for code in range(256))


def places(goal: Goal) -> list[Place]:
    """One goal or several as a list of them. Raises BadPlace where there is none."""
    if not goal:
        raise BadPlace("There is no goal. Name one place, or several.")
    several = not isinstance(goal[0], int)
    return list(goal) if several else [goal]  # type: ignore[arg-type, list-item]  # told apart by their first part


class Grid:
    """`cells[cell]` is what it costs to enter a cell, 0 for a wall; `cell` counts row by row, the border included."""

    def __init__(self, width: int, height: int, body: Iterable[bytes]) -> None:
        """`body` has `height` rows of `width` weights."""
        if not width or not height:
            raise BadMap("The map is empty. It needs at least one row with one cell.")
        self.width, self.height, self.stride = width, height, width + 2
        edge = bytes(self.stride)
        self.cells = b"".join((edge, bytes(1), bytes(2).join(body), bytes(1), edge))
        self.legal: dict[str, bytes] = {}  # by diagonal rule, kept by moves.legal

    @classmethod
    def from_letters(cls, rows: Sequence[str]) -> Grid:
        """Rows in MovingAI's letters, or digits for weights."""
        width = len(rows[0]) if rows else 0
        body = [row.encode("latin-1", "replace").translate(_WEIGHT_OF) for row in rows]
        for y, row in enumerate(body):
            if len(row) != width:
                raise BadMap(
                    f"Row {y} of the map has {len(row)} cells, the first has {width}. Make all rows equally long."
                )
            if UNKNOWN in row:
                letter, known = rows[y][row.index(UNKNOWN)], " ".join(LETTERS)
                raise BadMap(f"Row {y} of the map has the letter “{letter}”. Known are {known}.")
        return cls(width, len(rows), body)

    @classmethod
    def from_weights(cls, rows: Sequence[Sequence[int]]) -> Grid:
        """Rows of numbers: 0 for a wall, otherwise what it costs to enter."""
        width = len(rows[0]) if rows else 0
        for y, row in enumerate(rows):
            if len(row) != width:
                raise BadMap(
                    f"Row {y} of the map has {len(row)} cells, the first has {width}. Make all rows equally long."
                )
            if not all(isinstance(weight, int) and 0 <= weight <= HEAVIEST for weight in row):
                raise BadMap(f"Row {y} of the map has something other than whole numbers from 0 to {HEAVIEST}.")
        return cls(width, len(rows), [bytes(row) for row in rows])

    def cell(self, place: Place, name: str = "cell") -> int:
        """The cell at a place where one can stand. Raises BadPlace, which calls it by `name`."""
        if len(place) != 2 or not all(isinstance(number, int) for number in place):
            raise BadPlace(f"The {name} is {place}. It is two whole numbers, column and row, counted from 0.")
        x, y = place
        if not (0 <= x < self.width and 0 <= y < self.height):
            raise BadPlace(f"The {name} ({x}, {y}) lies outside the map, which is {self.width} × {self.height} cells.")
        cell = self.at(place)
        if not self.cells[cell]:
            raise BadPlace(f"The {name} ({x}, {y}) is inside a wall. Put it on a free cell.")
        return cell

    def goals(self, goal: Goal) -> tuple[int, ...]:
        """The cells of one goal or of several, each once. Raises BadPlace."""
        return tuple(dict.fromkeys(self.cell(place, "goal") for place in places(goal)))

    def at(self, place: Place) -> int:
        """The cell at a place on the map, wall or not."""
        return (place[1] + 1) * self.stride + place[0] + 1

    def place(self, cell: int) -> Place:
        return cell % self.stride - 1, cell // self.stride - 1

    def route(self, cells: Iterable[int]) -> list[Place]:
        stride = self.stride
        return [(cell % stride - 1, cell // stride - 1) for cell in cells]

    def weight(self, place: Place) -> int:
        return self.cells[self.at(place)]

    def places(self) -> Iterator[Place]:
        """Every place where one can stand, row by row."""
        return (self.place(cell) for cell, weight in enumerate(self.cells) if weight)

    def rows(self) -> list[bytes]:
        starts = range(self.stride + 1, self.stride * (self.height + 1), self.stride)
        return [self.cells[start : start + self.width] for start in starts]

    @cached_property
    def heaviest(self) -> int:
        return max(self.cells.translate(None, bytes([WALL, FREE])), default=FREE)

    @cached_property
    def uniform(self) -> bool:
        """Whether all cells cost the same, one, so that lengths are all there is."""
        return self.heaviest <= FREE

    def changed(self, changes: Mapping[Place, int]) -> Grid:
        """The same map with other weights at some places."""
        rows = [bytearray(row) for row in self.rows()]
        for (x, y), weight in changes.items():
            if not (0 <= x < self.width and 0 <= y < self.height):
                raise BadPlace(
                    f"The cell ({x}, {y}) lies outside the map, which is {self.width} × {self.height} cells."
                )
            if not 0 <= weight <= HEAVIEST:
                raise BadMap(f"A weight is a whole number from 0 to {HEAVIEST}, not {weight}.")
            rows[y][x] = weight
        return Grid(self.width, self.height, [bytes(row) for row in rows])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Grid) and (self.width, self.cells) == (other.width, other.cells)

    def __hash__(self) -> int:
        return hash((self.width, self.cells))
