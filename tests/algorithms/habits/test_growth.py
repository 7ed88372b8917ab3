"""Curves of a habit: the famous numbers, closed forms, and an integrated differential equation."""

from __future__ import annotations

import json
import math

import pytest

from app.algorithms import habits
from app.algorithms.habits import growth, missed
from tests.algorithms.habits.cases import CURVES


def test_the_famous_numbers() -> None:
    assert round(habits.compounding(0.01, 365)[-1], 2) == 37.78
    assert round(habits.compounding(-0.01, 365)[-1], 4) == 0.0255


@pytest.mark.parametrize(("rate", "days", "off", "factor"), CURVES)
def test_compounding_is_a_product_of_its_days(rate: float, days: int, off: list[int], factor: float) -> None:
    values = habits.compounding(rate, days, off, factor)
    assert len(values) == days + 1
    assert values[-1] == pytest.approx((1 + rate) ** (days - len(off)) * factor ** len(off))


@pytest.mark.parametrize(("rate", "days", "off", "factor"), CURVES)
def test_missing_a_day_never_helps_who_grows(rate: float, days: int, off: list[int], factor: float) -> None:
    if rate >= 0 and factor <= 1:
        for curve in (habits.compounding, habits.linear):
            assert all(a <= b for a, b in zip(curve(rate, days, off, factor), curve(rate, days), strict=True))


def test_the_line_is_straight_and_never_below_nothing() -> None:
    assert habits.linear(0.01, 100)[-1] == pytest.approx(2)
    assert habits.linear(0.01, 10, [3])[3] == habits.linear(0.01, 10)[2]
    assert habits.linear(-0.3, 5) == pytest.approx([1, 0.7, 0.4, 0.1, 0, 0])


@pytest.mark.parametrize(("rate", "ceiling"), [(0.01, 10.0), (0.05, 3.0), (-0.02, 4.0)])
def test_the_plateau_is_logistic(rate: float, ceiling: float) -> None:
    for day, value in enumerate(habits.plateau(rate, 200, ceiling)):
        assert value == pytest.approx(ceiling / (1 + (ceiling - 1) * (1 + rate) ** -day))


def test_the_plateau_solves_its_differential_equation() -> None:
    """dy/dt = r y (1 − y / K), by Runge and Kutta, missed days standing still."""
    rate, ceiling, off = 0.03, 6.0, {10, 11, 50}
    r = math.log1p(rate)

    def slope(y: float) -> float:
        return r * y * (1 - y / ceiling)

    y, steps = 1.0, 20
    for day, value in enumerate(habits.plateau(rate, 120, ceiling, off)):
        assert value == pytest.approx(y, abs=1e-9)
        if day + 1 in off:
            continue
        h = 1 / steps
        for _ in range(steps):
            k1 = slope(y)
            k2 = slope(y + h * k1 / 2)
            k3 = slope(y + h * k2 / 2)
            k4 = slope(y + h * k3)
            y += h * (k1 + 2 * k2 + 2 * k3 + k4) / 6


def test_the_plateau_starts_as_compounding_and_stays_below() -> None:
    capped, free = habits.plateau(0.01, 365, 1e9), habits.compounding(0.01, 365)
    assert capped == pytest.approx(free, rel=1e-6)
    values = habits.plateau(0.01, 2000, 5)
    assert all(value < 5 for value in values)
    assert values[-1] == pytest.approx(5, abs=1e-6)
    with pytest.raises(ValueError, match="above 1"):
        habits.plateau(0.01, 10, 1)


@pytest.mark.parametrize(
    ("target", "rate"), [(2, 0.01), (37.78, 0.01), (0.5, -0.01), (1.01, 0.01), (10, 0.003), (1.05**7, 0.05)]
)
def test_days_until_a_target_are_those_of_the_curve(target: float, rate: float) -> None:
    days = habits.days_until(target, rate)
    assert days is not None
    assert days == growth.first_day(
        [value * (1 + 1e-12) ** math.copysign(1, rate) for value in habits.compounding(rate, 3000)], target
    )


def test_days_until_with_missed_days_evenly() -> None:
    days = habits.days_until(2, 0.01, missed=1 / 7, factor=0.99)
    assert days is not None
    curve = habits.compounding(0.01, 500, missed.every(500, 7), 0.99)
    reached = growth.first_day(curve, 2)
    assert reached is not None
    assert abs(days - reached) <= 7


def test_a_target_on_the_other_side_is_never_reached() -> None:
    assert habits.days_until(2, -0.01) is None
    assert habits.days_until(2, 0.0) is None
    assert habits.days_until(0.5, 0.01) is None
    assert habits.days_until(2, 0.01, missed=0.5, factor=0.99) is None
    assert habits.days_until(1, 0.01) == 0
    assert growth.first_day(habits.compounding(0.01, 10), 2) is None


def test_days_beyond_what_floats_count_are_never() -> None:
    assert habits.days_until(2, 5e-324) is None
    assert (habits.days_until(2, 1e-300) or 0) > 1e299


def test_the_valley_is_where_the_curve_lags() -> None:
    values = habits.plateau(0.03, 200, 12)
    found = growth.valley(values, 12)
    assert found is not None
    gaps = [line - value for line, value in zip(found["expected"], values, strict=True)]
    assert found["gap"] == max(gaps) == gaps[found["deepest"]]
    assert gaps[found["out"]] <= 1e-9 < gaps[found["out"] - 1]
    assert found["expected"][0] == 1
    assert found["expected"][-1] == pytest.approx(12)
    assert growth.valley(habits.linear(0.1, 30), 4) is None
    assert growth.valley([1.0], 4) is None


def test_compounding_always_lags_behind_the_line_to_its_own_end() -> None:
    told = habits.rivals(0.01, 365, 40)
    assert told["valleys"]["compounding"]["out"] == 365
    assert told["ends"]["compounding"] > told["ends"]["plateau"] > told["ends"]["linear"]
    assert told["nearly"]["linear"] is None
    assert json.loads(json.dumps(told, allow_nan=False)) == told


def test_the_end_in_a_sentence() -> None:
    assert growth.told(habits.compounding(0.01, 365)) == "After 365 days: 37.78 times day 1."
    assert growth.told(habits.compounding(-0.01, 365)) == "After 365 days: 2.55 % of day 1 is left."
    assert growth.told(habits.compounding(0.01, 1)) == "After 1 day: 1.0 % better than day 1."


def test_a_life_is_the_longest() -> None:
    with pytest.raises(ValueError, match="between 0 and"):
        habits.compounding(0.01, growth.LONGEST + 1)
