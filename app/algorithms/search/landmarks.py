"""Landmarks: what the known distances of a few cells prove about all others.

By the triangle inequality no path from a cell to the goal is shorter than the difference of their distances from a
landmark, nor than the difference of their distances towards it. The estimate is the greatest of these differences.
(Goldberg and Harrelson, Computing the Shortest Path: A* Search Meets Graph Theory, 2005.)
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .distances import distances, from_any
from .ground import FAR, Ground

AUTOMATIC = 4


@dataclass(frozen=True)
class Landmarks:
    """Placed cells; where none are placed, four that lie far from each other."""

    cells: tuple[int, ...] = ()

    def table(self, ground: Ground, target: int, *, from_target: bool = False) -> array[int]:
        """Estimates of the cost from every cell to `target`, or from it to every cell."""
        best = array("Q", bytes(8 * len(ground.legal)))
        for landmark in self.cells or far_apart(ground, target, AUTOMATIC):
            out = distances(ground, landmark)
            back = out if ground.grid.uniform else distances(ground, landmark, towards=True)
            if from_target:
                out, back = back, out
            _raise_to(best, back, back[target])
            _raise_to(best, [-far for far in out], -out[target])
        return best


def far_apart(ground: Ground, start: int, count: int) -> Sequence[int]:
    """Up to `count` cells, each as far as can be from `start` and from those before it, of those that reach it."""
    chosen: list[int] = []
    for _ in range(count):
        far = from_any(ground, chosen or [start])
        farthest = max((cell for cell, length in enumerate(far) if length < FAR), key=far.__getitem__)
        if farthest in chosen:
            break
        chosen.append(farthest)
    return chosen


def _raise_to(best: array[int], lengths: Iterable[int], at_target: int) -> None:
    """Raise every estimate to the difference to the target where that is more and both are known."""
    if abs(at_target) == FAR:
        return
    for cell, length in enumerate(lengths):
        if abs(length) != FAR and length - at_target > best[cell]:
            best[cell] = length - at_target
