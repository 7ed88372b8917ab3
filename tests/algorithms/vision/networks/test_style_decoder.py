"""The decoder: pictures of any size come out as large as they went in, and styles do not leak between pictures."""

import pytest
import torch
from torch import nn

from app.algorithms.vision.moments import LAYERS, Moments, moments
from app.algorithms.vision.networks.style_decoder import BLOCKS, JOINED, StyleDecoder
from app.algorithms.vision.networks.style_encoder import Vgg

WIDTHS = (4, 6, 8, 8, 8)


def loud(network):
    """Weights that let a signal through all layers; those a convolution starts with let it fade."""
    for layer in network.modules():
        if isinstance(layer, nn.Conv2d):
            nn.init.kaiming_normal_(layer.weight)
    return network


@pytest.fixture
def pair() -> tuple[Vgg, StyleDecoder]:
    torch.manual_seed(0)
    return loud(Vgg(WIDTHS)).requires_grad_(False), loud(StyleDecoder(WIDTHS)).requires_grad_(False)


def painted(pair, x: torch.Tensor, style: Moments | None = None) -> torch.Tensor:
    encoder, decoder = pair
    features = encoder(x, LAYERS)
    return decoder(features, style or moments(features))


@pytest.mark.parametrize("shape", [(1, 1), (1, 7), (8, 8), (17, 33), (40, 25)])
def test_a_picture_comes_out_as_large_as_it_went_in(pair, shape):
    made = painted(pair, torch.rand(2, 3, *shape))
    assert made.shape == (2, 3, *shape)
    assert 0 <= made.min() <= made.max() <= 1


def test_each_picture_has_its_own_style(pair):
    content, style = torch.rand(2, 3, 24, 24), torch.rand(2, 3, 24, 24)
    style[1] = style[1] ** 3
    both = moments(pair[0](style, LAYERS))
    together = painted(pair, content, both)
    for row in range(2):
        own = Moments(*({k: v[row] for k, v in part.items()} for part in (both.means, both.deviations)))
        torch.testing.assert_close(painted(pair, content[row : row + 1], own)[0], together[row], rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("layer", LAYERS)
def test_every_layer_of_a_style_counts(pair, layer):
    x = torch.rand(1, 3, 24, 24)
    own = moments(pair[0](x, LAYERS))
    other = Moments({**own.means, layer: own.means[layer] + 1}, own.deviations)
    assert (painted(pair, x, own) - painted(pair, x, other)).abs().max() > 1e-4


@pytest.mark.parametrize("layer", LAYERS)
def test_only_the_features_that_join_are_seen(pair, layer):
    encoder, decoder = pair
    features = encoder(torch.rand(1, 3, 24, 24), LAYERS)
    style = moments(features)
    changed = {**features, layer: features[layer].flip(-1)}
    same = torch.equal(decoder(features, style), decoder(changed, style))
    assert same == (layer not in (*JOINED, "relu4_1"))


def test_shipped_shape_is_small():
    assert set(BLOCKS) == set(LAYERS)
    assert 2 * sum(weight.numel() for weight in StyleDecoder().parameters()) <= 1_600_000


def test_every_weight_learns():
    torch.manual_seed(0)
    encoder, decoder = loud(Vgg(WIDTHS)).requires_grad_(False), loud(StyleDecoder(WIDTHS))
    painted((encoder, decoder), torch.rand(2, 3, 24, 24)).square().mean().backward()
    assert all(weight.grad is not None and weight.grad.abs().sum() > 0 for weight in decoder.parameters())
