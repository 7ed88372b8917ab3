"""The rate of learning over a run: up in a straight line, then down along half a cosine (Loshchilov, Hutter, 2017)."""

import math

LAST = 0.02  # share of the highest rate that is left at the end


def schedule(step: int, steps: int, warm: int = 100) -> float:
    """The share of the highest rate at step 1…steps, of which the first `warm` rise."""
    rise = min(1.0, step / min(warm, steps))
    return rise * (LAST + (1 - LAST) * 0.5 * (1 + math.cos(math.pi * (step - 1) / steps)))
