"""Formulas: what they compute, and that they are nothing but formulas."""

from __future__ import annotations

from math import hypot, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.algorithms.search import BadWord
from app.algorithms.search.expression import formula
from app.algorithms.search.heuristics import heuristic
from app.algorithms.search.landmarks import Landmarks

from .maps import untimed


@untimed
@given(st.integers(0, 100), st.integers(0, 100))
def test_formulas_compute_as_python_does(dx: int, dy: int) -> None:
    for text in (
        "dx + 2 * dy",
        "max(dx, dy) - min(dx, dy) / 4",
        "abs(dx - dy)",
        "-(dx * dy)",
        "sqrt(dx * dx + dy * dy)",
    ):
        expected = eval(text, {"dx": dx, "dy": dy, "sqrt": sqrt})
        assert formula(text)(dx, dy) == pytest.approx(expected)
    assert formula("euclidean + manhattan")(dx, dy) == pytest.approx(hypot(dx, dy) + dx + dy)


@pytest.mark.parametrize(
    "text",
    [
        "dx ** 9",
        "(dx",
        "dx.real",
        "dx if dy else 1",
        "[dx]",
        "lambda: 1 + 1",
        "max(dx, key=dy)",
        "print(dx)",
        "__import__('os')",
        "'a' * 3",
        "dx = 1 + 1",
        "(" * 60 + "dx" + ")" * 60,
        "dx + " * 40 + "dx",
        "True + 1j",
    ],
)
def test_what_is_no_formula_is_refused(text: str) -> None:
    with pytest.raises(BadWord):
        heuristic(text, Landmarks())


def test_refusals_name_what_there_is() -> None:
    with pytest.raises(BadWord, match="manhattan, octile, euclidean, chebyshev, zero, landmarks, a formula"):
        heuristic("crow", Landmarks())
    with pytest.raises(BadWord, match=r"no name in a formula “dz”. Choose one of: dx, dy, manhattan"):
        heuristic("dx + dz", Landmarks())
