"""D* Lite: a search from the goal that keeps what it knows, so that a change of the map costs only what it touches.

Its first path is found like A*'s. Then the map changes, and it mends what it knows; a fresh search of the changed map
is run beside it, to count what that spared.

(Koenig and Likhachev, D* Lite, 2002, the version before its optimisations.)
"""

from __future__ import annotations

from dataclasses import replace

from .ground import FAR
from .problem import Problem
from .replanner import Expansion, Replanner
from .step import Opened, Outcome, Run, Step


def dstar(problem: Problem, watch: bool) -> Run:
    replanner, expanded = Replanner(problem), [0, 0]
    for stage in (0, 1) if problem.changes else (0,):
        if stage:
            replanner.change(problem.changes)
        for expansion in replanner.plan():
            expanded[stage] += 1
            if watch:
                yield _step(replanner, expansion, stage)
    path, scale = replanner.path(), problem.ground.scale
    return Outcome(
        path=path,
        cost=scale.length(replanner.g(replanner.start)) if path else None,
        expanded=sum(expanded),
        generated=replanner.generated,
        facts=_compared(problem, replanner, expanded) if problem.changes else {},
    )


def _compared(problem: Problem, replanner: Replanner, expanded: list[int]) -> dict[str, float]:
    """What the change cost, and what a fresh search of the changed map expands."""
    fresh = Replanner(replace(problem, ground=replanner.ground))
    return {"first": expanded[0], "repair": expanded[1], "fresh": sum(1 for _ in fresh.plan())}


def _step(replanner: Replanner, expansion: Expansion, stage: int) -> Step:
    place, scale, h = replanner.ground.grid.place, replanner.ground.scale, replanner.h

    def numbers(cell: int, f: int, g: int) -> tuple[float, float, float]:
        return scale.length(g), h[cell] / scale.straight, f / scale.straight

    def parent(cell: int) -> tuple[int, int] | None:
        known = cell not in replanner.goals and replanner.rhs(cell) < FAR
        return place(replanner.onward(cell)) if known else None

    return Step(
        place(expansion.cell),
        *numbers(expansion.cell, *expansion.key),
        parent(expansion.cell),
        tuple(Opened(place(near), *numbers(near, *replanner.key(near)), parent(near)) for near in expansion.opened),
        side=1,
        repair=stage,
        dropped=tuple(place(near) for near in expansion.dropped),
        lost=expansion.lost,
    )
