"""A belief as a normal curve: measured, moved, measured again. Variances, not deviations, go in and come out.

The two updates are a Kalman filter in one dimension: Thrun, Burgard & Fox (2005), Probabilistic Robotics, 3.2.
"""

from __future__ import annotations

import math
from typing import NamedTuple


class Gaussian(NamedTuple):
    """The variance is above 0."""

    mean: float
    variance: float


def measured(belief: Gaussian, value: float, variance: float, times: int = 1) -> Gaussian:
    """After a measurement with this error: precisions (1 / variance) add, and the mean is weighed by them.

    `times` measurements whose mean is `value` count as one with an error that many times smaller in variance.
    """
    error = variance / times
    total = belief.variance + error
    return Gaussian((error * belief.mean + belief.variance * value) / total, belief.variance * error / total)


def moved(belief: Gaussian, by: float, variance: float = 0.0) -> Gaussian:
    """After a move of so far, more or less: means and variances add."""
    return Gaussian(belief.mean + by, belief.variance + variance)


def predictive(belief: Gaussian, variance: float) -> Gaussian:
    """What the next measurement with this error will be."""
    return moved(belief, 0.0, variance)


def density(belief: Gaussian, x: float) -> float:
    """The height of the curve at x."""
    square = (x - belief.mean) ** 2 / belief.variance
    return math.exp(-square / 2) / math.sqrt(2 * math.pi * belief.variance)


def below(belief: Gaussian, x: float) -> float:
    """P(value < x)."""
    return 0.5 * math.erfc((belief.mean - x) / math.sqrt(2 * belief.variance))


def interval(belief: Gaussian, mass: float = 0.95) -> tuple[float, float]:
    """The middle `mass` of the belief, by halving: below its lower end is as much as above its upper."""
    low, high = 0.0, 40.0  # deviations: nothing that a float can tell from 1 is farther out
    while (middle := (low + high) / 2) not in (low, high):
        low, high = (middle, high) if math.erf(middle / math.sqrt(2)) < mass else (low, middle)
    reach = middle * math.sqrt(belief.variance)
    return belief.mean - reach, belief.mean + reach
