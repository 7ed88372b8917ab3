"""What the bench answers, by the figures of the book and by properties."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.demos.form import texts
from app.demos.habits.answer import answer
from app.demos.habits.axis import axis, height, label
from app.demos.habits.demo import DEMO


def asked(**values: Any) -> dict[str, Any]:
    return answer(DEMO.parse(texts(values, DEMO)))


def test_one_per_cent_a_day_is_what_the_book_says() -> None:
    assert asked()["told"]["every_day"] == "After 365 days: 37.78 times day 1."
    assert asked(rate=-1)["told"]["every_day"] == "After 365 days: 2.55 % of day 1 is left."


def test_the_missed_days_are_those_that_count() -> None:
    for how in ({"missed": "random"}, {"missed": "weekdays"}, {"missed": "every", "nth": 3}, {"missed": "none"}):
        told = asked(**how)
        done = 365 - len(told["missed_days"])
        assert told["ends"]["missed"] == pytest.approx(1.01**done)
        assert told["ends"]["linear"] == pytest.approx(1 + 0.01 * done)


def test_what_would_have_to_be_true_is() -> None:
    told = asked(target=50, days=100)
    assert (1 + told["needed"]) ** 100 == pytest.approx(50)
    days = told["until"]["every_day"]
    assert 1.01 ** (days - 1) < 50 <= 1.01**days
    assert asked(rate=-1)["until"]["every_day"] is None


def test_an_axis_holds_all_its_values_at_even_ticks() -> None:
    for values in ([1.0], [37.8, 0.2], [1e-30, 1.0], [1e18, 2.0], [0.0255], [1000.0]):
        for scale in ("linear", "log"):
            on = axis(values, scale)
            assert 2 <= len(on["ticks"]) <= 8
            assert all(-1e-9 <= height(value, on) <= 1 + 1e-9 for value in values)
            at = [height(tick, on) for tick in on["ticks"]]
            gaps = [b - a for a, b in pairwise(at)]
            assert max(gaps) - min(gaps) < 1e-9 and math.isclose(at[-1], 1)
            assert len({label(tick) for tick in on["ticks"]}) == len(on["ticks"])


def test_the_rule_only_helps() -> None:
    for chance in (0, 5, 20, 60, 100):
        rule = asked(probability=chance)["rule"]
        assert rule["with"]["missed"] <= rule["without"]["missed"] + 1e-9
        assert rule["with"]["twice"] <= rule["without"]["twice"] + 1e-9
        assert rule["with"]["growth"] >= rule["without"]["growth"] - 1e-9


def test_a_page_without_a_script_has_the_curves_and_the_sentences(client: FlaskClient) -> None:
    page = client.get("/demos/habits", query_string={"rate": "2", "days": "100", "missed": "none"}).text
    assert f"After 100 days: {1.02**100:.2f} times day 1." in page
    assert page.count('data-curve="') == 4 and "valley of disappointment" in page
    assert client.get("/demos/habits?rate=9").status_code == 422
