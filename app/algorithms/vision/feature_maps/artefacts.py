"""How much of a picture is a pattern that the network's strides leave, rather than something it looks for.

Source: Odena, Dumoulin, Olah, “Deconvolution and Checkerboard Artifacts” (2016): a convolution that strides gives some
pixels more of the gradient than their neighbours, in a pattern that repeats with the stride. Needs no torch.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

# In cycles a pixel, either way: periods under 2⅔ pixels. Photographs have hardly a hundredth of their energy there,
# white noise has 7/16 of it, a checkerboard all.
FINEST = 3 / 8

Pixels = NDArray[np.float64]


@dataclass(frozen=True)
class Artefacts:
    """Shares of a picture's energy, 0…1; energy is the variance of its pixels."""

    finest: float  # at the finest frequencies, whether they repeat or not
    lattice: float  # in what repeats with the stride, beyond what tiles have in common by chance


def artefacts(picture: Image.Image, stride: int) -> Artefacts:
    """What the picture has of both, colours together; measured on the pixels that were climbed, not on a smaller copy.

    `stride` is that of the layer that was asked; at strides under 2 nothing repeats.
    """
    pixels = np.asarray(picture.convert("RGB"), np.float64)
    return Artefacts(_finest(pixels), _lattice(pixels, stride) if stride > 1 else 0.0)


def _finest(pixels: Pixels) -> float:
    h, w = pixels.shape[:2]
    # Without a window, the jump from one edge to the opposite one would count as fine detail.
    window = np.outer(np.hanning(h + 2)[1:-1], np.hanning(w + 2)[1:-1])[..., None]
    centred = pixels - (pixels * window).sum((0, 1)) / window.sum()
    energy = np.abs(np.fft.fft2(centred * window, axes=(0, 1))) ** 2
    fine = (np.abs(np.fft.fftfreq(h)) >= FINEST)[:, None] | (np.abs(np.fft.fftfreq(w)) >= FINEST)
    return _share(float(energy[fine].sum()), float(energy.sum()))


def _lattice(pixels: Pixels, stride: int) -> float:
    """The variance of the mean tile of stride × stride pixels over that of the picture (analysis of variance)."""
    rows, columns = (side // stride for side in pixels.shape[:2])
    if rows * columns < 2:
        return 0.0
    cut = pixels[: rows * stride, : columns * stride]
    tiles = cut.reshape(rows, stride, columns, stride, 3).transpose(0, 2, 1, 3, 4).reshape(-1, stride * stride, 3)
    inner = tiles - tiles.mean(1, keepdims=True)  # what changes from tile to tile is no lattice
    mean = inner.mean(0)
    # Tiles that have nothing in common still have a mean that varies: by their own variance over their number.
    chance = ((inner - mean) ** 2).mean((0, 1)).sum() / (len(tiles) - 1)
    repeats = (mean**2).mean(0).sum() - chance
    return _share(float(repeats), float((cut - cut.mean((0, 1))).var((0, 1)).sum()))


def _share(part: float, whole: float) -> float:
    return min(1.0, max(0.0, part / whole)) if whole > 1e-9 else 0.0
