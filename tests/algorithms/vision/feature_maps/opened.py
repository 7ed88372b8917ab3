"""Networks of a few lines, seen as if they were those that ship: what they look for is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from app.algorithms.vision.feature_maps.seen import Seen

CPU = torch.device("cpu")


def network(name: str, **layers: Callable[[Tensor], Tensor]) -> Seen:
    """A network of this name whose layers each compute their maps from the picture; `__` in a name is a point."""

    def opened(x: Tensor, _leak: object) -> Iterator[tuple[str, Tensor]]:
        for layer, maps in layers.items():
            yield layer.replace("__", "."), maps(x)

    return Seen(name, opened, CPU)


def noise(h: int, w: int, seed: int = 0) -> Image.Image:
    """A picture of white noise."""
    return Image.fromarray(np.random.default_rng(seed).integers(0, 256, (h, w, 3), dtype=np.uint8))
