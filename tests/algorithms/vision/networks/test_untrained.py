"""Networks that were never trained: what scaling them promises."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from app.algorithms.vision.networks.residual import Residual
from app.algorithms.vision.networks.style_encoder import Vgg
from app.algorithms.vision.networks.untrained import SEED, drawn, randomised


def test_every_layer_is_of_size_one_on_the_drawn_picture() -> None:
    network = randomised(Vgg())
    chance = torch.Generator().manual_seed(SEED)
    for layer in network.modules():
        if isinstance(layer, nn.Conv2d):
            nn.init.orthogonal_(torch.empty_like(layer.weight), generator=chance)  # what was drawn before the picture
    with torch.no_grad():
        for features in network(drawn(chance)).values():
            assert features.square().mean().sqrt().item() == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("kind", [Vgg, Residual])
def test_the_same_network_is_made_every_time(kind: type[nn.Module]) -> None:
    one, again = (randomised(kind()).state_dict() for _ in range(2))
    assert all(torch.equal(value, again[name]) for name, value in one.items())


def test_filters_of_a_layer_have_nothing_in_common() -> None:
    rows = randomised(Vgg()).convolutions["3_1"].get_parameter("weight").flatten(1)
    products = rows @ rows.T
    torch.testing.assert_close(products, products.diagonal().diag(), atol=1e-4, rtol=0)


def test_a_drawn_picture_is_a_picture() -> None:
    x = drawn(torch.Generator().manual_seed(0))
    assert x.shape == (1, 3, 128, 128)
    assert 0 <= x.min() < 0.1
    assert 0.9 < x.max() <= 1


def test_layers_that_are_no_convolutions_are_the_same_every_time_too() -> None:
    made = [
        randomised(nn.Sequential(nn.Conv2d(3, 4, 3), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 5)))
        for _ in range(2)
    ]
    one, again = (network[3].weight for network in made)
    assert torch.equal(one, again)
