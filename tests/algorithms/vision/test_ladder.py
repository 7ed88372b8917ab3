"""The ladder of sizes, and the climb from one to the next."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from app.algorithms.vision.ladder import GENTLE, RATE, climb, gentle, ladder, start, usual
from app.algorithms.vision.options import SIZES
from app.algorithms.vision.pixels import resized


@given(st.integers(*SIZES), st.integers(1, 600))
def test_ladder_ends_at_the_size_with_every_step(size, steps):
    rungs = ladder(size, steps)
    assert sum(count for _, count in rungs) == steps
    assert all(count > 0 for _, count in rungs)
    assert rungs[-1][0] == size
    assert rungs == sorted(rungs)


def test_climbing_keeps_the_momentum():
    x = torch.rand(1, 3, 8, 8, requires_grad=True)
    adam = torch.optim.Adam([x])
    x.sum().backward()
    adam.step()
    larger, next_adam = climb(x, adam, torch.Size((12, 16)), resized)
    assert larger.shape == (1, 3, 12, 16)
    assert larger.requires_grad
    torch.testing.assert_close(next_adam.state[larger]["exp_avg"], torch.full((1, 3, 12, 16), 0.1))
    assert climb(x, adam, torch.Size((8, 8)), resized) == (x, adam)


def test_the_history_of_lbfgs_stays_below():
    larger, down = climb(*start(torch.rand(1, 3, 8, 8), "lbfgs"), torch.Size((12, 16)), resized)
    assert larger.shape == (1, 3, 12, 16)
    assert isinstance(down, torch.optim.LBFGS)
    assert not down.state


def test_an_adam_that_has_not_stepped_climbs_with_nothing():
    _, down = climb(*start(torch.rand(1, 3, 8, 8)), torch.Size((12, 16)), resized)
    assert not down.state


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_rate_never_rises(one, other):
    early, late = sorted((one, other))
    assert 0.1 * RATE * (1 - 1e-9) <= usual(late) <= usual(early) <= RATE


def test_a_gentle_rate_rises_first_and_is_never_high():
    rates = [gentle(step / 100) for step in range(1, 101)]
    assert rates[0] < 0.1 * GENTLE
    assert max(rates) == pytest.approx(GENTLE)
    assert rates[-1] == pytest.approx(0.1 * GENTLE)
