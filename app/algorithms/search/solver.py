"""The door: a question in words, answered by any of the algorithms, whole or step by step."""

from __future__ import annotations

from collections.abc import Generator
from time import perf_counter
from typing import Unpack

from .algorithms import ALGORITHMS, Algorithm
from .errors import BadWord, NotHere
from .grid import Goal, Place
from .options import DEFAULTS, Options
from .problem import Problem, problem
from .replay import peak
from .solution import Solution
from .step import Outcome, Step

Search = Generator[Step, None, Solution]


def solve(map: object, start: Place, goal: Goal, *, steps: bool = False, **options: Unpack[Options]) -> Solution:
    """The path from start to goal on a map; of several goals, to the nearest.

    `map` is MovingAI text, rows of its letters, rows of numbers (0 a wall, otherwise what entering the cell costs) or a
    Grid; places are (x, y) from the top left. What else can be asked, Options tells. That there is no path is an
    answer: `found` is false. Raises SearchError, whose sentence is for the reader.
    """
    began = perf_counter()
    chosen, asked = _ask(map, start, goal, options)
    run, kept = chosen.run(asked, steps), []
    while True:
        try:
            kept.append(next(run))
        except StopIteration as end:
            return _solution(chosen, asked, end.value, began, kept if steps else None)


def search(map: object, start: Place, goal: Goal, **options: Unpack[Options]) -> Search:
    """The same, one expansion at a time; the solution is what the generator returns. To stop a search, close it.

    Raises SearchError at once rather than with the first step.
    """
    return _steps(*_ask(map, start, goal, options))


def _steps(chosen: Algorithm, asked: Problem) -> Search:
    began = perf_counter()
    outcome = yield from chosen.run(asked, True)
    return _solution(chosen, asked, outcome, began, None)


def _ask(map: object, start: Place, goal: Goal, options: Options) -> tuple[Algorithm, Problem]:
    word = options.get("algorithm", DEFAULTS["algorithm"])
    if word not in ALGORITHMS:
        raise BadWord("algorithm", word, ALGORITHMS)
    chosen, asked = ALGORITHMS[word], problem(map, start, goal, options)
    if not (chosen.weights or asked.grid.uniform):
        raise NotHere(f"{chosen.title} needs a map whose free cells all cost one. Take the weights away, or use A*.")
    if word == "dstar" and asked.changes and asked.heuristic.landmarks:
        raise NotHere("D* Lite cannot use landmarks, whose distances change with the map. Choose another heuristic.")
    return chosen, asked


def _solution(chosen: Algorithm, asked: Problem, outcome: Outcome, began: float, steps: list[Step] | None) -> Solution:
    cost = outcome.cost
    if outcome.path and cost is None:
        cost = asked.ground.scale.length(asked.ground.cost_of(outcome.path))
    path = asked.grid.route(outcome.path)
    return Solution(
        found=bool(path),
        cost=cost,
        path=path,
        expanded=outcome.expanded,
        milliseconds=(perf_counter() - began) * 1000,
        algorithm=chosen.word,
        generated=outcome.generated,
        reopened=outcome.reopened,
        bound=chosen.bound(asked),
        complete=outcome.complete,
        facts=outcome.facts,
        steps=steps,
        peak=peak(steps) if steps is not None else None,
    )
