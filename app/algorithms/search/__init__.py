"""Searching a path on a grid of walls and weights: `solve` for the answer, `search` for every step of it."""

from .algorithms import ALGORITHMS, Algorithm
from .errors import BadMap, BadNumber, BadPlace, BadWord, NotHere, SearchError
from .grid import Goal, Grid, Place
from .heuristics import HEURISTICS
from .maps import read
from .moves import DIAGONALS
from .options import DEFAULTS, Options
from .replay import ORDERS, State, state
from .solution import Solution
from .solver import search, solve
from .step import Opened, Step
from .ties import TIES

__all__ = [
    "ALGORITHMS",
    "DEFAULTS",
    "DIAGONALS",
    "HEURISTICS",
    "ORDERS",
    "TIES",
    "Algorithm",
    "BadMap",
    "BadNumber",
    "BadPlace",
    "BadWord",
    "Goal",
    "Grid",
    "NotHere",
    "Opened",
    "Options",
    "Place",
    "SearchError",
    "Solution",
    "State",
    "Step",
    "read",
    "search",
    "solve",
    "state",
]
