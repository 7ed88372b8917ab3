"""Dead channels fire again, and nobody else notices."""

import numpy as np
import torch

from training.revival import revive
from training.style_encoder import Student


def test_dead_channels_are_revived_unheard():
    torch.manual_seed(0)
    student, x = Student((4, 4, 4, 4, 4), (5, 5, 5, 5, 5)), torch.rand(2, 3, 48, 48)
    with torch.no_grad():
        for name in ("1_2", "3_1", "5_1"):
            student.encoder.convolutions[name].bias[:2] = -1000
        before = student(x)
        assert revive(student.encoder, list(student.projections), x, np.random.default_rng(0)) >= 6
        for mine, theirs in zip(student(x), before, strict=True):
            torch.testing.assert_close(mine, theirs, rtol=1e-2, atol=1e-2)
        for name in ("1_2", "3_1", "5_1"):
            assert (student.encoder(x)[f"relu{name}"][:, :2].amax((0, 2, 3)) > 0).all()


def test_living_networks_are_left_alone():
    torch.manual_seed(0)
    student, x = Student((4, 4, 4, 4, 4), (5, 5, 5, 5, 5)), torch.rand(2, 3, 48, 48)
    with torch.no_grad():
        for layer in student.encoder.convolutions.values():
            layer.weight.abs_()
    x = x.clamp_min(0.6)
    before = {name: value.clone() for name, value in student.state_dict().items()}
    assert revive(student.encoder, list(student.projections), x, np.random.default_rng(0)) == 0
    assert all(torch.equal(before[name], value) for name, value in student.state_dict().items())
