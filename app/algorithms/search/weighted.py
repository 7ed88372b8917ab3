"""Weighted A*: least g + w·h first. If h is admissible, the path costs at most w times as much as the cheapest.

(Pohl, Heuristic Search Viewed as Path Finding in a Graph, 1970.)
"""

from .best_first import Order, best_first
from .problem import Problem
from .step import Run


def weighted(problem: Problem, watch: bool) -> Run:
    h, costs = problem.weighted_h, problem.ground.scale
    consistent = problem.consistent and problem.weight == 1
    order = Order(h, costs, problem.ties, not problem.grid.uniform, consistent, estimate=problem.h)
    return best_first(problem, order, watch)
