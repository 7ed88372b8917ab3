"""The coin: against numeric integration, counting, and tosses simulated."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

import pytest

from app.algorithms import bayes
from app.algorithms.bayes import beta, comparison
from app.algorithms.bayes.beta import Beta
from tests.algorithms.bayes.cases import INTEGRALS, PAIRS


def integral(f: Callable[[float], float], low: float, high: float, steps: int = 20_000) -> float:
    """By Simpson's rule, in u with x = low + (high − low) u³(10 − 15u + 6u²): flat ends tame the poles there."""
    width = high - low

    def smooth(u: float) -> float:
        return f(low + width * u**3 * (10 - 15 * u + 6 * u * u)) * width * 30 * (u * (1 - u)) ** 2

    inner = sum((4 if i % 2 else 2) * smooth(i / steps) for i in range(1, steps))
    return inner / steps / 3


def raw(belief: Beta) -> Callable[[float], float]:
    return lambda x: x ** (belief.a - 1) * (1 - x) ** (belief.b - 1) if 0 < x < 1 else 0.0


@pytest.mark.parametrize(("a", "b", "x"), INTEGRALS)
def test_the_incomplete_beta_function_is_an_integral(a: float, b: float, x: float) -> None:
    curve = raw(Beta(a, b))
    expected = integral(curve, 0, x) / integral(curve, 0, 1)
    assert beta.below(Beta(a, b), x) == pytest.approx(expected, abs=1e-5 if min(a, b) < 1 else 1e-10)


@pytest.mark.parametrize(("a", "b", "x"), INTEGRALS)
def test_its_mirror_image_and_its_reverse(a: float, b: float, x: float) -> None:
    assert beta.below(Beta(a, b), x) == pytest.approx(1 - beta.below(Beta(b, a), 1 - x), abs=1e-12)
    assert beta.quantile(Beta(a, b), beta.below(Beta(a, b), x)) == pytest.approx(x, abs=1e-9)


def test_for_whole_parameters_it_is_a_binomial_tail() -> None:
    for a, b, x in ((3, 5, 0.2), (10, 2, 0.8), (1, 7, 0.1)):
        n = a + b - 1
        tail = sum(math.comb(n, k) * x**k * (1 - x) ** (n - k) for k in range(a, n + 1))
        assert beta.below(Beta(a, b), x) == pytest.approx(tail, abs=1e-13)


@pytest.mark.parametrize(("a", "b", "_x"), INTEGRALS)
def test_density_mean_and_variance_by_integration(a: float, b: float, _x: float) -> None:
    belief = Beta(a, b)
    precise = 1e-5 if min(a, b) < 1 else 1e-9
    for power, expected in ((0, 1.0), (1, belief.mean), (2, belief.variance + belief.mean**2)):
        value = integral(lambda x, n=power: beta.density(belief, x) * x**n, 0, 1)  # type: ignore[misc]
        assert value == pytest.approx(expected, abs=precise)


def test_the_ends_of_the_curve() -> None:
    assert beta.density(Beta(1, 3), 0) == 3
    assert beta.density(Beta(3, 1), 1) == 3
    assert beta.density(Beta(0.5, 2), 0) == math.inf
    assert beta.density(Beta(2, 2), 0) == beta.density(Beta(2, 2), 1.5) == 0


def test_the_posterior_by_rejection_is_within_three_sigma() -> None:
    chance = random.Random(11)
    kept = []
    while len(kept) < 4000:
        bias = chance.random()
        if sum(chance.random() < bias for _ in range(10)) == 7:
            kept.append(bias)
    after = beta.posterior(Beta(1, 1), 7, 3)
    assert abs(sum(kept) / len(kept) - after.mean) < 3 * math.sqrt(after.variance / len(kept))
    low, high = beta.interval(after)
    inside = sum(low < bias < high for bias in kept) / len(kept)
    assert abs(inside - 0.95) < 3 * math.sqrt(0.95 * 0.05 / len(kept))


