"""Bidirectional A*: one search from the start and one from the goal, until no path through both can be shorter.

That they meet is no reason to stop: the first path found where they meet is often not the shortest. The right rule
comes from giving both searches one estimate with opposite signs. With h(c) the estimate from c to the goal and h′(c)
from the start to c, the forward search orders by g + (h − h′)/2 and the backward search by g + (h′ − h)/2. If both
estimates are consistent, a path that leaves the forward tree at u and enters the backward tree at v costs at least the
sum of the two keys; so once the least keys of both searches add up to what the best path so far costs, that path is the
shortest. With no estimate this is Dijkstra's algorithm from both ends. Several goals are several roots of the
backward search.

(Ikeda and others, A Fast Algorithm for Finding Better Routes by AI Search Techniques, 1994; Goldberg and Harrelson,
2005.)
"""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush

from .ground import FAR
from .problem import Problem
from .step import Opened, Outcome, Run, Step
from .tree import Tree

Neighbours = Callable[[int], list[tuple[int, int]]]


class Side:
    """One of the two searches. Keys are doubled, so that they are whole."""

    def __init__(self, problem: Problem, number: int, lean: list[int]) -> None:
        """`lean` is h − h′ for every cell."""
        self.number, self.sign, self.lean = number, 1 - 2 * number, lean
        roots, self.neighbours = (
            (problem.goals, problem.ground.before) if number else ((problem.start,), problem.ground.after)
        )
        self.tree = Tree(problem.ground, *roots)
        self.expanded = 0
        self.heap: list[tuple[int, int, int, int]] = []  # key, then larger g first, then opened last first
        self.opened = 0
        for root in roots:
            self.open(root)

    def key(self, cell: int) -> int:
        return 2 * self.tree.g[cell] + self.sign * self.lean[cell]

    def open(self, cell: int) -> None:
        self.opened += 1
        heappush(self.heap, (self.key(cell), -self.tree.g[cell], -self.opened, cell))

    def least(self) -> int:
        """The least key of an open cell; FAR where none is open."""
        while self.heap and -self.heap[0][1] > self.tree.g[self.heap[0][3]]:
            heappop(self.heap)  # a better way to that cell was found since
        return self.heap[0][0] if self.heap else FAR

    def expand(self) -> tuple[int, list[int]]:
        """Expand the cell with the least key: that cell, and those to which it is the best way so far."""
        cell = heappop(self.heap)[3]
        self.expanded += 1
        better = []
        for near, cost in self.neighbours(cell):
            if self.tree.g[cell] + cost < self.tree.cost(near):
                self.tree.hang(near, cell, self.tree.g[cell] + cost)
                self.open(near)
                better.append(near)
        return cell, better

    def step(self, cell: int, better: list[int]) -> Step:
        opened: list[Opened] = [self.tree.opened(near, *self._shown(near)) for near in better]
        return self.tree.step(cell, *self._shown(cell), opened, self.number)

    def _shown(self, cell: int) -> tuple[float, float]:
        return self.sign * self.lean[cell] / 2, self.key(cell) / 2


def bidirectional(problem: Problem, watch: bool) -> Run:
    ahead, behind = problem.h, problem.heuristic.table(problem.ground, problem.start, from_target=True)
    lean = [to_goal - from_start for to_goal, from_start in zip(ahead, behind, strict=True)]
    forward, backward = Side(problem, 0, lean), Side(problem, 1, lean)
    best, meeting, facts = FAR, -1, dict[str, float]()
    if problem.start in problem.goals:
        best, meeting = 0, problem.start
    while forward.least() + backward.least() < 2 * best and forward.heap and backward.heap:
        side, other = (forward, backward) if len(forward.heap) <= len(backward.heap) else (backward, forward)
        cell, better = side.expand()
        for near in better:
            both = side.tree.g[near] + other.tree.cost(near)
            if both < best:
                best, meeting = both, near
                facts.setdefault("first_meeting", problem.ground.scale.length(both))
        if watch:
            yield side.step(cell, better)
    return Outcome(
        path=forward.tree.path(meeting) + backward.tree.path(meeting)[-2::-1] if best < FAR else [],
        expanded=forward.expanded + backward.expanded,
        generated=forward.opened + backward.opened,
        facts=facts,
    )
