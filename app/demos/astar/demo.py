"""A* and ten other searches on a grid: what the bench asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.algorithms.search import ALGORITHMS, DIAGONALS, TIES
from app.demos.astar.about import about
from app.demos.astar.gridmap import GridMap
from app.demos.astar.place import Changes, Estimate, Goals, Place, Places
from app.demos.astar.ready import PUZZLES
from app.demos.base import Choice, Demo, Number, Toggle, asks

TITLES = {word: algorithm.title for word, algorithm in ALGORITHMS.items()}
RULES = {
    "never": "Never",
    "no-corner-cutting": "No corner cutting",
    "one-free": "One side free",
    "always": "Always",
}
ORDERS = {"high-g": "Greatest g", "low-g": "Least g", "fifo": "First opened", "cross": "Nearest to the line"}
FORMULA = "1.5 * octile"


@dataclass(frozen=True)
class Inputs:
    algorithm: str = asks(Choice("Algorithm", TITLES), "astar")
    heuristic: str = asks(
        Estimate(
            "Heuristic",
            help="manhattan, octile, euclidean, chebyshev, zero, landmarks, or a formula of dx and dy.",
            examples=("zero", FORMULA),
        ),
        "octile",
    )
    weight: float = asks(Number("Weight of the estimate", 1, 10, 0.1, help="For weighted A*."), 1.5)
    diagonal: str = asks(Choice("Diagonal moves", {word: RULES[word] for word in DIAGONALS}), "no-corner-cutting")
    ties: str = asks(Choice("Equal f: first", {word: ORDERS[word] for word in TIES}), "high-g")
    map: str = asks(
        GridMap(
            "Map",
            help="A code, MovingAI text, rows of its letters or of weights, or a name: pocket, or prim:41x25:7.",
            examples=("3x2:AA", "pocket", "prim:21x13:1"),
        ),
        "village",
    )
    start: str | None = asks(
        Place("Start", help="Column,row from 0,0. Left out, the map’s own.", examples=("0,0",)), optional=True
    )
    goal: str | None = asks(
        Goals("Goal", help="One or several, 3,7 12,4: the nearest is found.", examples=("39,23", "39,23 0,23")),
        optional=True,
    )
    landmarks: str | None = asks(
        Places("Landmarks", help="For that heuristic. Left out, four are chosen.", examples=("0,0 39,0",)),
        optional=True,
    )
    changes: str | None = asks(
        Changes("Changes", help="For D* Lite: cells with their weight once it has a path.", examples=("20,9,0",)),
        optional=True,
    )
    steps: bool = asks(Toggle("All steps in the answer", help="For programs; the bench shows them anyway."), False)


def titled(asked: Mapping[str, Any]) -> str | None:
    """The page's title, where its address asks for a ready map or an algorithm."""
    known = PUZZLES.get(str(asked.get("map")))
    if known:
        return f"{known.title}: {TITLES[asked.get('algorithm', 'astar')]}"
    return TITLES[asked["algorithm"]] if asked.get("algorithm", "astar") != "astar" else None


def _search(**values: str) -> Mapping[str, Mapping[str, str]]:
    return {name: {name: value} for name, value in values.items()}


DEMO = Demo(
    title="Searching a path",
    summary="Draw walls, drag the goal, and watch A* and ten other searches find the way, step by step.",
    inputs=Inputs,
    instant=True,
    about=about,
    titled=titled,
    examples={
        **_search(start="0,0", goal="39,23", map="pocket"),
        "weight": {"algorithm": "weighted", "weight": "3"},
        "ties": {"diagonal": "never", "heuristic": "manhattan", "ties": "low-g"},
        "landmarks": {"heuristic": "landmarks", "landmarks": "0,0"},
        "changes": {"algorithm": "dstar", "changes": "9,14,0"},
    },
)
