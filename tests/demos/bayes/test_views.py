"""The browser's five views are the server's, number by number to 1e-12, and so is what dragging makes of them."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest

from app.algorithms import bayes
from app.algorithms.bayes import diagnosis, drag
from app.demos.bayes import drawing, wording
from tests.algorithms.bayes.cases import TESTS
from tests.demos.bayes.node import answers, assert_close, needs_node

pytestmark = needs_node
RATES = ("prior", "sensitivity", "false_positive")
TOTALS = (10, 1000, 12_345, 1_000_000)


def all_tests() -> list[dict[str, float]]:
    chance = random.Random(1)
    found = [[chance.random() ** chance.choice([1, 4, 20]) for _ in RATES] for _ in range(300)]
    presets = [[preset[rate] for rate in RATES] for preset in bayes.PRESETS]
    return [dict(zip(RATES, row, strict=True)) for row in [*TESTS, *presets, *found]]


CASES = [{"test": test, "total": TOTALS[place % len(TOTALS)]} for place, test in enumerate(all_tests())]


def test_every_view_has_the_servers_numbers() -> None:
    told = answers("diagnosis.js", "cases.map(({ test, total }) => it.views(test, total))", CASES)
    for case, views in zip(CASES, told, strict=True):
        assert_close(bayes.views(bayes.Test(**case["test"]), case["total"]), views, where=str(case))


def test_the_five_views_agree_in_the_browser() -> None:
    expression = """cases.map(({ test, total }) => Object.values(it.views(test, total))
        .map((view) => [view.posterior, view.posterior_negative]))"""
    for case, views in zip(CASES, answers("diagnosis.js", expression, CASES), strict=True):
        for view in views:
            assert_close(views[0], view, where=str(case))


def test_the_sentence_and_how_many_people_it_takes() -> None:
    words = [preset["words"] for preset in bayes.PRESETS]
    cases = [case | {"words": words[place % len(words)]} for place, case in enumerate(CASES)]
    expression = "cases.map(({ test, total, words }) => [it.sentence(test, words, total), it.largeEnough(test)])"
    for case, told in zip(cases, answers("diagnosis.js", expression, cases), strict=True):
        test = bayes.Test(**case["test"])
        assert told == [bayes.sentence(test, case["words"], case["total"]), diagnosis.large_enough(test)]


def test_people_and_odds_are_drawn_where_the_server_draws_them() -> None:
    expression = """cases.map(({ test, total }) => {
        const seen = it.crowd(it.people(test, total));
        return { crowd: seen, dots: it.dots(seen), ladder: it.ladder(it.odds(test)) };
    })"""
    # people.js itself has a default export and no `people`; the view is diagnosis.js's
    told = answers(["people.js", "odds.js", "diagnosis.js"], expression, CASES[:60])
    for case, drawn in zip(CASES, told, strict=False):
        views = bayes.views(bayes.Test(**case["test"]), case["total"])
        seen = drawing.crowd(views["people"])
        ladder = drawing.ladder(views["odds"])
        assert_close({"crowd": seen, "dots": drawing.dots(seen), "ladder": ladder}, drawn, where=str(case))


def test_each_dot_is_a_person_or_as_many_as_it_says() -> None:
    for case in CASES:
        seen = drawing.crowd(diagnosis.people(bayes.Test(**case["test"]), case["total"]))
        drawn = sum(seen["groups"].values())
        assert drawn <= drawing.MOST_DOTS
        assert seen["everybody"] == (case["total"] <= drawing.MOST_DOTS)
        for name, path in drawing.dots(seen).items():
            rows = re.findall(r"M([\d.]+) ([\d.]+)h([\d.]+)", path)
            assert sum(1 + int(float(long) / seen["cell"]) for _, _, long in rows) == seen["groups"][name]
        if seen["everybody"]:
            assert (drawn, seen["each"]) == (case["total"], 1)


def tried(call: Any, *inputs: Any) -> Any:
    """What comes out, as plain data; None where it is refused."""
    try:
        test = call(*inputs)
    except ValueError:
        return None
    return {rate: getattr(test, rate) for rate in RATES}


def test_dragging_is_the_servers_reverse() -> None:
    chance = random.Random(2)
    targets = [chance.random() for _ in CASES]
    counts = [diagnosis.people(bayes.Test(**case["test"]), 1000)["whole"] for case in CASES]
    cases = [
        {"test": case["test"], "target": target, "counts": count}
        for case, target, count in zip(CASES, targets, counts, strict=True)
    ]
    expression = """cases.map(({ test, target, counts }) =>
        [it.fromCounts(counts), it.withFactor(test, 8 * target), it.withPosterior(test, target)])"""
    for case, told in zip(cases, answers("drag.js", expression, cases), strict=True):
        test = bayes.Test(**case["test"])
        mine = [
            tried(lambda count: drag.from_counts(**count), case["counts"]),
            tried(drag.with_factor, test, 8 * case["target"]),
            tried(drag.with_posterior, test, case["target"]),
        ]
        assert_close(mine, told, where=str(case))


def test_keys_move_a_number_by_steps_that_fit_it_and_never_past_an_end() -> None:
    cases = [0, 0.001, 0.5, 0.9, 1, 1.5, 9.6, 50, 80, 99, 99.5, 99.97, 100]
    told = answers("drag.js", "cases.map((value) => [-1, 1].map((way) => it.nudged(value, way)))", cases)
    for value, (less, more) in zip(cases, told, strict=True):
        assert 0 <= less <= value <= more <= 100
        assert less < value or value == 0
        assert more > value or value == 100
        assert more - less <= 2
    assert answers("drag.js", "cases.map((value) => it.nudged(value, -1))", [1, 2, 0.1]) == [0.9, 1, 0.09]
    assert answers("drag.js", "cases.map((value) => it.nudged(value, 1, true))", [5, 95, 0.5]) == [15, 100, 1.5]


def test_the_slider_of_the_base_rate_is_odds_and_back() -> None:
    cases = [0.01, 1, 9.6, 50, 77, 99.9]
    assert_close(cases, answers("drag.js", "cases.map((value) => it.fromBits(it.toBits(value)))", cases))
    assert answers("drag.js", "[0, 100].map((value) => it.fromBits(it.toBits(value)))", []) == [0, 100]


@pytest.mark.parametrize("name", ["percent", "figure"])
def test_numbers_are_worded_alike(name: str) -> None:
    chance = random.Random(3)
    size = 1 if name == "percent" else 9
    cases = [
        0,
        1,
        0.125,
        0.1225,
        0.5,
        0.99785,
        1e-7,
        1 / 3,
        *(chance.random() ** 6 * 10**size / 10 for _ in range(400)),
    ]
    told = answers("wording.js", f"cases.map((value) => it.{name}(value))", cases)
    assert told == [getattr(wording, name)(value) for value in cases]


def test_odds_and_factors_are_worded_alike() -> None:
    cases = [[1, 99], [0.8, 0.2], [0, 1], [1, 0], [0, 0], [1, 1], [0.008, 0.09504], [1, 12_345_678]]
    told = answers("wording.js", "cases.map((pair) => it.ratio(pair))", cases)
    assert told == [wording.odds(*pair) for pair in cases]
    assert told[:3] == ["1 : 99", "4 : 1", "never"]
    assert answers("wording.js", "[it.factor(null), it.factor(8.33333)]", []) == ["∞", "8.33"]
    assert [wording.factor(None), wording.factor(8.33333)] == ["∞", "8.33"]
