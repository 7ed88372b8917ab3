"""Where the places of a feature map lie in the picture, and the crops that show what they have seen. Needs no torch.

Invariant: a crop lies inside the picture and has at least one pixel; crops of one map's peaks do not overlap.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from app.algorithms.vision.catalogue import RESNET34
from app.algorithms.vision.feature_maps.layers import layers

Map = NDArray[np.float32]  # (h, w), or (c, h, w) of a whole layer
Box = tuple[float, float, float, float]  # x0 y0 x1 y1


@dataclass(frozen=True)
class Side:
    """The places along one side of a picture; each has a crop, whose lengths are in the pixels that were seen."""

    starts: NDArray[np.float64]  # (places): where each place's crop begins
    length: float  # of a crop
    pixels: int  # of the picture

    def overlapping(self, place: int) -> NDArray[np.bool_]:
        """Which places' crops overlap this place's: (places)."""
        near: NDArray[np.bool_] = np.abs(self.starts - self.starts[place]) < self.length
        return near

    def middle(self, place: int) -> float:
        """The middle of the place's crop as a share of the picture, 0…1."""
        return float(self.starts[place] + self.length / 2) / self.pixels

    def crop(self, place: int) -> tuple[float, float]:
        """Begin and end of the place's crop as shares of the picture, 0…1."""
        return float(self.starts[place]) / self.pixels, float(self.starts[place] + self.length) / self.pixels


def side(network: str, layer: str, places: int, pixels: int) -> Side:
    """The places of a map along one side of a picture of so many pixels."""
    if places == 1:
        return Side(np.zeros(1), pixels, pixels)  # what has one place has seen all there is
    stride, length = layers(network)[layer].stride, min(layers(network)[layer].window, pixels)
    # torchvision's strided convolutions are centred on the first pixel of what they stride over, ours on its middle.
    first = 0.5 if network == RESNET34.name else stride / 2
    middles = first + stride * np.arange(places)
    # A crop that would leave the picture is moved, not cut, so that all crops of a map are of one size.
    return Side(np.clip(middles - length / 2, 0, pixels - length), length, pixels)


def inside(network: str, layer: str, pixels: int) -> int:
    """How many places of a side of so many pixels lie inside it: the rest sees only what it was filled up with."""
    return max(1, int(np.ceil(pixels / layers(network)[layer].stride - 0.5)))


def peaks(channel: Map, down: Side, across: Side, count: int) -> list[tuple[int, int]]:
    """Row and column of at most `count` places whose crops do not overlap, highest first.

    Only places above the map's mean count: a map that is the same everywhere has none.
    """
    return list(islice(_peaks(channel, down, across), count))


def _peaks(channel: Map, down: Side, across: Side) -> Iterator[tuple[int, int]]:
    if channel.size == 1:
        yield 0, 0
        return
    # Of a map that is the same everywhere, the mean can be a bit below every place.
    high = channel > channel.mean() if channel.max() > channel.min() else np.False_
    free = np.where(high, channel, -np.inf)
    while True:
        row, column = np.unravel_index(int(free.argmax()), free.shape)
        if free[row, column] == -np.inf:
            return
        yield int(row), int(column)
        free[np.ix_(down.overlapping(int(row)), across.overlapping(int(column)))] = -np.inf
