"""What is drawn on: noise on grey, a photograph that keeps its detail, and a blur that is a Gaussian's."""

import torch

from app.algorithms.vision.feature_maps.ground import Ground, blurred
from app.algorithms.vision.images import fit
from app.algorithms.vision.pixels import tensor
from tests.algorithms.vision.feature_maps.opened import CPU, noise

PHOTOGRAPH = noise(60, 90)


def test_grey_is_square_and_a_photograph_keeps_its_proportions():
    assert Ground(CPU).at(40).shape == (1, 3, 40, 40)
    assert Ground(CPU, PHOTOGRAPH).at(45).shape == (1, 3, 30, 45)


def test_pictures_begin_apart_and_by_their_seed():
    for ground in (Ground(CPU), Ground(CPU, PHOTOGRAPH)):
        begun = ground.begun(2, 32, seed=4)
        assert torch.equal(begun, ground.begun(2, 32, seed=4))
        assert not torch.equal(begun, ground.begun(2, 32, seed=5))
        assert not torch.equal(begun[0], begun[1])
        assert begun.min() >= 0
        assert begun.max() <= 1


def test_an_untouched_photograph_loses_nothing_as_it_grows():
    ground = Ground(CPU, PHOTOGRAPH)
    grown = ground.grown(ground.at(24), 24, 90, radius=2.0)
    assert torch.allclose(grown, tensor(fit(PHOTOGRAPH, 90), CPU), atol=1e-6)


def test_what_was_done_to_a_photograph_grows_with_it():
    ground = Ground(CPU, PHOTOGRAPH)
    brighter = ground.grown((ground.at(30) + 0.1).clamp(0, 1), 30, 60, radius=0.0)
    assert brighter.mean() > ground.at(60).mean() + 0.05


def test_a_blur_keeps_what_is_even_and_all_light():
    even = torch.full((1, 3, 20, 24), 0.3)
    assert torch.allclose(blurred(even, 1.5), even)
    assert torch.equal(blurred(even, 0), even)
    point = torch.zeros(1, 3, 41, 41)
    point[..., 20, 20] = 1
    assert torch.allclose(blurred(point, 2.0).sum((2, 3)), torch.ones(1, 3), atol=1e-5)


def test_a_points_blur_has_the_deviation_that_was_asked_for():
    point = torch.zeros(1, 3, 41, 41)
    point[..., 20, 20] = 1
    spread = blurred(point, 2.0)[0, 0].sum(0)  # over columns
    assert abs((spread * (torch.arange(41) - 20.0) ** 2).sum() - 4) < 0.1
