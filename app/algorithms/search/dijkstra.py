"""Dijkstra's algorithm: least g first, in all directions alike. It is A* with no estimate.

(Dijkstra, A Note on Two Problems in Connexion with Graphs, 1959.)
"""

from .best_first import Order, best_first
from .problem import Problem
from .step import Run


def dijkstra(problem: Problem, watch: bool) -> Run:
    nothing, costs = bytes(len(problem.grid.cells)), problem.ground.scale
    order = Order(nothing, costs, problem.ties, not problem.grid.uniform, consistent=True, estimate=nothing)
    return best_first(problem, order, watch)
