"""A network opened at its layers: feature maps by name, and nothing above the layer that is asked for is computed.

Invariant: the maps of a layer do not depend on which other layers are looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import torch
from torch import Tensor, nn
from torch.nn import functional

from app.algorithms.vision import devices
from app.algorithms.vision.catalogue import DETECTOR, DOWNLOADED, RESNET34, STYLE_ENCODER, load_style_encoder
from app.algorithms.vision.detection.anchors import PER_CELL
from app.algorithms.vision.detection.classes import COCO
from app.algorithms.vision.detection.detector import Detector
from app.algorithms.vision.feature_maps.layers import LOGITS, Layer, layers
from app.algorithms.vision.networks.detector import DEVIATION, MEAN, STRIDES, Head, SingleShot
from app.algorithms.vision.networks.style_encoder import VGG19_DEPTHS, VGG19_WIDTHS, Vgg, halve
from app.algorithms.vision.networks.untrained import randomised
from app.algorithms.vision.pretrained import load_resnet34

# Maps by name as they come to be, from the picture upwards; the second argument is the leak of `Seen.features`.
Network = TypeVar("Network", bound=nn.Module)
Leak = Tensor | None  # (n, 1, 1, 1): a share for each picture
Opened = Callable[[Tensor, Leak], Iterator[tuple[str, Tensor]]]
Answers = Callable[[Tensor], Tensor]


class Seen:
    """A frozen network on one device, looked into layer by layer."""

    def __init__(
        self, name: str, opened: Opened, device: torch.device, multiple: int = 1, answers: Answers | None = None
    ) -> None:
        self.name, self.device, self.multiple = name, device, multiple
        self._opened, self._answers = opened, answers

    @property
    def layers(self) -> Mapping[str, Layer]:
        return layers(self.name)

    def features(self, x: Tensor, layer: str, *, leak: Leak = None) -> Tensor:
        """The maps (n, c, h, w) of one layer for pictures (n, 3, h, w) in 0…1, in float32.

        `leak` lets that share of the slope pass where the layer's last ReLU cuts it off, so that a channel which is
        silent everywhere can be climbed; it changes no map, and nothing of the layers below.
        """
        for name, maps in self.opened(x, leak):
            if name == layer:
                return maps.float()
        raise ValueError(f"{self.name} has no layer “{layer}”; it has {', '.join(self.layers)}.")

    def answers(self, x: Tensor) -> Tensor:
        """Of each picture (n, 3, h, w) every class's logit where it is highest, in float32: (n, classes).

        A detector answers from all its grids, of which the layer `logits` is the coarsest.
        """
        if self._answers is None:
            return self.features(x, LOGITS).amax((2, 3))
        return self._answers(_filled(x, self.multiple)).float()

    def opened(self, x: Tensor, leak: Leak = None) -> Iterator[tuple[str, Tensor]]:
        """The maps of every layer, from the picture upwards, each computed when it is come to."""
        return self._opened(_filled(x, self.multiple), leak)


def see(name: str, device: torch.device, *, untrained: bool = False, models: Path = DOWNLOADED) -> Seen:
    """The network of this name, or one of its shape that learned nothing; read once.

    ValueError where there is none of this name, or where its file is missing or wrong.
    """
    layers(name)
    return _see(name, device, untrained, models)


@lru_cache(maxsize=8)
def _see(name: str, device: torch.device, untrained: bool, models: Path) -> Seen:
    if name == DETECTOR.name:
        detector = _untrained(SingleShot(len(COCO), PER_CELL), device) if untrained else _trained_detector(device)
        return Seen(name, _detector(detector), device, STRIDES[-1], lambda x: detector(x).logits.amax(1))
    if name == RESNET34.name:
        resnet = _untrained(_resnet34(), device) if untrained else load_resnet34(device, models)
        return Seen(name, _resnet(resnet), device)
    shape = Vgg() if name == STYLE_ENCODER.name else Vgg(VGG19_WIDTHS, VGG19_DEPTHS)
    return Seen(
        name, _vgg(_untrained(shape, device) if untrained else load_style_encoder(name, device, models)), device
    )


def _trained_detector(device: torch.device) -> SingleShot:
    return Detector.load(str(device)).network


def _resnet34() -> nn.Module:
    from app.algorithms.vision import torchvision_shim  # noqa: F401, I001
    from torchvision.models import resnet34

    made: nn.Module = resnet34(weights=None)
    return made


def _untrained(network: Network, device: torch.device) -> Network:
    """The network with random weights, frozen, on its device."""
    made = randomised(network.eval()).requires_grad_(False).to(device, devices.precision(device))
    return made.to(memory_format=torch.channels_last)  # type: ignore[call-overload, no-any-return]


def _vgg(network: Vgg) -> Opened:
    def opened(x: Tensor, leak: Leak) -> Iterator[tuple[str, Tensor]]:
        x = ((x - network.mean) / network.deviation).to(network.precision)
        for name, convolution in network.convolutions.items():
            if name.endswith("_1") and name != "1_1":
                x = halve(x, network.pool)
            before = convolution(x)
            x = before.relu()
            yield f"relu{name}", x if leak is None else _leaking(x, before, leak)

    return opened


def _leaking(after: Tensor, before: Tensor, leak: Tensor) -> Tensor:
    """The maps after a ReLU, with some of the slope of those before it where they are negative."""
    negative = leak.to(before) * before.clamp_max(0)
    return after + (negative - negative.detach())


def _detector(network: SingleShot) -> Opened:
    def opened(x: Tensor, _leak: Leak) -> Iterator[tuple[str, Tensor]]:
        maps = x
        for name, maps in network.trunk.opened(x):
            yield name, maps
        # Of a cell's anchors the one that is surest of a class speaks for the cell.
        (*_, head) = network.heads
        assert isinstance(head, Head)
        logits = head.logits(torch.cat(head.towers(maps), 1))  # (n, anchors · classes, h, w)
        yield LOGITS, logits.unflatten(1, (-1, network.classes)).amax(1)

    return opened


def _resnet(network: Any) -> Opened:
    mean, deviation = (torch.tensor(value).view(1, 3, 1, 1) for value in (MEAN, DEVIATION))

    def opened(x: Tensor, _leak: Leak) -> Iterator[tuple[str, Tensor]]:
        x = (x - mean.to(x)) / deviation.to(x)
        yield "conv1", (x := network.relu(network.bn1(network.conv1(x))))
        x = network.maxpool(x)
        for stage in range(1, 5):
            for number, block in enumerate(getattr(network, f"layer{stage}")):
                yield f"layer{stage}.{number}", (x := block(x))
        yield LOGITS, network.fc(network.avgpool(x).flatten(1))[:, :, None, None]

    return opened


def _filled(x: Tensor, multiple: int) -> Tensor:
    """The pictures with both sides filled up to a multiple by repeating their edges."""
    h, w = (-side % multiple for side in x.shape[-2:])
    return functional.pad(x, (0, w, 0, h), mode="replicate") if h or w else x
