"""What the bench answers: the path, what it cost to find, and every step of the search if they are asked for."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import Any

from app.algorithms.search import (
    BadNumber,
    BadPlace,
    NotHere,
    Opened,
    SearchError,
    Solution,
    Step,
    search,
    solve,
    state,
)
from app.demos.astar.gridmap import encode
from app.demos.astar.question import Question, cheapest, question
from app.demos.astar.ready import PUZZLES, known, ready
from app.errors import InvalidInput

MOST_STEPS = 5000


@lru_cache(maxsize=16)  # a page asks twice, for the numbers and for the drawing
def answer(inputs: Any) -> dict[str, Any]:
    """Lengths in cells, √2 for a diagonal. Raises InvalidInput where inputs do not go together."""
    asked = question(inputs)
    try:
        found = solve(asked.grid, asked.start, asked.goals, **asked.options)
        return told(asked, found) | (steps_of(asked, found) if inputs.steps else {}) | _named(inputs.map)
    except SearchError as wrong:
        raise InvalidInput({_concerns(wrong): str(wrong)}) from None


def told(asked: Question, found: Solution) -> dict[str, Any]:
    """A solution as plain data. `optimum` is what the cheapest path on the grid costs, None where there is none."""
    return {
        "found": found.found,
        "cost": found.cost,
        "path": [list(place) for place in found.path],
        "expanded": found.expanded,
        "milliseconds": found.milliseconds,
        "generated": found.generated,
        "reopened": found.reopened,
        "optimum": found.cost if found.optimal or not found.found else _optimum(asked),
        "bound": found.bound,
        "complete": found.complete,
        "facts": dict(found.facts),
        "algorithm": found.algorithm,
        "start": list(asked.start),
        "goals": [list(goal) for goal in asked.goals],
        "width": asked.grid.width,
        "height": asked.grid.height,
    }


def steps_of(asked: Question, found: Solution) -> dict[str, Any]:
    """The first expansions, what each opened with it; `peak` counts the open list, where all of them are told."""
    run = search(asked.grid, asked.start, asked.goals, **asked.options)
    kept = list(islice(run, MOST_STEPS))
    run.close()
    whole = len(kept) == found.expanded
    return {
        "steps": [_step(step) for step in kept],
        "steps_left_out": found.expanded - len(kept),
        "peak": state(kept).peak if whole else None,
    }


def _named(name: str) -> dict[str, Any]:
    """Of a map that is asked for by its name, its code and ends, and the puzzle that it is."""
    if not known(name):
        return {}
    grid, ends = ready(name)
    told = {"map": encode(grid), "ends": [list(end) for end in ends]}
    puzzle = PUZZLES.get(name)
    if not puzzle:
        return told
    about = {"question": puzzle.question, "choices": list(puzzle.choices), "answer": puzzle.answer, "why": puzzle.why}
    return told | {"puzzle": about | {"options": dict(puzzle.options)}}


def _optimum(asked: Question) -> float | None:
    grid = asked.grid.changed(asked.options["changes"]) if asked.options["changes"] else asked.grid
    return solve(grid, asked.start, asked.goals, **cheapest(asked)).cost


def _step(step: Step) -> dict[str, Any]:
    """What is as usual is left out: one search, in one round, on a map that stays."""
    seldom = {"side": step.side, "round": step.round, "repair": step.repair, "lost": step.lost}
    return (
        _opened(step)
        | {"opened": [_opened(one) for one in step.opened]}
        | {name: value for name, value in seldom.items() if value}
        | ({"dropped": [list(place) for place in step.dropped]} if step.dropped else {})
    )


def _opened(one: Opened | Step) -> dict[str, Any]:
    parent = list(one.parent) if one.parent else None
    return {"cell": list(one.cell), "g": one.g, "h": one.h, "f": one.f, "parent": parent}


def _concerns(wrong: SearchError) -> str:
    """The input that a sentence is about."""
    if isinstance(wrong, NotHere):
        return "algorithm"
    if isinstance(wrong, BadPlace):
        return "landmarks"  # start, goal and changes have been looked at
    return "heuristic" if isinstance(wrong, BadNumber) else ""
