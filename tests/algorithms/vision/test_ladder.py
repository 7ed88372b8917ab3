"""The ladder of sizes, and the rates on it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.algorithms.vision.ladder import GENTLE, RATE, gentle, ladder, usual
from app.algorithms.vision.options import SIZES


@given(st.integers(*SIZES), st.integers(1, 600))
def test_ladder_ends_at_the_size_with_every_step(size, steps):
    rungs = ladder(size, steps)
    assert sum(count for _, count in rungs) == steps
    assert all(count > 0 for _, count in rungs)
    assert rungs[-1][0] == size
    assert rungs == sorted(rungs)


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_rate_never_rises(one, other):
    early, late = sorted((one, other))
    assert 0.1 * RATE * (1 - 1e-9) <= usual(late) <= usual(early) <= RATE


def test_a_gentle_rate_rises_first_and_is_never_high():
    rates = [gentle(step / 100) for step in range(1, 101)]
    assert rates[0] < 0.1 * GENTLE
    assert max(rates) == pytest.approx(GENTLE)
    assert rates[-1] == pytest.approx(0.1 * GENTLE)
