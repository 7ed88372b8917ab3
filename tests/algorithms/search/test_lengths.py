"""Integer costs put lengths a + b√2 in exactly their order."""

from __future__ import annotations

from math import gcd, isqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.algorithms.search import solve
from app.algorithms.search.lengths import FINE, ROOT, Scale, scale
from benchmarks.agreement import Length

from .maps import untimed

MANY = 1_000_000
counts = st.integers(0, MANY)


def cost(by: Scale, a: int, b: int) -> int:
    return a * by.straight + b * by.diagonal


@untimed
@given(counts, counts, counts, counts)
def test_costs_are_ordered_as_the_lengths_are(a: int, b: int, c: int, d: int) -> None:
    by = scale(MANY)
    assert (cost(by, a, b) < cost(by, c, d)) == (Length(a, b) < Length(c, d))
    assert (cost(by, a, b) == cost(by, c, d)) == ((a, b) == (c, d))


@untimed
@given(counts, st.integers(-3, 3))
def test_near_ties_are_ordered_too(b: int, off: int) -> None:
    a = isqrt(2 * b * b) + off  # as near to b√2 as whole numbers come
    by = scale(MANY)
    if a >= 0:
        assert (cost(by, a, 0) < cost(by, 0, b)) == (Length(a, 0) < Length(0, b))


@untimed
@given(counts, counts)
def test_a_length_is_found_again_in_its_cost(a: int, b: int) -> None:
    by = scale(MANY)
    assert by.parts(cost(by, a, b)) == (a, b)
    assert by.length(cost(by, a, b)) == a + b * ROOT


@pytest.mark.parametrize("diagonals", [0, 10, FINE, 10**6, 10**9])
def test_the_scale_is_a_convergent_beyond_what_is_asked_for(diagonals: int) -> None:
    by = scale(diagonals)
    assert by.straight > diagonals
    assert (
        abs(by.diagonal**2 - 2 * by.straight**2) == 1
    )  # Pell's equation: so it is for convergents of √2, and no others
    assert gcd(by.straight, by.diagonal) == 1


def test_two_ways_that_differ_by_less_than_ten_thousandths_round_off() -> None:
    """478 + 2√2 is less than 340√2 by 0.0002; with moves of 10000 and 14142 it would be more."""
    rows = [[0] * 341 for _ in range(73)]
    for x in range(341):
        rows[71 + x % 2][x] = 1  # a zigzag of 340 diagonals
    for x in range(341):
        rows[0][x] = 1
    for y in range(72):
        rows[y][0] = rows[y][340] = 1
    assert 340 * 14142 < 478 * 10000 + 2 * 14142
    found = solve(rows, (0, 71), (340, 71), diagonal="always", heuristic="zero")
    assert found.cost == pytest.approx(478 + 2 * ROOT, abs=1e-9)
