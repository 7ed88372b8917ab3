"""Where is the robot? A histogram filter: a probability in every cell, sharpened by sensing, blurred by moving.

A belief is a list of rows that sum to 1; a world is as large and has a colour in every cell; one dimension is one row.
Defaults are those of Thrun’s course: hit 0.6, miss 0.2, 0.8 exact and 0.1 one cell too short or too far, cyclic.

Source: Thrun, Burgard & Fox (2005), Probabilistic Robotics, chapters 4 and 8.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

Belief = list[list[float]]
World = list[list[str]]
Step = tuple[int, int]  # cells down, cells right; at most one of them is not 0, or both are as far

HIT, MISS = 0.6, 0.2
NOISE = (0.1, 0.8, 0.1)  # one cell too short, exact, one too far


def uniform(world: World) -> Belief:
    """Nothing known: every cell as likely."""
    cells = sum(len(row) for row in world)
    return [[1 / cells for _ in row] for row in world]


def sense(belief: Belief, world: World, seen: str, hit: float = HIT, miss: float = MISS) -> tuple[Belief, float]:
    """The belief after a colour was seen, and the evidence: how much of the belief expected it.

    `hit` weighs the cells of that colour, `miss` the others; only their ratio matters to the belief. Where nothing
    allows what was seen (a `miss` of 0) the belief says nothing any more, and starts anew from all cells alike.
    """
    weighed = [
        [p * (hit if colour == seen else miss) for p, colour in zip(row, colours, strict=True)]
        for row, colours in zip(belief, world, strict=True)
    ]
    evidence = sum(map(sum, weighed))
    if not evidence:
        return uniform(world), 0.0
    return [[p / evidence for p in row] for row in weighed], evidence


def move(belief: Belief, step: Step, noise: tuple[float, float, float] = NOISE, cyclic: bool = True) -> Belief:
    """The belief after a move: each cell’s probability lands one short, exactly there, or one too far.

    Beyond the edge it comes in on the other side, or stays at the wall where the world is not cyclic. No step is no
    move, and has no error.
    """
    after = [[0.0] * len(row) for row in belief]
    for (down, right), share in _landings(step, noise):
        for y, row in enumerate(belief):
            for x, p in enumerate(row):
                to_y, to_x = landed(y + down, len(belief), cyclic), landed(x + right, len(row), cyclic)
                after[to_y][to_x] += p * share
    return after


def landed(position: int, size: int, cyclic: bool) -> int:
    """Where a position along one side ends: around the world, or at its wall."""
    return position % size if cyclic else min(max(position, 0), size - 1)


def doubt(belief: Belief, share: float) -> Belief:
    """That share of the belief spread over all cells: what lets a kidnapped robot find itself again."""
    cells = sum(len(row) for row in belief)
    return [[p * (1 - share) + share / cells for p in row] for row in belief]


def entropy(belief: Belief) -> float:
    """Bits that are missing: 0 if the cell is known, log2 of the number of cells if nothing is."""
    return -sum(p * math.log2(p) for row in belief for p in row if p > 0)


def likeliest(belief: Belief) -> tuple[int, int]:
    """Row and column of the highest cell, the first of equals."""
    cells = [(p, -y, -x) for y, row in enumerate(belief) for x, p in enumerate(row)]
    _, y, x = max(cells)
    return -y, -x


def journey(
    world: World,
    start: tuple[int, int],
    steps: list[Step],
    draw: Callable[[], float],
    *,
    kidnapped: dict[int, tuple[int, int]] | None = None,
    share: float = 0.0,
    hit: float = HIT,
    miss: float = MISS,
    noise: tuple[float, float, float] = NOISE,
    cyclic: bool = True,
) -> Iterator[dict[str, Any]]:
    """A hidden robot drives and senses, and the filter follows: one dict a step, the first before any move.

    `draw` gives uniform numbers from 0 to 1; `kidnapped` maps a step (from 1) to where the robot is carried after it,
    of which the filter is told nothing; `share` is the doubt that the filter mixes in before it senses.
    """
    position, belief = start, uniform(world)
    for number, step in enumerate([(0, 0), *steps]):
        belief = move(belief, step, noise, cyclic)
        position = (kidnapped or {}).get(number) or driven(position, step, world, draw, noise, cyclic)
        seen = glimpsed(world, position, draw, hit, miss)
        belief, evidence = sense(doubt(belief, share), world, seen, hit, miss)
        yield {
            "step": number,
            "position": position,
            "seen": seen,
            "belief": belief,
            "evidence": evidence,
            "entropy": entropy(belief),
            "likeliest": likeliest(belief),
        }


def driven(
    position: tuple[int, int],
    step: Step,
    world: World,
    draw: Callable[[], float],
    noise: tuple[float, float, float] = NOISE,
    cyclic: bool = True,
) -> tuple[int, int]:
    """Where the hidden robot ends, with the error that the filter reckons with."""
    landings = _landings(step, noise)
    (down, right), _ = landings[_drawn([share for _, share in landings], draw)]
    y, x = position
    return landed(y + down, len(world), cyclic), landed(x + right, len(world[0]), cyclic)


def glimpsed(
    world: World, position: tuple[int, int], draw: Callable[[], float], hit: float = HIT, miss: float = MISS
) -> str:
    """The colour that the hidden robot reports: its cell’s in hit of hit + miss for each other colour."""
    colours = sorted({colour for row in world for colour in row})
    here = world[position[0]][position[1]]
    return colours[_drawn([hit if colour == here else miss for colour in colours], draw)]


def _landings(step: Step, noise: tuple[float, float, float]) -> list[tuple[Step, float]]:
    length = max(abs(step[0]), abs(step[1]))
    if not length:
        return [(step, 1.0)]
    unit = (step[0] // length, step[1] // length)
    lengths = (length - 1, length, length + 1)
    return [((unit[0] * far, unit[1] * far), share) for far, share in zip(lengths, noise, strict=True)]


def _drawn(weights: list[float], draw: Callable[[], float]) -> int:
    chance = draw() * sum(weights)
    for index, weight in enumerate(weights):
        chance -= weight
        if chance < 0:
            return index
    return len(weights) - 1
