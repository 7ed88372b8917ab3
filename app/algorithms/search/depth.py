"""Depth-first search: goes on from the cell opened last. It finds a path, seldom a good one, and keeps little open.

A cell that is met again before it was expanded moves to the end of the list, with the new way to it. Its f is the
number of moves from the start, counted downwards: the list is ordered by it without ever being sorted.
"""

from .problem import Problem
from .step import Opened, Outcome, Run
from .tree import Tree


def depth(problem: Problem, watch: bool) -> Run:
    tree, outcome, closed = Tree(problem.ground, problem.start), Outcome(generated=1), set[int]()
    f, unit = {problem.start: 0}, problem.ground.scale.straight
    stack = [problem.start]
    while stack:
        cell = stack.pop()
        if cell in closed:
            continue
        if cell in problem.goals:
            outcome.path = tree.path(cell)
            break
        closed.add(cell)
        outcome.expanded += 1
        opened: list[Opened] = []
        for near, cost in problem.ground.after(cell):
            if near not in closed:
                tree.hang(near, cell, tree.g[cell] + cost)
                f[near] = f[cell] - unit
                stack.append(near)
                outcome.generated += 1
                if watch:
                    opened.append(tree.opened(near, 0, f[near]))
        if watch:
            yield tree.step(cell, 0, f[cell], opened)
    return outcome
