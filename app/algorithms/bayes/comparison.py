"""A against B: which of two biases is the higher, exactly.

P(B > A) is a finite sum if one of the four parameters is whole. Source: Cook (2005), Exact calculation of beta
inequalities; Miller (2014), Formulas for Bayesian A/B testing.
"""

from __future__ import annotations

import math
from typing import Any

from app.algorithms.bayes.beta import Beta, interval, log_beta, posterior

MOST_TERMS = 2_000_000


def better(a: Beta, b: Beta) -> float:
    """P(bias of b > bias of a). Raises ValueError where no parameter is whole, or the sum would be too long.

    The sum runs over one parameter; mirror images (heads for tails, A for B) let it be the smallest whole one.
    """
    forms = [
        (b.a, lambda: _sum(a, b)),
        (a.b, lambda: _sum(Beta(b.b, b.a), Beta(a.b, a.a))),
        (a.a, lambda: 1 - _sum(b, a)),
        (b.b, lambda: 1 - _sum(Beta(a.b, a.a), Beta(b.b, b.a))),
    ]
    whole = [(terms, form) for terms, form in forms if float(terms).is_integer() and terms <= MOST_TERMS]
    if not whole:
        raise ValueError("Give whole numbers of imaginary tosses, and fewer than two million real ones.")
    return min(max(min(whole, key=lambda pair: pair[0])[1](), 0.0), 1.0)


def compare(prior: Beta, a: tuple[int, int], b: tuple[int, int], mass: float = 0.95) -> dict[str, Any]:
    """Two variants by their (successes, failures) and one prior: what to believe of each and of choosing B.

    `loss` is the bias that is lost on average by choosing B, where A is better; `gain` by choosing B where it is. Their
    difference is the difference of the means.
    """
    first, second = posterior(prior, *a), posterior(prior, *b)
    return {
        "a": {"mean": first.mean, "interval": list(interval(first, mass))},
        "b": {"mean": second.mean, "interval": list(interval(second, mass))},
        "b_better": better(first, second),
        "gain": expected_gain(first, second),
        "loss": expected_gain(second, first),
    }


def expected_gain(a: Beta, b: Beta) -> float:
    """E(max(b − a, 0)), as x times the density of Beta(a, b) is its mean times that of Beta(a + 1, b)."""
    gain = b.mean * better(a, Beta(b.a + 1, b.b)) - a.mean * better(Beta(a.a + 1, a.b), b)
    return max(gain, 0.0)


def _sum(a: Beta, b: Beta) -> float:
    whole = log_beta(a.a, a.b)
    return math.fsum(
        math.exp(log_beta(a.a + i, a.b + b.b) - math.log(b.b + i) - log_beta(1 + i, b.b) - whole)
        for i in range(int(b.a))
    )
