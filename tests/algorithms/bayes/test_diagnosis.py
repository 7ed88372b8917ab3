"""Five views of one test: the same answer to 1e-12, whole people who add up, and dragging that is their reverse."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from itertools import product

import pytest

from app.algorithms import bayes
from app.algorithms.bayes import diagnosis, drag
from tests.algorithms.bayes.cases import TESTS


def random_tests(count: int) -> list[bayes.Test]:
    chance = random.Random(0)
    return [bayes.Test(*(chance.random() ** chance.choice([1, 4, 20]) for _ in range(3))) for _ in range(count)]


def by_fractions(test: bayes.Test, positive: bool) -> Fraction | None:
    """Bayes' rule in exact arithmetic."""
    rates = [Fraction(test.sensitivity), Fraction(test.false_positive)]
    pro, contra = (rate if positive else 1 - rate for rate in rates)
    for_, against = Fraction(test.prior) * pro, (1 - Fraction(test.prior)) * contra
    return for_ / (for_ + against) if for_ + against else None


def assert_views_agree(test: bayes.Test) -> None:
    for name, view in bayes.views(test).items():
        for key, positive in (("posterior", True), ("posterior_negative", False)):
            expected = by_fractions(test, positive)
            if expected is None:
                assert view[key] is None, (test, name)
            else:
                assert abs(view[key] - float(expected)) <= 1e-12, (test, name, key)


@pytest.mark.parametrize("test", [bayes.Test(*row) for row in TESTS], ids=str)
def test_the_five_views_agree_with_exact_arithmetic(test: bayes.Test) -> None:
    assert_views_agree(test)


def test_the_five_views_agree_on_a_thousand_tests() -> None:
    for test in random_tests(1000):
        assert_views_agree(test)


@pytest.mark.parametrize("test", [bayes.Test(*row) for row in TESTS], ids=str)
def test_views_are_plain_data(test: bayes.Test) -> None:
    assert json.loads(json.dumps(bayes.views(test), allow_nan=False)) == bayes.views(test)


def test_the_square_is_covered_once() -> None:
    for test in random_tests(50):
        view = diagnosis.square(test)
        assert sum(view["areas"].values()) == pytest.approx(1, abs=1e-12)
        for x, y in product((0.005, 0.31, 0.77, 0.995), repeat=2):
            holders = [
                group
                for group, r in view["rectangles"].items()
                if r["x"] <= x < r["x"] + r["width"] and r["y"] <= y < r["y"] + r["height"]
            ]
            assert len(holders) == 1


def test_whole_people_sum_and_are_less_than_one_off() -> None:
    for test, total in product(random_tests(200), (10, 1000, 12_345)):
        view = diagnosis.people(test, total)
        assert sum(view["whole"].values()) == total
        for group, count in view["whole"].items():
            assert abs(count - view["exact"][group]) < 1 + 1e-9
            assert count >= 0


def test_rounding_each_alone_would_not_add_up() -> None:
    thirds = {"a": 100 / 3, "b": 100 / 3, "c": 100 / 3}
    assert sum(round(count) for count in thirds.values()) == 99
    assert diagnosis.apportioned(thirds, 100) == {"a": 34, "b": 33, "c": 33}


def test_the_tree_adds_up_at_every_node() -> None:
    for test in random_tests(50):
        root = diagnosis.tree(test)["root"]
        for node in (root, *root["children"]):
            assert node["whole"] == sum(child["whole"] for child in node["children"])
            assert node["count"] == pytest.approx(sum(child["count"] for child in node["children"]))
            assert sum(child["share"] for child in node["children"]) == pytest.approx(1)


def test_the_tables_margins_add_up() -> None:
    for test in random_tests(50):
        rows = diagnosis.table(test)["rows"]
        for row in rows.values():
            assert row["hypothesis"] + row["other"] == pytest.approx(row["total"])
        for column in ("hypothesis", "other", "total"):
            assert rows["positive"][column] + rows["negative"][column] == pytest.approx(rows["total"][column])
        assert rows["total"]["hypothesis"] == pytest.approx(test.prior)


def test_simulated_people_are_within_three_sigma() -> None:
    chance = random.Random(7)
    test = bayes.Test(0.1, 0.8, 0.2)
    positives = ill_positives = 0
    for _ in range(40_000):
        ill = chance.random() < test.prior
        if chance.random() < (test.sensitivity if ill else test.false_positive):
            positives += 1
            ill_positives += ill
    p = diagnosis.square(test)["posterior"]
    assert abs(ill_positives / positives - p) < 3 * (p * (1 - p) / positives) ** 0.5


def test_large_enough_is_the_first_that_is() -> None:
    assert diagnosis.large_enough(bayes.Test(0.01, 0.8, 0.096)) == 1000
    assert diagnosis.large_enough(bayes.Test(0.3, 0, 0)) == 1000
    for test in random_tests(100):
        total = diagnosis.large_enough(test)
        if total < diagnosis.LARGEST:
            view = diagnosis.people(test, total)
            assert view["posterior"] is None or abs(view["posterior_whole"] - view["posterior"]) <= 0.005
        if total > 1000:
            fewer = diagnosis.people(test, total // 10)
            whole = fewer["posterior_whole"]
            assert whole is None or abs(whole - fewer["posterior"]) > 0.005


@pytest.mark.parametrize("field", ["prior", "sensitivity", "false_positive"])
@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan")])
def test_what_is_no_probability_is_refused(field: str, value: float) -> None:
    numbers = {"prior": 0.5, "sensitivity": 0.5, "false_positive": 0.5, field: value}
    with pytest.raises(ValueError, match="between 0 and 1"):
        bayes.Test(**numbers)


def test_dragging_counts_gives_back_the_test() -> None:
    for test in random_tests(100):
        back = drag.from_counts(**diagnosis.people(test, 1000)["exact"])
        for field in ("prior", "sensitivity", "false_positive"):
            assert getattr(back, field) == pytest.approx(getattr(test, field))
    with pytest.raises(ValueError, match="at least one person"):
        drag.from_counts(0, 0, 0, 0)
    assert drag.from_counts(0, 3, 0, 1) == bayes.Test(0, 0, 0.75)


def test_dragging_the_factor_and_the_posterior_arrives_there() -> None:
    tests = [test for test in random_tests(300) if min(test.sensitivity, test.false_positive) > 0.01]
    for test in tests:
        for factor in (0.25, 1.0, 7.5, 1000.0):
            moved = drag.with_factor(test, factor)
            assert diagnosis.odds(moved)["positive"]["factor"] == pytest.approx(factor)
            assert moved.prior == test.prior
        for posterior in (0.001, 0.5, 0.97):
            moved = drag.with_posterior(test, posterior)
            assert diagnosis.odds(moved)["posterior"] == pytest.approx(posterior)
    assert drag.with_factor(bayes.Test(0.1, 0.8, 0.2), 0).sensitivity == 0
    with pytest.raises(ValueError, match="No base rate"):
        drag.with_posterior(bayes.Test(0.1, 0.0, 0.0), 0.5)


def test_a_higher_base_rate_never_lowers_the_posterior() -> None:
    for test in random_tests(50):
        curve = drag.by_base_rate(bayes.Test(0.5, max(test.sensitivity, test.false_positive), 0.01), [0.01, 0.1, 0.5])
        known = [point for point in curve if point is not None]
        assert known == sorted(known)
