"""Which layers of which networks can be looked into: names, widths, and how much of a picture one place of them sees.

Nothing here loads torch. Invariant: layers come from the picture upwards, and a channel has one address,
`network/layer/number`, such as `style-encoder/relu4_1/37`; a class's number may be written as its name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from app.algorithms.vision.catalogue import DETECTOR, RESNET34, STYLE_ENCODER, VGG19
from app.algorithms.vision.detection.classes import COCO

LOGITS = "logits"  # the layer whose channels are classes, in the networks that know any
# A place's surroundings count the less the farther away they are: of a large field, no more than this many strides
# are worth showing.
SHOWN = 6
SMALLEST_WINDOW = 32


@dataclass(frozen=True)
class Layer:
    """A layer's feature maps."""

    name: str
    channels: int
    stride: int  # pixels of the picture between two places
    field: int  # pixels of the picture that one place can see, each way; in theory, at its edges hardly

    @property
    def window(self) -> int:
        """Side of the crop of a picture, in pixels, that shows what a place has seen."""
        return min(self.field, max(SMALLEST_WINDOW, SHOWN * self.stride))


@dataclass(frozen=True)
class Address:
    """One channel of one network."""

    network: str
    layer: str
    channel: int

    def __str__(self) -> str:
        return f"{self.network}/{self.layer}/{self.channel}"


def layers(network: str) -> Mapping[str, Layer]:
    """The network's layers by name, from the picture upwards; ValueError names the networks there are."""
    if network not in NAMES:
        raise ValueError(f"There is no network “{network[:40]}”; there are {', '.join(NAMES)}.")
    return _layers(network)


def classes(network: str) -> tuple[str, ...]:
    """What the channels of `logits` are called, where that is known without loading the network."""
    return COCO if network == DETECTOR.name else ()


def address(text: str) -> Address:
    """The channel written as `network/layer/number`; ValueError says in a sentence what is wrong with it."""
    network, layer, channel = (*text.strip().split("/", 2), "", "")[:3]
    there = layers(network)
    if layer not in there:
        raise ValueError(f"{network} has no layer “{layer[:40]}”; it has {', '.join(there)}.")
    if layer == LOGITS and channel in classes(network):
        channel = str(classes(network).index(channel))
    if not (channel.isascii() and channel.isdecimal() and len(channel) < 6 and int(channel) < there[layer].channels):
        raise ValueError(f"{layer} of {network} has channels 0 to {there[layer].channels - 1}, not “{channel[:40]}”.")
    return Address(network, layer, int(channel))


@cache
def _layers(network: str) -> Mapping[str, Layer]:
    return {layer.name: layer for layer in NAMES[network]()}


def _style_encoder() -> Iterator[Layer]:
    return _vgg((16, 32, 64, 128, 128), (2, 2, 4, 4, 1))


def _vgg19() -> Iterator[Layer]:
    return _vgg((64, 128, 256, 512, 512), (2, 2, 4, 4, 4))


def _vgg(widths: tuple[int, ...], depths: tuple[int, ...]) -> Iterator[Layer]:
    stride, field = 1, 1
    for block, (width, depth) in enumerate(zip(widths, depths, strict=True), start=1):
        if block > 1:
            field, stride = field + stride, stride * 2
        for number in range(1, depth + 1):
            field += 2 * stride
            yield Layer(f"relu{block}_{number}", width, stride, field)


def _resnet34() -> Iterator[Layer]:
    yield Layer("conv1", 64, 2, 7)
    stride, field = 4, 11  # after the pooling that follows
    for stage, (width, blocks) in enumerate(((64, 3), (128, 4), (256, 6), (512, 3)), start=1):
        for block in range(blocks):
            before = stride
            if stage > 1 and block == 0:
                stride *= 2
            field += 2 * before + 2 * stride
            yield Layer(f"layer{stage}.{block}", width, stride, field)
    yield Layer(LOGITS, 1000, stride, field)


def _detector() -> Iterator[Layer]:
    yield Layer("stem", 16, 2, 6)
    yield Layer("stage2", 32, 4, 18)
    yield Layer("stage3", 64, 8, 74)
    yield Layer("stage4", 128, 16, 186)
    yield Layer("stage5", 256, 32, 666)
    yield Layer("level3", 64, 8, 714)
    yield Layer("level4", 128, 16, 762)
    yield Layer("level5", 256, 32, 858)
    yield Layer(LOGITS, len(COCO), 32, 1114)


NAMES = {
    STYLE_ENCODER.name: _style_encoder,
    DETECTOR.name: _detector,
    RESNET34.name: _resnet34,
    VGG19.name: _vgg19,
}
SHIPPED = (STYLE_ENCODER.name, DETECTOR.name)
