"""The algorithms by name, with what is known of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .astar import astar
from .bidirectional import bidirectional
from .breadth import breadth
from .depth import depth
from .dijkstra import dijkstra
from .dstar import dstar
from .greedy import greedy
from .ida import ida
from .jps import jps
from .problem import Problem
from .step import Run
from .theta import theta
from .weighted import weighted


@dataclass(frozen=True)
class Algorithm:
    word: str
    title: str
    run: Callable[[Problem, bool], Run]
    optimal: bool = False  # whether its path is the cheapest on the grid, if the estimate is admissible
    informed: bool = True  # whether it heeds an estimate
    weights: bool = True  # whether it works where cells cost differently
    ties: str = ""  # the word of ORDERS for its open list, where it heeds no order for ties

    def order(self, ties: str) -> str:
        """The word of ORDERS by which its open list is ordered, if that order for ties is asked for."""
        if self.word == "greedy" and ties.endswith("g"):
            return "lifo"  # it does not look at g
        return self.ties or ties

    def bound(self, problem: Problem) -> float | None:
        """How many times as much as the cheapest its path costs at most; None where nothing is known."""
        if self.informed and not problem.heuristic.admissible(problem.ground.diagonal):
            return None
        if self.word == "weighted":
            return problem.weight
        fewest_is_shortest = self.word == "breadth" and problem.ground.diagonal == "never" and problem.grid.uniform
        return 1.0 if self.optimal or fewest_is_shortest else None


ALGORITHMS = {
    algorithm.word: algorithm
    for algorithm in (
        Algorithm("astar", "A*", astar, optimal=True),
        Algorithm("dijkstra", "Dijkstra", dijkstra, optimal=True, informed=False),
        Algorithm("breadth", "Breadth first", breadth, informed=False, ties="fifo"),
        Algorithm("depth", "Depth first", depth, informed=False, ties="lifo"),
        Algorithm("greedy", "Greedy best first", greedy),
        Algorithm("weighted", "Weighted A*", weighted),
        Algorithm("bidirectional", "Bidirectional A*", bidirectional, optimal=True, ties="high-g"),
        Algorithm("jps", "Jump point search", jps, optimal=True, weights=False, ties="high-g"),
        Algorithm("ida", "IDA*", ida, optimal=True, ties="lifo"),
        Algorithm("theta", "Theta*", theta, weights=False, ties="high-g"),
        Algorithm("dstar", "D* Lite", dstar, optimal=True, ties="cell"),
    )
}
