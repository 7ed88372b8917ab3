"""Pictures of numbers: a Gram matrix as a heat map, and the feature maps it was counted from as a sheet of tiles."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Rows = NDArray[np.float32]

SHEET = 768  # the longest side of the sheet of maps, in pixels
HEAT = 512  # the side of the picture of a matrix: a multiple of every layer's width
# From nothing over the accent of the site to paper: dark and light are told apart in print and by every eye.
RAMP = np.array([[23, 22, 38], [92, 33, 77], [196, 62, 44], [240, 150, 76], [252, 240, 214]], dtype=np.float64)


def heat(matrix: Rows) -> Image.Image:
    """A matrix of numbers from 0 as a picture of squares, HEAT pixels wide; colour follows the square root."""
    # The diagonal is far above the rest; its root leaves the others to be seen.
    share = np.sqrt(np.clip(matrix, 0, None) / max(float(matrix.max()), 1e-12))
    stops = np.linspace(0, 1, len(RAMP))
    colours = np.stack([np.interp(share, stops, RAMP[:, channel]) for channel in range(3)], axis=-1)
    cell = HEAT // len(matrix)
    return Image.fromarray(colours.round().astype(np.uint8).repeat(cell, axis=0).repeat(cell, axis=1))


def sheet(maps: Rows) -> Image.Image:
    """Every feature map (c, h, w) as a grey picture of its own brightness, in rows of `columns(maps)`."""
    width, height = tile(maps)
    across = columns(maps)
    page = Image.new("L", (across * width, -(-len(maps) // across) * height))
    for number, one in enumerate(maps):
        grey = Image.fromarray((one / max(float(one.max()), 1e-12) * 255).round().astype(np.uint8))
        page.paste(grey.resize((width, height), Image.Resampling.BOX), _corner(number, across, width, height))
    return page.convert("RGB")


def tile(maps: Rows) -> tuple[int, int]:
    """Width and height of one map on the sheet: all of them fit on SHEET by SHEET pixels."""
    _, height, width = maps.shape
    scale = SHEET / columns(maps) / max(height, width)
    return max(1, round(width * scale)), max(1, round(height * scale))


def columns(maps: Rows) -> int:
    """How many maps stand in a row: as many as rows, or a few more."""
    return int(np.ceil(np.sqrt(len(maps))))


def _corner(number: int, across: int, width: int, height: int) -> tuple[int, int]:
    return number % across * width, number // across * height
