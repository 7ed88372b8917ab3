"""Small pictures of many objectives, a batch at a time: what the sheet of a layer is made of.

Invariant: a picture does not depend on which others are made with it. All begin with the same noise, are moved alike,
and every batch is of the same size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from PIL import Image

from app.algorithms.vision.feature_maps.ascent import ascend, staged
from app.algorithms.vision.feature_maps.ground import Ground
from app.algorithms.vision.feature_maps.methods import Method, named
from app.algorithms.vision.feature_maps.objectives import Channel, Each, Objective
from app.algorithms.vision.feature_maps.seen import Seen

BATCH = 8  # more at once are slower: their maps no longer fit the cache
# What stands at a picture's edge the network has seen beside nothing; the tile is what is inside.
MARGIN = 1 / 6  # of the tile's side, all around


def thumbnails(
    seen: Seen,
    layer: str,
    channels: Iterable[int],
    *,
    size: int = 96,
    steps: int = 64,
    method: Method | str = "fourier",
    seed: int = 0,
) -> Iterator[tuple[int, Image.Image, float]]:
    """Of each channel its tile, `size` pixels square, and the activation of the larger picture it is the middle of."""
    channels = list(channels)
    made = tiles(
        seen, (Channel(layer, channel) for channel in channels), size=size, steps=steps, method=method, seed=seed
    )
    for channel, (picture, activation) in zip(channels, made, strict=True):
        yield channel, picture, activation


def tiles(
    seen: Seen,
    objectives: Iterable[Objective],
    *,
    size: int,
    steps: int,
    method: Method | str = "fourier",
    seed: int = 0,
) -> Iterator[tuple[Image.Image, float]]:
    """Of each objective a tile, `size` pixels square, and the activation of the larger picture it is the middle of."""
    margin = round(size * MARGIN)
    stages, ground = staged(named(method), size + 2 * margin, steps, finished=False), Ground(seen.device)
    begun = ground.begun(1, stages[0].size, seed).repeat(BATCH, 1, 1, 1)
    waiting = iter(objectives)
    while some := tuple(islice(waiting, BATCH)):
        filled = Each(some + some[-1:] * (BATCH - len(some)))
        *_, last = ascend(filled, seen, stages, ground, begun, seed)
        for _, picture, activation in zip(some, last.pictures, last.activations, strict=False):
            yield picture.crop((margin, margin, margin + size, margin + size)), activation
