"""The networks by name: trained and untrained, their pooling, and the softmax."""

from __future__ import annotations

import pytest
import torch

from app.algorithms.vision.encoders import NAMES, encoder, smoothed
from app.algorithms.vision.losses import STYLE_LAYERS
from app.algorithms.vision.pixels import tensor
from tests.algorithms.vision.test_style_transfer import CPU, painted

HERE = [name for name in NAMES if name != "vgg19"]


def features(name: str, **options: str) -> dict[str, torch.Tensor]:
    return dict(encoder(name, CPU, **options)(tensor(painted(1), CPU), STYLE_LAYERS))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", HERE)
def test_every_network_has_the_same_layers_of_the_same_sizes(name: str) -> None:
    trained = features("style-encoder")
    assert {layer: x.shape for layer, x in features(name).items()} == {layer: x.shape for layer, x in trained.items()}


def test_no_two_networks_see_the_same() -> None:
    sums = [round(features(name)["relu3_1"].float().sum().item(), 3) for name in HERE]
    assert len(set(sums)) == len(HERE)


@pytest.mark.parametrize("name", HERE)
def test_pooling_changes_what_is_above_it(name: str) -> None:
    average, largest = features(name, pooling="average"), features(name, pooling="max")
    torch.testing.assert_close(average["relu1_1"], largest["relu1_1"])
    assert not torch.equal(average["relu3_1"], largest["relu3_1"])
    assert torch.equal(features(name)["relu3_1"], average["relu3_1"])  # the shared weights still pool as they did


def test_a_softmax_is_one_on_average_and_flattens_peaks() -> None:
    x = torch.rand(2, 3, 4, 5) * 20
    made = smoothed(x)
    torch.testing.assert_close(made.mean((1, 2, 3)), torch.ones(2))
    torch.testing.assert_close(made[0].flatten(), (x[0].flatten() / 5).softmax(0) * 60)


def test_another_network_is_a_sentence() -> None:
    with pytest.raises(ValueError, match="There is no network “resnet”; there are style-encoder, vgg19, random"):
        encoder("resnet", CPU)
