"""Maps that are there already, by name: a village, the puzzles of the searches, and what makers make from a seed."""

from __future__ import annotations

import re
from functools import lru_cache

from app.algorithms.search import Grid, Place, read
from app.algorithms.search import terrain as ground
from app.algorithms.search.mazes import MAKERS, make
from app.algorithms.search.puzzle import Puzzle
from app.algorithms.search.puzzles import PUZZLES as ALL

PUZZLES: dict[str, Puzzle] = {puzzle.word: puzzle for puzzle in ALL}
MADE = re.compile(rf"({'|'.join(MAKERS)}):(\d{{1,4}})x(\d{{1,4}}):(\d{{1,6}})", re.ASCII)  # such as prim:41x25:7
TITLES = {word: word.replace("-", " ").capitalize() for word in MAKERS}
VILLAGE = (
    "........................................",
    "........................................",
    ".............@@.........@@@@@@..........",
    ".....@@@@@...@@.........@@@@@@..........",
    ".....@@@@@...@@.........@@@@@@...@@.....",
    ".....@@@@@...@@.........@@@@@@...@@.....",
    ".....@@@@@...@@..................@@.....",
    ".............@@..................@@.....",
    ".............@@@@@@@@............@@.....",
    ".......................@@@@@@....@@.....",
    "....@@@@@@@............@@@@@@....@@.....",
    "....@@@@@@@............@....3333.@@.....",
    "..........@...@@@@@@...@....3333........",
    "..........@...@@@@@@...@................",
    "..........@...@@@@@@...@...@@@@@@.......",
    "..........@...@@@@@@...@...@@@@@@..@@@..",
    "..........@............@...@@@@@@..@@@..",
    "..........@............@...@@@@@@.......",
    "........................................",
    ".............@@@@@@@@...................",
    "...@@@@@@....@@@@@@@@...@@..............",
    "...@@@@@@...............@@...@@@@@@@@...",
    "........................@@..............",
    "........................................",
)
VILLAGE_ENDS: tuple[Place, Place] = ((2, 13), (37, 6))


def known(name: str) -> bool:
    return name == "village" or name in PUZZLES or MADE.fullmatch(name) is not None


@lru_cache(maxsize=32)
def ready(name: str) -> tuple[Grid, tuple[Place, Place]]:
    """The map of a known name, with its own start and goal. Raises SearchError where none can be made."""
    if name == "village":
        return read(VILLAGE), VILLAGE_ENDS
    if puzzle := PUZZLES.get(name):
        return read(puzzle.rows), (puzzle.start, puzzle.goal)
    found = MADE.fullmatch(name)
    assert found
    grid = make(found[1], int(found[2]), int(found[3]), int(found[4]))
    return grid, ground.ends(grid)
