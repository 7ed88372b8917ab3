"""A*: least f = g + h first. With an admissible estimate the first path to be taken is the cheapest.

(Hart, Nilsson and Raphael, A Formal Basis for the Heuristic Determination of Minimum Cost Paths, 1968.)
"""

from .best_first import Order, best_first
from .problem import Problem
from .step import Run


def astar(problem: Problem, watch: bool) -> Run:
    h, costs = problem.h, problem.ground.scale
    order = Order(h, costs, problem.ties, not problem.grid.uniform, problem.consistent, estimate=h)
    return best_first(problem, order, watch)
