"""A small map with a question to answer before the search is run, and how a search answers it.

`found` is the choice that the search bears out; the tests hold it against `answer`, so that no text promises anything
else than the code does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Unpack

from .grid import Place
from .moves import DIAGONALS
from .options import Options
from .solution import Solution
from .solver import solve


@dataclass(frozen=True)
class Puzzle:
    word: str
    title: str
    rows: tuple[str, ...]
    start: Place
    goal: Place
    options: Options
    question: str
    choices: tuple[str, ...]
    answer: int  # which of the choices
    why: str
    found: Callable[[Puzzle], int] = field(repr=False)

    def solve(self, **other: Unpack[Options]) -> Solution:
        """The search that the puzzle is about, or the same with other options."""
        options: Options = {**self.options, **other}
        return solve(self.rows, self.start, self.goal, steps=True, **options)


def share_of_the_pocket(puzzle: Puzzle) -> int:
    pocket = {(x, y) for x in range(7, 16) for y in range(3, 10)}
    share = len({step.cell for step in puzzle.solve().steps or ()} & pocket) / len(pocket)
    return 0 if share < 0.25 else 1 if share < 0.75 else 2


def ratio_of_ties(puzzle: Puzzle) -> int:
    ratio = puzzle.solve().expanded / puzzle.solve(ties="high-g").expanded
    return 0 if ratio < 1.5 else 1 if ratio < 3 else 2


def cells_in_the_swamp(puzzle: Puzzle) -> int:
    wet = sum(puzzle.rows[y][x] != "." for x, y in puzzle.solve().path)
    return 0 if wet >= 4 else 1 if wet else 2


def loss(puzzle: Puzzle) -> int:
    ratio = (puzzle.solve().cost or 0) / (puzzle.solve(algorithm="dijkstra").cost or 1)
    return 0 if ratio < 1.001 else 1 if ratio < 1.25 else 2


def rules_that_pass(puzzle: Puzzle) -> int:
    return sum(puzzle.solve(diagonal=rule).found for rule in DIAGONALS)


def first_meeting(puzzle: Puzzle) -> int:
    solution = puzzle.solve()
    return int(solution.facts["first_meeting"] > (solution.cost or 0) + 1e-9)


def jump_points(puzzle: Puzzle) -> int:
    opened = puzzle.solve().generated - 1
    return 0 if opened <= 2 else 1 if opened < 50 else 2
