"""What photographs excite: the best activation of every channel over crops of random size and place."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import torch
from PIL import Image
from torch import Tensor

from app.algorithms.vision.feature_maps.layers import Address
from app.algorithms.vision.feature_maps.seen import Seen
from app.algorithms.vision.pixels import tensor

SIDE = 224
SMALLEST = 64  # pixels of the photograph; a smaller crop has nothing in it
BATCH = 8
KINDS = (".jpg", ".jpeg", ".png", ".webp")


@dataclass(frozen=True)
class Usual:
    """A layer's channels over all crops, (c) each."""

    mean: Tensor  # of the maps' means
    best: Tensor  # of the maps' means
    peak: Tensor  # of all places

    def of(self, channel: int) -> tuple[float, float]:
        """The mean and the best."""
        return self.mean[channel].item(), self.best[channel].item()


def crops(folder: Path, count: int, seed: int) -> Iterator[Image.Image]:
    """Squares of random photographs of the folder, all resized to SIDE pixels; the same for the same seed."""
    files = sorted(file for file in folder.iterdir() if file.suffix.lower() in KINDS)
    if not files:
        raise SystemExit(f"There are no photographs in {folder}; name a folder with --photographs.")
    chance = random.Random(seed)
    for _ in range(count):
        with Image.open(chance.choice(files)) as image:
            side = chance.randint(min(SMALLEST, *image.size), min(image.size))
            x, y = chance.randint(0, image.width - side), chance.randint(0, image.height - side)
            crop = image.convert("RGB").crop((x, y, x + side, y + side))
        yield crop.resize((SIDE, SIDE), Image.Resampling.BICUBIC)


@torch.no_grad()
def survey(seen: Seen, pictures: Iterator[Image.Image]) -> dict[str, Usual]:
    """What each layer says of the pictures."""
    # Summed as they come: small results kept between large maps would hold the memory of all of them.
    found = {name: _nothing(layer.channels) for name, layer in seen.layers.items()}
    count = 0
    while some := list(islice(pictures, BATCH)):
        count += len(some)
        for name, maps in seen.opened(torch.cat([tensor(picture, seen.device) for picture in some])):
            means, usual = maps.float().mean((2, 3)), found[name]  # (n, c)
            usual.mean.add_(means.sum(0))
            torch.maximum(usual.best, means.amax(0), out=usual.best)
            torch.maximum(usual.peak, maps.float().amax((0, 2, 3)), out=usual.peak)
    for usual in found.values():
        usual.mean.div_(count)
    return found


def _nothing(channels: int) -> Usual:
    lowest = torch.full((channels,), -torch.inf)
    return Usual(torch.zeros(channels), lowest, lowest.clone())


def addresses(network: str, usual: dict[str, Usual], *, firing: bool) -> list[Address]:
    """The channels that fire somewhere on some crop, or those that fire nowhere on any."""
    return [
        Address(network, layer, channel)
        for layer, of in usual.items()
        for channel, peak in enumerate(of.peak.tolist())
        if (peak > 0) == firing
    ]
