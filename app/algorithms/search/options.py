"""What can be asked of a search, in words and numbers."""

from collections.abc import Iterable, Mapping
from typing import TypedDict

from .grid import Place


class Options(TypedDict, total=False):
    algorithm: str  # a word of ALGORITHMS
    heuristic: str  # a word of HEURISTICS, or a formula such as "1.5 * octile"
    weight: float  # how much weighted A* multiplies the estimate by, 1 or more
    diagonal: str  # a word of DIAGONALS
    ties: str  # a word of TIES; heeded by A*, Dijkstra, weighted A* and greedy search
    landmarks: Iterable[Place]  # for the heuristic of that name; where none are placed, four are chosen
    budget: int  # how many cells IDA* may expand before it gives up
    changes: Mapping[Place, int]  # weights that change once D* Lite has its first path; 0 is a wall


DEFAULTS: Options = {
    "algorithm": "astar",
    "heuristic": "octile",
    "weight": 1.0,
    "diagonal": "no-corner-cutting",
    "ties": "high-g",
    "landmarks": (),
    "budget": 200_000,
    "changes": {},
}
