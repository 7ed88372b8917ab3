"""Breadth-first search: the cell opened first is expanded first. It finds the path of fewest moves, whatever they cost.

It is Dijkstra's algorithm where every move counts the same.
"""

from .best_first import Order, best_first
from .lengths import Scale
from .problem import Problem
from .step import Run


def breadth(problem: Problem, watch: bool) -> Run:
    nothing, move = bytes(len(problem.grid.cells)), problem.ground.scale.straight
    order = Order(nothing, Scale(move, move), "fifo", weighted=False, consistent=True, estimate=nothing)
    return best_first(problem, order, watch)
