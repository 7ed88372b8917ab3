"""Several styles as one."""

from __future__ import annotations

import pytest
import torch

from app.algorithms.vision.losses import STYLE_LAYERS
from app.algorithms.vision.mixture import grams, mixture
from app.algorithms.vision.networks.style_encoder import Vgg
from app.algorithms.vision.styles import load
from tests.algorithms.vision.test_style_transfer import CPU, painted, tiny


def test_a_mixture_is_the_weighted_mean_of_its_styles() -> None:
    network = tiny()
    parts = [(painted(1), 1.0), (painted(2), 3.0)]
    mixed = grams(network, parts, 48, CPU)
    one, other = (grams(network, [part], 48, CPU) for part in parts)
    for layer in STYLE_LAYERS:
        torch.testing.assert_close(mixed[layer], one[layer] / 4 + 3 * other[layer] / 4)


def test_only_the_ratios_count_and_a_weight_of_nought_is_no_style() -> None:
    network = tiny()
    alone = grams(network, mixture(painted(1)), 48, CPU)
    for mix in ([(painted(1), 0.3)], [(painted(1), 0.3), (painted(2), 0.0)]):
        for layer, matrix in grams(network, mix, 48, CPU).items():
            torch.testing.assert_close(matrix, alone[layer])


def test_numbers_and_pictures_mix() -> None:
    mix = grams(Vgg().requires_grad_(False), [(painted(1), 1.0), (load("udnie"), 1.0)], 128, CPU)
    assert {layer: matrix.shape[0] for layer, matrix in mix.items()} == {
        layer: matrix.shape[0] for layer, matrix in load("udnie").grams(128).items()
    }


@pytest.mark.parametrize("weights", [(0.0, 0.0), (-1.0, 2.0), (float("nan"), 1.0)])
def test_weights_that_make_no_mix_are_a_sentence(weights: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="The weights of a mix must be numbers from 0 upwards"):
        grams(tiny(), list(zip((painted(1), painted(2)), weights, strict=True)), 48, CPU)
