"""The network with shortcuts."""

from __future__ import annotations

import pytest
import torch

from app.algorithms.vision.networks.residual import Block, Residual
from app.algorithms.vision.networks.style_encoder import WIDTHS


def test_layers_are_as_wide_and_as_small_as_the_style_encoders() -> None:
    features = Residual()(torch.rand(1, 3, 32, 48))
    assert [tuple(x.shape) for x in features.values()] == [
        (1, width, 32 >> stage, 48 >> stage) for stage, width in enumerate(WIDTHS)
    ]


def test_features_do_not_depend_on_which_others_were_asked_for() -> None:
    network, x = Residual(), torch.rand(1, 3, 16, 16)
    torch.testing.assert_close(network(x, ["relu3_1"])["relu3_1"], network(x)["relu3_1"])
    assert list(network(x, ["relu3_1"])) == ["relu3_1"]


def test_a_block_that_adds_nothing_lets_its_input_through() -> None:
    block = Block(4, 4)
    torch.nn.init.zeros_(block.second.weight)
    torch.nn.init.zeros_(block.second.bias)  # type: ignore[arg-type]
    x = torch.rand(1, 4, 5, 5)
    torch.testing.assert_close(block(x), x)


def test_another_layer_is_a_sentence() -> None:
    with pytest.raises(ValueError, match="This network has no layer relu9_1"):
        Residual()(torch.rand(1, 3, 8, 8), ["relu9_1"])
