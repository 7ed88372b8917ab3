"""What a photograph excites: every layer's maps, the channels that are excited more than usual, and by which patches.

Invariant: maps cover the photograph alone, without what it was filled up with. All that is returned is numpy.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from app.algorithms.vision.feature_maps.layers import LOGITS
from app.algorithms.vision.feature_maps.places import Box, Map, inside, peaks, side
from app.algorithms.vision.feature_maps.seen import Seen
from app.algorithms.vision.images import fit
from app.algorithms.vision.pixels import tensor

SIZE = 320  # longest side, in pixels, at which photographs are read
SHOWN = 56  # longest side of a map that is sent to a reader
# A channel that is hardly ever excited would be excited a thousand times more than usual by next to nothing.
LEAST_USUAL = 0.1  # of the layer's mean


@dataclass(frozen=True)
class Reading:
    """A photograph as a network sees it."""

    network: str
    photograph: tuple[int, int]  # width and height of the picture that was given, in pixels
    seen: tuple[int, int]  # width and height of what the network saw, in pixels
    maps: Mapping[str, Map]  # layer: (c, h, w)


@dataclass(frozen=True)
class Excited:
    """How much a photograph excites one channel."""

    channel: int
    ratio: float  # of what is above 0 of its activation to what usually is
    mean: float  # over all places
    peak: float


def read(seen: Seen, image: Image.Image, *, size: int = SIZE, only: Collection[str] | None = None) -> Reading:
    """The maps of all layers, or of these only, of a picture brought to `size` pixels on its longest side.

    ValueError where the network has no layer of a name in `only`.
    """
    wanted = set(seen.layers if only is None else only)
    if unknown := wanted.difference(seen.layers):
        raise ValueError(f"{seen.name} has no layer {', '.join(sorted(unknown))}.")
    fitted = fit(image.convert("RGB"), size)
    maps: dict[str, Map] = {}
    with torch.inference_mode():
        for name, found in seen.opened(tensor(fitted, seen.device)):
            if name in wanted:
                w, h = (inside(seen.name, name, pixels) for pixels in fitted.size)
                maps[name] = found[0, :, :h, :w].float().cpu().contiguous().numpy()
            if len(maps) == len(wanted):
                break
    return Reading(seen.name, image.size, fitted.size, maps)


def strongest(reading: Reading, usual: Mapping[str, Sequence[float]], count: int = 8) -> dict[str, tuple[Excited, ...]]:
    """Of each layer the `count` channels that are farthest above their usual activation, farthest first.

    `usual` is a layer's `Findings.usual`; where it is not known, a channel is compared with its layer's mean.
    """
    return {
        layer: _strongest(maps, amount(layer, maps).mean((1, 2)), usual.get(layer), count)
        for layer, maps in reading.maps.items()
    }


def patches(reading: Reading, layer: str, channel: int, count: int = 9) -> tuple[Box, ...]:
    """The crops of the photograph, in its pixels, around the places that excite the channel most, best first.

    They do not overlap and lie in the photograph, so there can be fewer than `count`; none where all is the same.
    """
    found = reading.maps[layer][channel]
    (w, h), (width, height) = reading.seen, reading.photograph
    down, across = (side(reading.network, layer, n, p) for n, p in zip(found.shape, (h, w), strict=True))
    crops = ((down.crop(row), across.crop(column)) for row, column in peaks(found, down, across, count))
    return tuple((x0 * width, y0 * height, x1 * width, y1 * height) for (y0, y1), (x0, x1) in crops)


def shown(
    reading: Reading, layer: str, channels: Sequence[int], tops: Sequence[float] | None = None, longest: int = SHOWN
) -> NDArray[np.uint8]:
    """Maps of these channels (k, h, w), at most `longest` places a side: 255 stands for the channel's own `tops`.

    `tops` (k) are what each channel reaches in the gallery; without them 255 is its maximum here.
    """
    maps = amount(layer, reading.maps[layer][list(channels)])
    full = maps.max((1, 2)) if tops is None else amount(layer, np.asarray(tops, np.float32))
    h, w = maps.shape[1:]
    scale = min(1.0, longest / max(h, w))
    size = max(1, round(w * scale)), max(1, round(h * scale))
    small = [np.asarray(Image.fromarray(found).resize(size, Image.Resampling.BOX)) for found in maps]
    bright = np.stack(small) / np.maximum(full, 1e-9)[:, None, None]
    return (bright.clip(0, 1) * 255).round().astype(np.uint8)


def amount(layer: str, maps: Map) -> Map:
    """How much of an activation counts as excitement, never below 0: what is above 0; of a class, its odds.

    A negative activation is “off” for SiLU as it is for ReLU. A class's logit is hardly ever positive, so of it
    log(1 + odds) is taken, which is its probability where that is small and the logit itself where that is large.
    """
    return np.logaddexp(0, maps).astype(np.float32) if layer == LOGITS else np.maximum(maps, 0)


def _strongest(maps: Map, amounts: Map, usual: Sequence[float] | None, count: int) -> tuple[Excited, ...]:
    often = np.full(len(maps), amounts.mean()) if usual is None else np.asarray(usual, np.float64)
    floor = max(LEAST_USUAL * max(float(often.mean()), float(amounts.mean())), 1e-9)
    ratios = amounts / np.maximum(often, floor)
    best = np.argsort(-ratios, kind="stable")[:count].tolist()
    return tuple(Excited(k, float(ratios[k]), float(maps[k].mean()), float(maps[k].max())) for k in best)
