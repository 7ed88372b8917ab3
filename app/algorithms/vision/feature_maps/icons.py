"""Small pictures of directions of a layer: what an atlas shows in its cells.

Source: Carter, Armstrong, Schubert, Johnson, Olah, “Activation Atlas” (2019).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from PIL import Image

from app.algorithms.vision.feature_maps.methods import Method
from app.algorithms.vision.feature_maps.objectives import Direction
from app.algorithms.vision.feature_maps.seen import Seen
from app.algorithms.vision.feature_maps.thumbnails import tiles


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
    wanted = (Direction(layer, tuple(vector)) for vector in vectors)
    for picture, _ in tiles(seen, wanted, size=size, steps=steps, method=method, seed=seed):
        yield picture
