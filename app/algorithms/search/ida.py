"""IDA*: depth-first search up to a bound on f, again and again, each time with the least f that was left out before.

It remembers nothing but the path it is on, so it needs next to no memory and goes through the same cells by every path
that leads to them. On a grid these are very many: it gives up after so many expansions, and says so.

(Korf, Depth-First Iterative-Deepening: An Optimal Admissible Tree Search, 1985.)
"""

from __future__ import annotations

from collections.abc import Generator

from .ground import FAR
from .problem import Problem
from .step import Opened, Outcome, Run, Step


class Dive:
    """The path that a round is on, and what it has yet to try at every depth."""

    def __init__(self, problem: Problem, bound: int) -> None:
        self.problem, self.bound, self.beyond = problem, bound, FAR
        self.path: list[int] = []
        self.g: list[int] = []
        self.untried = [[(problem.start, 0)]]  # best last

    def down(self) -> bool:
        """Go on to the next cell, back up as far as need be. False if there is none."""
        while self.untried and not self.untried[-1]:
            self.untried.pop()
            del self.path[-1:], self.g[-1:]
        if not self.untried:
            return False
        cell, g = self.untried[-1].pop()
        self.path.append(cell)
        self.g.append(g)
        return True

    def expand(self) -> list[tuple[int, int]]:
        """The neighbours within the bound that are not on the path, with their g."""
        h, near_by = self.problem.h, []
        for near, cost in self.problem.ground.after(self.path[-1]):
            g = self.g[-1] + cost
            if near in self.path:
                continue
            if g + h[near] > self.bound:
                self.beyond = min(self.beyond, g + h[near])
            else:
                near_by.append((near, g))
        near_by.sort(key=lambda option: -h[option[0]])
        self.untried.append(near_by)
        return near_by

    def step(self, opened: list[tuple[int, int]], number: int) -> Step:
        place = self.problem.grid.place
        here, *above = map(place, reversed(self.path))
        told = (Opened(place(near), *self._numbers(near, g), here) for near, g in opened)
        parent = above[0] if above else None
        return Step(here, *self._numbers(self.path[-1], self.g[-1]), parent, tuple(told), round=number)

    def _numbers(self, cell: int, g: int) -> tuple[float, float, float]:
        scale, h = self.problem.ground.scale, self.problem.h[cell]
        return scale.length(g), h / scale.straight, (g + h) / scale.straight


def ida(problem: Problem, watch: bool) -> Run:
    outcome, bound, rounds = Outcome(generated=1), problem.h[problem.start], 0
    while bound < FAR and outcome.complete and not outcome.path:
        dive = Dive(problem, bound)
        yield from _round(dive, outcome, rounds, watch)
        bound, rounds = dive.beyond, rounds + 1
    outcome.facts["rounds"] = rounds
    return outcome


def _round(dive: Dive, outcome: Outcome, number: int, watch: bool) -> Generator[Step, None, None]:
    while dive.down():
        if dive.path[-1] in dive.problem.goals:
            outcome.path = dive.path
            return
        if outcome.expanded == dive.problem.budget:
            outcome.complete = False
            return
        outcome.expanded += 1
        opened = dive.expand()
        outcome.generated += len(opened)
        if watch:
            yield dive.step(opened, number)
