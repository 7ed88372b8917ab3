"""Coarse to fine: the sizes a picture is optimised at, and how fast it is changed at each step.

Idea: most steps run on a small picture, where they are cheap and a brush stroke spans more of it. Nothing here needs
torch, so that a demo may ask what a run will cost.
"""

import math

SMALLEST = 128
RATE = 0.04
GENTLE = 0.03
RISING = 0.125

Rungs = list[tuple[int, int]]  # longest side in pixels, steps


def ladder(size: int, steps: int, smallest: int = SMALLEST) -> Rungs:
    """Rungs (longest side, steps) from coarse to fine, each √2 larger; coarse ones get more of the steps."""
    count = max(1, 1 + math.floor(2 * math.log2(max(1.0, size / smallest)) + 1e-9))
    sizes = [round(size / math.sqrt(2) ** rung) for rung in reversed(range(count))]
    shares = [1.35**rung for rung in reversed(range(count))]
    begins = [int(steps * sum(shares[:rung]) / sum(shares)) for rung in range(count)]
    ends = [*begins[1:], steps]
    return [(rung, end - begin) for rung, begin, end in zip(sizes, begins, ends, strict=True) if end > begin]


def usual(progress: float) -> float:
    """The learning rate at this share of the steps."""
    # The last fifth calms down: a constant rate leaves its own noise in the picture.
    return RATE * min(1.0, 0.1 + (1 - progress) / 0.2)


def gentle(progress: float) -> float:
    """The learning rate where the picture is painted already: Adam's first steps, all alike, would undo some of it."""
    return GENTLE / RATE * min(1.0, progress / RISING) * usual(progress)
