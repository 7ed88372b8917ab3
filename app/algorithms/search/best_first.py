"""Best-first search: the loop behind A*, Dijkstra, weighted A*, greedy and breadth-first search.

It always expands the open cell with the least f = g + h: g is the cost of the best way found so far from the start, h
an estimate of what remains. Where several have the same f, the order for ties decides; the usual one takes the greatest
g and, of those, the cell opened last. Neighbours are opened in the order of `moves.WAYS`. So the order is total, and
any other implementation of these rules expands the same cells one by one.

How the open list is kept. All costs are whole numbers and few different f are open at once, so there is no heap of
cells but a list of cells for each f, its level, and a heap of the f's alone. A level is put in order once, when its
turn comes, and stays in order for nothing: whatever a cell taken from its end adds to it has a greater g than all
others in it. A cell whose way was improved stays in its old level as well. When it is met there, its g and h no longer
add up to that level's f, and it is passed over.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from heapq import heappop, heappush

from .ground import FAR
from .heuristics import Table
from .lengths import Scale
from .moves import ALL, ANYHOW, SHIFT, offset
from .problem import Problem
from .step import Outcome, Run, Step
from .ties import ordering
from .trace import Trace


@dataclass(frozen=True)
class Order:
    """What makes one member of the family differ from another."""

    h: Table
    costs: Scale  # what moves cost, as far as the order is concerned
    ties: str
    weighted: bool  # whether weights count in it
    consistent: bool  # whether h is known never to fall by more than a move costs: no cell is then expanded twice
    estimate: Table  # what steps tell as h

    @property
    def plain(self) -> bool:
        return self.ties == "high-g" and self.consistent and not self.weighted


class Front:
    """How far a search has come, and by which rules it goes on."""

    def __init__(self, problem: Problem, order: Order, watch: bool) -> None:
        self.problem, self.order, self.trace = problem, order, Trace(problem, order, self) if watch else None
        cells = len(problem.grid.cells)
        self.g, self.came = [FAR] * cells, [ANYHOW] * cells  # the best way found to each cell: its cost, how it arrives
        self.g[problem.start] = 0
        self.later = {order.h[problem.start]: [problem.start]}  # the levels whose turn will come, by f
        self.waiting = list(self.later)  # their f's, a heap
        self.arrange, self.place = ordering(order.ties, self.g, problem.grid, problem.start, problem.goals[0])
        self.expanded: list[int] = []
        self.passed_over = 0

    @property
    def generated(self) -> int:
        return len(self.expanded) + self.passed_over + sum(map(len, self.later.values()))

    def pause(self, cell: int, least: int, level: list[int], following: int) -> Generator[Step, None, int]:
        """What is done after an expansion where the case is not plain; no cell follows at once then, 0.

        The search is watched, or the cell opened last need not be the next, or a lower level may have opened, because h
        is inconsistent.
        """
        if following:
            self.place(level, following)
        if self.trace:
            yield self.trace.step(cell, least)
        if self.waiting and self.waiting[0] < least:
            self.arrange(level)
            self.later[least] = level[:]
            heappush(self.waiting, least)
            level.clear()
        return 0


def best_first(problem: Problem, order: Order, watch: bool) -> Run:
    front = Front(problem, order, watch)
    reached = yield from _search(front, problem, order)
    heeded = order.costs == problem.ground.scale
    return Outcome(
        path=_path(front.came, reached, problem.grid.stride) if reached else [],
        cost=problem.ground.scale.length(front.g[reached]) if reached and heeded else None,
        expanded=len(front.expanded),
        generated=front.generated,
        reopened=0 if order.consistent else len(front.expanded) - len(set(front.expanded)),
    )


def _search(front: Front, problem: Problem, order: Order) -> Generator[Step, None, int]:
    """The goal that was reached; 0, a cell of the border, if none can be."""
    g, came, later, waiting, expanded = front.g, front.came, front.later, front.waiting, front.expanded
    legal, ahead, h = problem.ground.legal, problem.ahead(order.costs, order.weighted), order.h
    weights, careful = problem.grid.cells if order.weighted else None, front.trace or not order.plain
    place, goals = front.place if careful else list.append, frozenset(problem.goals)
    following = 0  # the cell opened last, if it has the f of the level: then it is the next, having the greatest g
    while waiting:
        least = heappop(waiting)
        level = later.pop(least)
        if len(level) > 1:
            front.arrange(level)
        while following or level:
            cell = following or level.pop()
            if not following and g[cell] + h[cell] < least:
                front.passed_over += 1
                continue
            if cell in goals:
                later[least] = [*level, cell]
                return cell
            expanded.append(cell)
            so_far, following = g[cell], 0
            for step, cost, way in ahead[legal[cell] | came[cell]]:
                near = cell + step
                new = so_far + (cost * weights[near] if weights else cost)
                if new < g[near]:
                    g[near], came[near] = new, way
                    f = new + h[near]
                    if f == least:
                        if following:
                            place(level, following)
                        following = near
                    elif f in later:
                        later[f].append(near)
                    else:
                        later[f] = [near]
                        heappush(waiting, f)
            if careful:
                following = yield from front.pause(cell, least, level, following)
    return 0


def _path(came: list[int], goal: int, stride: int) -> list[int]:
    """The cells from the start, the one at which nobody arrived, to the goal."""
    back = {way << SHIFT: offset(way, stride) for way in ALL}
    cell, path = goal, [goal]
    while (way := came[cell]) != ANYHOW:
        cell -= back[way]
        path.append(cell)
    path.reverse()
    return path