def test_the_summary_weighs_prior_and_tosses() -> None:
    prior = beta.imagined(0.3, 20)
    told = beta.summary(prior, 7, 3)
    share = told["weight_of_prior"]
    assert share == pytest.approx(20 / 30)
    assert told["mean"] == pytest.approx(share * prior.mean + (1 - share) * 0.7)
    assert told["mode"] == pytest.approx((told["a"] - 1) / (told["a"] + told["b"] - 2))
    assert beta.below(Beta(told["a"], told["b"]), told["interval"][0]) == pytest.approx(0.025)
    assert beta.imagined(0.5, 2) == Beta(1, 1)
    assert Beta(1, 1).mode is None
    with pytest.raises(ValueError, match="more than 0 tosses"):
        beta.imagined(0.0, 5)


def test_the_mode_is_where_the_curve_is_highest() -> None:
    belief = Beta(3.2, 8.1)
    assert belief.mode is not None
    heights = [beta.density(belief, belief.mode + shift) for shift in (-1e-3, 0, 1e-3)]
    assert heights[1] == max(heights)


def test_the_order_of_tosses_does_not_matter() -> None:
    belief = Beta(2, 2)
    for toss in "HTHHT":
        belief = beta.posterior(belief, toss == "H", toss == "T")
    assert belief == beta.posterior(Beta(2, 2), 3, 2)


def test_the_predictive_distribution_is_an_integral() -> None:
    belief = Beta(3, 2)
    chances = beta.predictive(belief, 6)
    assert sum(chances) == pytest.approx(1)
    for k, chance in enumerate(chances):
        expected = integral(
            lambda x, k=k: beta.density(belief, x) * math.comb(6, k) * x**k * (1 - x) ** (6 - k),  # type: ignore[misc]
            *(0, 1),
            steps=2000,
        )
        assert chance == pytest.approx(expected, abs=1e-9)
    assert beta.predictive(Beta(1, 1), 4) == pytest.approx([0.2] * 5)


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_b_better_than_a_is_a_double_integral(a: list[float], b: list[float]) -> None:
    first, second = Beta(*a), Beta(*b)
    expected = integral(lambda x: beta.density(second, x) * beta.below(first, x), 0, 1, 4000)
    assert comparison.better(first, second) == pytest.approx(expected, abs=1e-9)
    assert comparison.better(first, second) + comparison.better(second, first) == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_gain_less_loss_is_the_difference_of_the_means(a: list[float], b: list[float]) -> None:
    first, second = Beta(*a), Beta(*b)
    gain, loss = comparison.expected_gain(first, second), comparison.expected_gain(second, first)
    assert gain - loss == pytest.approx(second.mean - first.mean, abs=1e-9)
    # E(max(b − a, 0)) is the integral of P(a < x < b)
    expected = integral(lambda x: beta.below(first, x) * (1 - beta.below(second, x)), 0, 1, 4000)
    assert gain == pytest.approx(expected, abs=1e-8)


def test_two_variants_simulated_within_three_sigma() -> None:
    chance = random.Random(13)
    told = bayes.compare(Beta(1, 1), (12, 88), (18, 82))
    draws = 40_000
    wins = sum(chance.betavariate(19, 83) > chance.betavariate(13, 89) for _ in range(draws)) / draws
    assert abs(wins - told["b_better"]) < 3 * math.sqrt(wins * (1 - wins) / draws)


def test_a_comparison_without_a_whole_number_is_refused() -> None:
    with pytest.raises(ValueError, match="whole numbers"):
        comparison.better(Beta(1.5, 1.5), Beta(2.5, 2.5))


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("HTTH", (2, 2)),
        ("h t t", (1, 2)),
        ("1 0 0 1 1", (3, 2)),
        ("7 of 10", (7, 3)),
        ("7/10", (7, 3)),
        ("7 3", (7, 3)),
        (" 12, 5 ", (12, 5)),
        ("1 1", (1, 1)),
    ],
)
def test_pasted_tosses(text: str, counts: tuple[int, int]) -> None:
    assert beta.tossed(text) == counts


@pytest.mark.parametrize("text", ["", "heads", "11 of 10", "7 3 2"])
def test_what_is_no_toss_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"Write tosses|cannot be"):
        beta.tossed(text)
