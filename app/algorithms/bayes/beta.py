"""A coin of unknown bias: Beta prior, binomial counts, Beta posterior.

A belief is Beta(a, b); a − 1 and b − 1 toss counts would give it from a flat start, and a + b is what it is worth in
tosses. Sources: Gelman and others (2013), Bayesian Data Analysis, 2.4; for the integral Press and others (2007),
Numerical Recipes, 6.4 (Lentz’s continued fraction).
"""

from __future__ import annotations

import math
import re
from typing import Any, NamedTuple

ITERATIONS = 10_000  # the continued fraction takes about the root of a + b
TINY = 1e-300
PRECISE = 1e-15


class Beta(NamedTuple):
    """Both above 0."""

    a: float
    b: float

    @property
    def mean(self) -> float:
        return self.a / (self.a + self.b)

    @property
    def variance(self) -> float:
        return self.mean * (1 - self.mean) / (self.a + self.b + 1)

    @property
    def mode(self) -> float | None:
        """Where it is highest, if that is inside; None where it is flat or highest at an end."""
        return (self.a - 1) / (self.a + self.b - 2) if self.a > 1 and self.b > 1 else None


def imagined(mean: float, tosses: float) -> Beta:
    """A prior as imaginary tosses: so many, of which the share `mean` were heads. The flat prior is 2 tosses, 1 head.

    Raises ValueError unless the mean is inside 0 to 1 and there are some tosses.
    """
    if not (0 < mean < 1 and tosses > 0):
        raise ValueError("Imagine more than 0 tosses, and a share of heads between 0 and 1.")
    return Beta(mean * tosses, (1 - mean) * tosses)


def posterior(prior: Beta, heads: int, tails: int) -> Beta:
    """The belief after these tosses; their order does not matter."""
    return Beta(prior.a + heads, prior.b + tails)


def summary(prior: Beta, heads: int, tails: int, mass: float = 0.95) -> dict[str, Any]:
    """The posterior in numbers: mean, mode, deviation, interval; and how much of its mean is prior, from 0 to 1."""
    after = posterior(prior, heads, tails)
    return {
        "a": after.a,
        "b": after.b,
        "mean": after.mean,
        "mode": after.mode,
        "deviation": math.sqrt(after.variance),
        "interval": list(interval(after, mass)),
        "weight_of_prior": (prior.a + prior.b) / (after.a + after.b),
    }


def density(belief: Beta, x: float) -> float:
    """The height of the curve at x; infinite at an end that the belief leans on."""
    if not 0 < x < 1:
        return _at_end(belief.a, belief.b) if x == 0 else _at_end(belief.b, belief.a) if x == 1 else 0.0
    logarithm = (belief.a - 1) * math.log(x) + (belief.b - 1) * math.log1p(-x) - log_beta(belief.a, belief.b)
    return math.exp(logarithm)


def below(belief: Beta, x: float) -> float:
    """P(bias < x): the regularised incomplete beta function."""
    if not 0 < x < 1:
        return float(x >= 1)
    a, b = belief
    front = math.exp(a * math.log(x) + b * math.log1p(-x) - log_beta(a, b))
    # The fraction is quick on the side of the mean only; the other side is its mirror image.
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, 1 - x) / b


def quantile(belief: Beta, share: float) -> float:
    """The bias that `share` of the belief is below: `below` turned round, by halving."""
    low, high = 0.0, 1.0
    while (middle := (low + high) / 2) not in (low, high):
        low, high = (middle, high) if below(belief, middle) < share else (low, middle)
    return middle


def interval(belief: Beta, mass: float = 0.95) -> tuple[float, float]:
    """The equal-tailed credible interval: as much of the belief is below it as above it."""
    tail = (1 - mass) / 2
    return quantile(belief, tail), quantile(belief, 1 - tail)


def predictive(belief: Beta, tosses: int) -> list[float]:
    """P(k heads in the next tosses), k from 0: the Beta-binomial distribution. It is wider than any one coin’s."""
    a, b = belief
    whole = log_beta(a, b)
    ways = math.lgamma(tosses + 1)
    return [
        math.exp(ways - math.lgamma(k + 1) - math.lgamma(tosses - k + 1) + log_beta(a + k, b + tosses - k) - whole)
        for k in range(tosses + 1)
    ]


def log_beta(a: float, b: float) -> float:
    """The logarithm of Euler’s beta function."""
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def tossed(text: str) -> tuple[int, int]:
    """Heads and tails from what was pasted: “HTTH”, “1 0 0 1”, “7 of 10”, “7/10” or “7 3” (heads, tails).

    Raises ValueError with a sentence.
    """
    letters = re.sub(r"[\s,;]+", "", text).upper()
    if letters and (set(letters) <= {"H", "T"} or (set(letters) <= {"0", "1"} and len(letters) > 2)):
        heads = sum(letter in "H1" for letter in letters)
        return heads, len(letters) - heads
    numbers = re.fullmatch(r"\s*(\d{1,9})\s*(of|/|[\s,;])\s*(\d{1,9})\s*", text)
    if not numbers:
        raise ValueError("Write tosses as HTTH, or counts as “7 of 10” or “7 3”.")
    first, second = int(numbers[1]), int(numbers[3])
    if numbers[2] not in ("of", "/"):
        return first, second
    if first > second:
        raise ValueError(f"{first} of {second} cannot be: there are more heads than tosses.")
    return first, second - first


def _at_end(near: float, far: float) -> float:
    return math.inf if near < 1 else far if near == 1 else 0.0


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of the incomplete beta function, from its front (modified Lentz)."""
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    result = d
    for m in range(1, ITERATIONS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _away(1 + term * d)
            c = _away(1 + term / c)
            result *= d * c
        if abs(d * c - 1) < PRECISE:
            break
    return result


def _away(value: float) -> float:
    """Kept off zero, which it is about to divide."""
    return value if abs(value) > TINY else TINY
