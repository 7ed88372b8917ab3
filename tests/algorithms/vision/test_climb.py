"""The climb from one size to the next."""

import torch

from app.algorithms.vision.climb import climb, start
from app.algorithms.vision.pixels import resized


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
