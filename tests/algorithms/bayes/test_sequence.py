"""Results in a row: the order of independent ones tells nothing, and the correlation is the one that was asked for."""

from __future__ import annotations

import random
from itertools import permutations, product

import pytest

from app.algorithms import bayes
from app.algorithms.bayes import diagnosis
from app.algorithms.bayes.sequence import Reading, likelihood, orders
from tests.algorithms.bayes.cases import KINDS, ROWS


def readings(row: str) -> list[Reading]:
    return [
        {"test": kind, "sensitivity": KINDS[kind][0], "false_positive": KINDS[kind][1], "positive": sign == "+"}
        for kind, sign in zip(row[::2], row[1::2], strict=True)
    ]


def chance_of(results: tuple[bool, ...], rate: float, correlation: float) -> float:
    product_ = 1.0
    for result, last in zip(results, (None, *results[:-1]), strict=True):
        product_ *= likelihood(result, rate, last, correlation)
    return product_


@pytest.mark.parametrize("row", ROWS)
def test_without_correlation_no_order_matters(row: str) -> None:
    steps = readings(row)[:5]
    answers = [bayes.in_sequence(0.1, list(order))[-1]["posterior"] for order in permutations(steps)]
    assert max(answers) - min(answers) < 1e-12


@pytest.mark.parametrize("row", ROWS)
def test_one_after_another_is_the_view_of_odds_again_and_again(row: str) -> None:
    prior = 0.1
    for reading, step in zip(readings(row), bayes.in_sequence(0.1, readings(row)), strict=True):
        view = diagnosis.odds(bayes.Test(prior, reading["sensitivity"], reading["false_positive"]))
        prior = view["posterior" if reading["positive"] else "posterior_negative"]
        assert step["posterior"] == pytest.approx(prior, abs=1e-12)
        assert step["factor"] == pytest.approx(view["positive" if reading["positive"] else "negative"]["factor"])


@pytest.mark.parametrize("correlation", [0.0, 0.4, 0.9])
@pytest.mark.parametrize(("positives", "negatives"), [(3, 2), (1, 1), (2, 4), (0, 3), (4, 0)])
def test_a_few_orders_tell_what_all_of_them_do(positives: int, negatives: int, correlation: float) -> None:
    def answers(rows: set[str]) -> set[float]:
        ends = (bayes.in_sequence(0.1, readings("".join("a" + sign for sign in row)), correlation) for row in rows)
        return {round(steps[-1]["posterior"], 12) for steps in ends}

    signs = "+" * positives + "-" * negatives
    few, all_ = orders(positives, negatives), {"".join(order) for order in permutations(signs)}
    assert len(set(few)) == len(few) and set(few) <= all_
    assert answers(set(few)) == answers(all_)


def test_with_correlation_the_order_matters() -> None:
    together, apart = (bayes.in_sequence(0.1, readings(row), 0.6)[-1]["posterior"] for row in ("a+a+a-", "a+a-a+"))
    assert abs(together - apart) > 0.01


def test_different_tests_stay_independent() -> None:
    assert bayes.in_sequence(0.1, readings("a+b-c+"), 0.9) == bayes.in_sequence(0.1, readings("a+b-c+"))


@pytest.mark.parametrize("correlation", [0.0, 0.3, 0.8, 1.0])
@pytest.mark.parametrize("rate", [0.1, 0.5, 0.9])
def test_every_result_keeps_its_rate_and_correlates_as_asked(rate: float, correlation: float) -> None:
    rows = list(product((True, False), repeat=4))
    chances = {row: chance_of(row, rate, correlation) for row in rows}
    assert sum(chances.values()) == pytest.approx(1)
    for k in range(4):
        assert sum(p for row, p in chances.items() if row[k]) == pytest.approx(rate)
    for first, second in ((0, 1), (2, 3), (0, 2), (0, 3)):
        both = sum(p for row, p in chances.items() if row[first] and row[second])
        assert (both - rate**2) / (rate * (1 - rate)) == pytest.approx(correlation ** (second - first), abs=1e-12)


def test_wholly_correlated_repeats_tell_nothing_new() -> None:
    steps = bayes.in_sequence(0.1, readings("a+a+a+"), 1.0)
    assert steps[2]["posterior"] == pytest.approx(steps[0]["posterior"])
    impossible = bayes.in_sequence(0.1, readings("a+a-b+"), 1.0)
    assert [step["posterior"] for step in impossible[1:]] == [None, None]


def test_correlated_repeats_simulated_within_three_sigma() -> None:
    chance, prior, correlation = random.Random(3), 0.3, 0.5
    ill_seen = seen = 0
    for _ in range(60_000):
        ill = chance.random() < prior
        rate = KINDS["a"][0] if ill else KINDS["a"][1]
        results: list[bool] = []
        for _ in range(3):
            copied = results and chance.random() < correlation
            results.append(results[-1] if copied else chance.random() < rate)
        if results == [True, False, True]:
            seen += 1
            ill_seen += ill
    p = bayes.in_sequence(prior, readings("a+a-a+"), correlation)[-1]["posterior"]
    assert abs(ill_seen / seen - p) < 3 * (p * (1 - p) / seen) ** 0.5


def test_a_long_row_neither_overflows_nor_vanishes() -> None:
    steps = bayes.in_sequence(0.5, readings("a+" * 3000 + "a-" * 3000))
    assert all(0 <= step["posterior"] <= 1 and sum(step["odds"]) == pytest.approx(1) for step in steps)


def test_what_is_no_probability_is_refused() -> None:
    for prior, correlation in ((-0.1, 0.0), (0.5, 1.5)):
        with pytest.raises(ValueError, match="between 0 and 1"):
            bayes.in_sequence(prior, [], correlation)
