"""The measured quantity: against prior times likelihood, integrated."""

from __future__ import annotations

import math

import pytest

from app.algorithms.bayes import gaussian
from app.algorithms.bayes.gaussian import Gaussian

CASES = [(Gaussian(10, 4), 12, 4), (Gaussian(0, 1), 3, 0.25), (Gaussian(-5, 9), -5, 100)]


def moments(curve: list[tuple[float, float]]) -> tuple[float, float]:
    total = sum(height for _, height in curve)
    mean = sum(x * height for x, height in curve) / total
    return mean, sum((x - mean) ** 2 * height for x, height in curve) / total


@pytest.mark.parametrize(("belief", "value", "variance"), CASES)
def test_a_measurement_is_prior_times_likelihood(belief: Gaussian, value: float, variance: float) -> None:
    grid = [belief.mean + (i - 20_000) / 500 * math.sqrt(belief.variance) / 4 for i in range(40_001)]
    curve = [(x, gaussian.density(belief, x) * gaussian.density(Gaussian(value, variance), x)) for x in grid]
    mean, spread = moments(curve)
    after = gaussian.measured(belief, value, variance)
    assert after.mean == pytest.approx(mean, abs=1e-6)
    assert after.variance == pytest.approx(spread, rel=1e-4)
    assert after.variance < min(belief.variance, variance)


def test_many_measurements_are_one_of_their_mean() -> None:
    belief = Gaussian(2, 9)
    one_by_one = belief
    for value in (4.0, 5.0, 9.0):
        one_by_one = gaussian.measured(one_by_one, value, 3)
    assert gaussian.measured(belief, 6, 3, times=3) == pytest.approx(one_by_one)


def test_the_values_of_the_course() -> None:
    assert gaussian.measured(Gaussian(10, 4), 12, 4) == (11, 2)
    assert gaussian.moved(Gaussian(8, 4), 10, 6) == (18, 10)


def test_intervals_hold_what_they_promise() -> None:
    belief = Gaussian(3, 2)
    low, high = gaussian.interval(belief, 0.9)
    assert gaussian.below(belief, low) == pytest.approx(0.05)
    assert gaussian.below(belief, high) == pytest.approx(0.95)
    assert gaussian.interval(Gaussian(0, 1))[1] == pytest.approx(1.959964, abs=1e-6)


def test_the_next_measurement_is_less_certain_than_the_belief() -> None:
    assert gaussian.predictive(Gaussian(1, 2), 3) == (1, 5)


def test_below_is_the_integral_of_the_density() -> None:
    belief = Gaussian(1, 4)
    step = 0.001
    area = sum(gaussian.density(belief, -19 + (i + 0.5) * step) * step for i in range(22_000))
    assert gaussian.below(belief, 3) == pytest.approx(area, abs=1e-7)
