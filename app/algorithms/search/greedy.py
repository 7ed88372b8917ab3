"""Greedy best-first search: least h first. It runs for the goal and does not look back at what the way has cost.

It is A* where moves cost nothing: f is h alone, and no second way to a cell is ever better than the first.
"""

from .best_first import Order, best_first
from .lengths import Scale
from .problem import Problem
from .step import Run


def greedy(problem: Problem, watch: bool) -> Run:
    h = problem.h
    return best_first(problem, Order(h, Scale(0, 0), problem.ties, weighted=False, consistent=False, estimate=h), watch)
