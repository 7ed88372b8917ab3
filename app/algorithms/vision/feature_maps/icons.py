"""Small pictures of directions of a layer, a batch at a time: what an atlas shows in its cells.

Invariant: a direction's icon does not depend on which others are made with it: all begin with the same noise and are
moved alike. Source: Carter, Armstrong, Schubert, Johnson, Olah, “Activation Atlas” (2019).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import torch
from PIL import Image
from torch import Tensor

from app.algorithms.vision.feature_maps.ascent import ascend, noise
from app.algorithms.vision.feature_maps.methods import Method, named, rungs
from app.algorithms.vision.feature_maps.objectives import Direction, Maps, Objective
from app.algorithms.vision.feature_maps.seen import Seen

BATCH = 16
MARGIN = 1 / 6  # of the icon's side, all around, as thumbnails have it


@dataclass(frozen=True)
class Each(Objective):
    """Of each picture of a batch an objective of its own; no picture's score depends on the others."""

    parts: tuple[Objective, ...]

    @property
    def layers(self) -> frozenset[str]:
        return frozenset().union(*(part.layers for part in self.parts))

    @property
    def pictures(self) -> int:
        return len(self.parts)

    def score(self, maps: Maps) -> Tensor:
        own = [{layer: found[k : k + 1] for layer, found in maps.items()} for k in range(len(self.parts))]
        return torch.cat([part.score(found) for part, found in zip(self.parts, own, strict=True)])


def icons(
    seen: Seen,
    layer: str,
    vectors: Iterable[Sequence[float]],
    *,
    size: int = 48,
    steps: int = 48,
    method: Method | str = "fourier",
    seed: int = 0,
) -> Iterator[Image.Image]:
    """Of each vector (c) of the layer a picture, `size` pixels square, whose places point where it does."""
    method, margin = named(method), round(size * MARGIN)
    plan = rungs(method, size + 2 * margin, steps)

    def begin(side: int) -> Tensor:
        return noise(1, side, method, seed, seen.device).repeat(BATCH, 1, 1, 1)

    waiting = iter(vectors)
    while some := list(islice(waiting, BATCH)):
        filled = some + some[-1:] * (BATCH - len(some))
        parts = Each(tuple(Direction(layer, tuple(vector)) for vector in filled))
        *_, last = ascend(parts, seen, plan, method, seed, begin)
        for _, picture in zip(some, last.pictures, strict=False):
            yield picture.crop((margin, margin, margin + size, margin + size))
