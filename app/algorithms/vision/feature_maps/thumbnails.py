"""Small pictures of many channels, a batch at a time: what a sheet of a layer is made of.

Invariant: a channel's picture does not depend on which others are made with it. All begin with the same noise, are
moved alike, and every batch is of the same size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from PIL import Image
from torch import Tensor

from app.algorithms.vision.feature_maps.ascent import ascend, noise
from app.algorithms.vision.feature_maps.methods import Method, named, rungs
from app.algorithms.vision.feature_maps.objectives import Channels
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
    method, whole = named(method), size + 2 * round(size * MARGIN)
    plan = rungs(method, whole, steps)

    def begin(side: int) -> Tensor:
        return noise(1, side, method, seed, seen.device).repeat(BATCH, 1, 1, 1)

    waiting = iter(channels)
    while some := list(islice(waiting, BATCH)):
        batch = Channels(layer, tuple(some + some[-1:] * (BATCH - len(some))))
        *_, last = ascend(batch, seen, plan, method, seed, begin)
        for channel, picture, activation in zip(some, last.pictures, last.activations, strict=False):
            yield channel, _middle(picture, size), activation


def _middle(picture: Image.Image, size: int) -> Image.Image:
    left = (picture.width - size) // 2
    return picture.crop((left, left, left + size, left + size))
