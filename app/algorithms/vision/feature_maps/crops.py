"""How far photographs come by themselves: the highest activation of every channel over random crops of them.

A drawing is measured by the mean of its map, so crops are, too: squares of random size and place, all brought to one
size. Invariant: the same photographs, count and seed give the same crops.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from app.algorithms.vision.feature_maps.seen import Seen
from app.algorithms.vision.pixels import tensor

SIDE = 224
SMALLEST = 64  # pixels of the photograph; a smaller crop has nothing in it
COUNT = 1000
BATCH = 8


def crops(photographs: Sequence[Image.Image], count: int = COUNT, seed: int = 0) -> Iterator[Image.Image]:
    """So many squares of the photographs, each SIDE pixels high and wide."""
    chance = random.Random(seed)
    for _ in range(count):
        image = chance.choice(photographs)
        side = chance.randint(min(SMALLEST, *image.size), min(image.size))
        x, y = chance.randint(0, image.width - side), chance.randint(0, image.height - side)
        yield image.convert("RGB").crop((x, y, x + side, y + side)).resize((SIDE, SIDE), Image.Resampling.BICUBIC)


def best(seen: Seen, pictures: Iterator[Image.Image]) -> Mapping[str, NDArray[np.float32]]:
    """Of each layer the highest mean of each channel's map (c) over the pictures; −∞ where there are none."""
    found = {name: np.full(layer.channels, -np.inf, np.float32) for name, layer in seen.layers.items()}
    with torch.inference_mode():
        while some := list(islice(pictures, BATCH)):
            x = torch.cat([tensor(picture, seen.device) for picture in some])
            for name, maps in seen.opened(x):
                found[name] = np.maximum(found[name], maps.float().mean((2, 3)).amax(0).cpu().numpy())
    return found
