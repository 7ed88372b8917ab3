"""Where a detector starts: with the values of layers that have learned to see, of YOLOX-Nano's or of our own detector.

Everything is trained on from there. From YOLOX-Nano come the trunk and the towers: the layers that say where an
anchor's object is and what it is start from noise. From our own comes all that has the same shape: the class scores
start from noise where the classes are others.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from app.algorithms.vision.detection.detector import stored
from app.algorithms.vision.networks.detector import Head, SingleShot


def transplant(network: SingleShot, graph: Any) -> None:
    """Copy the convolutions of an `NcnnGraph` in the order of its layers; ValueError if shapes or counts differ."""
    given = [(weight, bias) for kind, _, _, _, weight, bias in graph.layers if kind.startswith("Convolution")]
    trunk = list(_convolutions(network.trunk))
    _copy(trunk, given[: len(trunk)])
    heads = given[len(trunk) :]
    for place, head in enumerate(network.heads):
        assert isinstance(head, Head)
        # A head of YOLOX: enter, four of “what”, its class scores, four of “where”, its boxes and its objectness.
        layers = heads[12 * place : 12 * place + 12]
        _copy(list(_convolutions(head.enter, head.what)), layers[:5])
        _copy(list(_convolutions(head.where)), layers[6:10])


def take_over(network: SingleShot, file: Path) -> None:
    """Copy every value of a detector's file that has a place of the same name and shape."""
    own, (given, _) = network.state_dict(), stored(file)
    fitting = {name: value for name, value in given.items() if name in own and value.shape == own[name].shape}
    network.load_state_dict(own | fitting)


def _convolutions(*modules: nn.Module) -> Iterator[nn.Conv2d]:
    return (layer for module in modules for layer in module.modules() if isinstance(layer, nn.Conv2d))


def _copy(layers: list[nn.Conv2d], given: list[tuple[Tensor, Tensor]]) -> None:
    if len(given) != len(layers):
        raise ValueError(f"The start has {len(given)} layers where ours has {len(layers)}.")
    for layer, (weight, bias) in zip(layers, given, strict=True):
        if layer.weight.shape != weight.shape:
            raise ValueError(
                f"The start has a layer of {tuple(weight.shape)} where ours is {tuple(layer.weight.shape)}."
            )
        with torch.no_grad():
            layer.weight.copy_(weight)
            layer.bias.copy_(bias)  # type: ignore[union-attr]
