"""A network's channels over a gallery: how much each is usually excited, and where most; which are dead, which double.

Idea: pictures are read one after the other and leave only sums behind, so that memory does not grow with the gallery.
Invariant: what is found does not depend on the order of the pictures, but for the last bits of the sums.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.algorithms.vision.feature_maps.excitation import SIZE, Reading, amount, read
from app.algorithms.vision.feature_maps.layers import Layer
from app.algorithms.vision.feature_maps.places import Map, peaks, side
from app.algorithms.vision.feature_maps.seen import Seen

TOPS = 9  # best places of each channel
OF_ONE_PICTURE = 2  # at most, so that one photograph does not stand for the gallery
ALIKE = 0.95  # two channels whose maps correlate by more do the same work
# A correlation that rests on fewer places than these says nothing: two channels that are on at one place are “alike”.
EVIDENCE = 20
# A channel whose activation moves by less than this share of what is usual in its layer says nothing.
MOVES = 0.01

Numbers = NDArray[np.float64]
Top = tuple[str, float, float, float]  # picture; x and y of the crop's middle as shares of its sides; activation


@dataclass(frozen=True)
class Findings:
    """A layer's channels over the gallery, one number a channel unless said otherwise."""

    mean: tuple[float, ...]  # over all places of all pictures
    deviation: tuple[float, ...]
    usual: tuple[float, ...]  # mean of `excitation.amount`, with which a photograph is compared
    best: tuple[float, ...]  # the highest mean over a crop that shows what a place has seen
    tops: tuple[tuple[Top, ...], ...]  # of each channel the best places, best first
    dead: tuple[int, ...]  # channels that never change: of a ReLU, those that are never above 0
    duplicates: tuple[tuple[int, int, float], ...]  # pairs and their correlation, the most alike first


def survey(seen: Seen, pictures: Iterable[tuple[str, Image.Image]], *, size: int = SIZE) -> dict[str, Findings]:
    """What each layer's channels make of the named pictures, each read at `size` pixels on its longest side.

    ValueError where there is no picture.
    """
    counts = {name: _Sums(layer) for name, layer in seen.layers.items()}
    for picture, image in pictures:
        reading = read(seen, image, size=size)
        for sums in counts.values():
            sums.add(picture, reading)
    if not all(sums.places for sums in counts.values()):
        raise ValueError("A survey needs at least one picture.")
    return {name: sums.findings() for name, sums in counts.items()}


def correlations(products: Numbers, means: Numbers) -> Numbers:
    """Pearson's correlations (c, c) from mean products (c, c) and means (c); 0 where a channel does not vary."""
    covariance = products - np.outer(means, means)
    deviation = np.sqrt(np.diagonal(covariance).clip(0))
    scale = np.outer(deviation, deviation)
    # What is left of a constant's variance is rounding: it is no correlation.
    least = 1e-6 * np.sqrt(np.outer(np.diagonal(products), np.diagonal(products)))
    return np.divide(covariance, scale, out=np.zeros_like(covariance), where=scale > least)


class _Sums:
    """What is kept of a layer while pictures pass."""

    def __init__(self, layer: Layer) -> None:
        c = layer.channels
        self.layer, self.places = layer, 0
        self.total, self.amounts, self.fourths = np.zeros(c), np.zeros(c), np.zeros(c)
        # Products of maps at full resolution: what alternates from place to place, such as the two edges of a stripe,
        # would look alike in smaller ones.
        self.products = np.zeros((c, c))
        self.lowest, self.highest, self.best = np.full(c, np.inf), np.full(c, -np.inf), np.full(c, -np.inf)
        self.tops: list[list[Top]] = [[] for _ in range(c)]

    def add(self, picture: str, reading: Reading) -> None:
        maps = reading.maps[self.layer.name]
        flat = maps.reshape(len(maps), -1).astype(np.float64)
        self.places += flat.shape[1]
        self.total += flat.sum(1)
        self.amounts += amount(self.layer.name, maps).sum((1, 2), dtype=np.float64)
        self.products += flat @ flat.T
        self.fourths += (flat**4).sum(1)
        self.lowest, self.highest = np.minimum(self.lowest, flat.min(1)), np.maximum(self.highest, flat.max(1))
        self.best = np.maximum(self.best, best_crop(maps, max(1, round(self.layer.window / self.layer.stride))))
        self._add_tops(picture, reading, maps)

    def findings(self) -> Findings:
        mean, products = self.total / self.places, self.products / self.places
        reach = self.highest - self.lowest
        dead = reach <= MOVES * np.median(reach)
        # How many places would have made up these sums, had all that are on been on equally.
        active = np.diagonal(self.products) ** 2 / self.fourths.clip(1e-300)
        return Findings(
            mean=_numbers(mean),
            deviation=_numbers(np.sqrt((np.diagonal(products) - mean**2).clip(0))),
            usual=_numbers(self.amounts / self.places),
            best=_numbers(self.best),
            tops=tuple(tuple(tops) for tops in self.tops),
            dead=tuple(np.flatnonzero(dead).tolist()),
            duplicates=_duplicates(correlations(products, mean), ~dead & (active >= EVIDENCE)),
        )

    def _add_tops(self, picture: str, reading: Reading, maps: Map) -> None:
        w, h = reading.seen
        down, across = (
            side(reading.network, self.layer.name, n, pixels) for n, pixels in zip(maps.shape[1:], (h, w), strict=True)
        )
        for channel, tops in enumerate(self.tops):
            # What is not above the ninth so far need not be looked for.
            if len(tops) == TOPS and maps[channel].max() < tops[-1][3]:
                continue
            for row, column in peaks(maps[channel], down, across, OF_ONE_PICTURE):
                tops.append((picture, across.middle(column), down.middle(row), float(maps[channel, row, column])))
            tops.sort(key=lambda top: (-top[3], top[0]))
            del tops[TOPS:]


def best_crop(maps: Map, places: int) -> Numbers:
    """Of each channel (c) the highest mean over `places` × `places` neighbours, or over all where there are fewer."""
    sums = np.zeros((len(maps), maps.shape[1] + 1, maps.shape[2] + 1))
    sums[:, 1:, 1:] = maps.cumsum(1, dtype=np.float64).cumsum(2)
    h, w = (min(places, n) for n in maps.shape[1:])
    crops = sums[:, h:, w:] - sums[:, :-h, w:] - sums[:, h:, :-w] + sums[:, :-h, :-w]
    best: Numbers = crops.max((1, 2)) / (h * w)
    return best


def _duplicates(found: Numbers, judged: NDArray[np.bool_]) -> tuple[tuple[int, int, float], ...]:
    alike = np.triu(found > ALIKE, 1) & judged & judged[:, None]
    pairs = [(int(a), int(b), float(found[a, b])) for a, b in np.argwhere(alike)]
    return tuple(sorted(pairs, key=lambda pair: -pair[2]))


def _numbers(values: Numbers) -> tuple[float, ...]:
    return tuple(values.tolist())
