"""One result after another: each multiplies the odds by its Bayes factor.

Results of different tests are taken as independent given the state (ill or not), and then no order matters. A test
that is repeated may repeat its error: with correlation c its next result copies its last one with probability c and
is drawn afresh with 1 − c. Each result alone keeps its rates, two neighbours correlate by c in either state, k apart by
c to the k: the two-state Markov chain of Klotz (1973), Statistical inference in Bernoulli trials with dependence.
At c = 0 the order of results tells nothing; at c > 0 + + − is other evidence than + − +; at c = 1 the first result
is all there is.
"""

from __future__ import annotations

from typing import Any, TypedDict


class Reading(TypedDict):
    """One result; `test` names what is repeated."""

    test: str
    sensitivity: float
    false_positive: float
    positive: bool


def in_sequence(prior: float, readings: list[Reading], correlation: float = 0.0) -> list[dict[str, Any]]:
    """After each reading: `factor` as a pair of likelihoods, its ratio (None if infinite), odds and posterior.

    Odds are pairs (for, against) that sum to 1, so that a long row of results neither overflows nor vanishes. Where
    results cannot happen together (copied, yet different) the posterior is None from there on.
    Raises ValueError for a prior or a correlation outside 0 to 1.
    """
    if not (0 <= prior <= 1 and 0 <= correlation <= 1):
        raise ValueError("Prior and correlation must be between 0 and 1.")
    odds: list[float] | None = [prior, 1 - prior]
    last: dict[str, bool] = {}
    steps = []
    for reading in readings:
        pair = [
            likelihood(reading["positive"], reading[rate], last.get(reading["test"]), correlation)
            for rate in ("sensitivity", "false_positive")
        ]
        last[reading["test"]] = reading["positive"]
        odds = _multiplied(odds, pair)
        steps.append(
            {
                "factor_pair": pair,
                "factor": pair[0] / pair[1] if pair[1] else None,
                "odds": odds,
                "posterior": odds[0] if odds else None,
            }
        )
    return steps


def likelihood(positive: bool, rate: float, last: bool | None, correlation: float) -> float:
    """P(this result | the state, the last result of the same test); `rate` is how often it is positive there."""
    afresh = rate if positive else 1 - rate
    if last is None:
        return afresh
    return correlation * (positive == last) + (1 - correlation) * afresh


def orders(positives: int, negatives: int) -> list[str]:
    """Rows of + and − with so many of each: one for every evidence that some order of them is.

    What a row tells depends on how it begins and on how often it changes sides, so a few rows stand for all: for three
    and two, seven of ten.
    """
    if not (positives and negatives):
        return ["+" * positives + "-" * negatives]
    rows = []
    for first, other, sizes in (("+", "-", (positives, negatives)), ("-", "+", (negatives, positives))):
        for runs in range(2, 2 * min(sizes[0], sizes[1] + 1) + 1):
            heads, tails = (runs + 1) // 2, runs // 2
            if heads <= sizes[0] and tails <= sizes[1]:
                rows.append(_row(first * sizes[0], other * sizes[1], heads, tails))
    return rows


def _row(firsts: str, others: str, heads: int, tails: int) -> str:
    """So many runs of either sign in turn, all of one sign that can wait in the last of them."""
    parts = []
    for number in range(heads):
        parts.append(firsts[number] if number < heads - 1 else firsts[number:])
        if number < tails:
            parts.append(others[number] if number < tails - 1 else others[number:])
    return "".join(parts)


def _multiplied(odds: list[float] | None, pair: list[float]) -> list[float] | None:
    if odds is None:
        return None
    pro, contra = odds[0] * pair[0], odds[1] * pair[1]
    return [pro / (pro + contra), contra / (pro + contra)] if pro + contra else None
