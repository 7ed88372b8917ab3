"""Pictures to learn from: folders of photographs and paintings, a held-out share of each, and random crops."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional

SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")
HELD_OUT_EVERY = 3


def paths(folder: Path) -> list[Path]:
    """Every picture below a folder, in a fixed order; ValueError where there is none."""
    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    if not found:
        raise ValueError(f"There is no picture in {folder}.")
    return found


def learned(found: Sequence[Path]) -> list[Path]:
    """The pictures that training may see."""
    return [path for index, path in enumerate(found) if index % HELD_OUT_EVERY != 0]


def held_out(found: Sequence[Path]) -> list[Path]:
    """The pictures that training never sees: every third, from the first."""
    return list(found[::HELD_OUT_EVERY])


def load(found: Sequence[Path], side: int = 320) -> list[np.ndarray]:
    """Decoded once: uint8 arrays (h, w, 3), shortest side at least 96 and longest side at most `side`."""
    return [np.asarray(_fit(Image.open(path).convert("RGB"), side)) for path in found]


def crops(
    pictures: Sequence[np.ndarray], count: int, side: int, random: np.random.Generator, *, noisy: float = 0.25
) -> Tensor:
    """Random squares, half of them mirrored, resized, jittered in contrast and colour: (count, 3, side, side).

    `noisy` is the share of them that gets noise as well.
    """
    chosen = random.integers(len(pictures), size=count)
    return torch.cat([_crop(pictures[index], side, random, noisy) for index in chosen])


def _fit(image: Image.Image, side: int) -> Image.Image:
    scale = max(min(1.0, side / max(image.size)), 96 / min(image.size))
    return image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.LANCZOS)


def _crop(picture: np.ndarray, side: int, random: np.random.Generator, noisy: float) -> Tensor:
    h, w = picture.shape[:2]
    window = int(random.integers(min(96, h, w), min(h, w) + 1))
    top, left = random.integers(h - window + 1), random.integers(w - window + 1)
    square = picture[top : top + window, left : left + window]
    square = square[:, ::-1] if random.random() < 0.5 else square
    x = torch.from_numpy(square.copy()).permute(2, 0, 1)[None].float() / 255  # (1, 3, window, window)
    x = functional.interpolate(x, (side, side), mode="bilinear", antialias=True)
    return _jitter(x, random, noisy)


def _jitter(x: Tensor, random: np.random.Generator, noisy: float) -> Tensor:
    # Pictures under optimisation are more vivid and noisier than photographs: the features must hold there as well.
    contrast, brightness = random.uniform(0.7, 1.4), random.uniform(-0.1, 0.1)
    tint = torch.from_numpy(random.uniform(0.85, 1.15, (1, 3, 1, 1)).astype(np.float32))
    x = (x - 0.5) * contrast * tint + 0.5 + brightness
    if random.random() < noisy:
        x = x + torch.from_numpy(random.normal(0, random.uniform(0.01, 0.15), x.shape).astype(np.float32))
    return x.clamp(0, 1)
