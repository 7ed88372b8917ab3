"""Anchors: the boxes that stand ready before a picture is seen, six on every cell of three grids.

Source: Liu et al., “SSD: Single Shot MultiBox Detector” (2016), “default boxes”. Each size is 1.7 times the one before,
so that any object between 15 and 370 pixels of the network's picture has an anchor that nearly fits.
Invariant: the order is the network's: grid by grid, row by row, cell by cell, size by size, ratio by ratio.
"""

from dataclasses import dataclass
from functools import lru_cache

import torch
from torch import Tensor

from app.algorithms.vision.networks.detector import STRIDES

SIZES = ((20.0, 34.0), (58.0, 98.0), (167.0, 284.0))  # side of the square of equal area, in pixels, two a grid
RATIOS = (1.0, 0.5, 2.0)  # width to height
PER_CELL = len(SIZES[0]) * len(RATIOS)


@dataclass(frozen=True)
class Grid:
    """The cells that one level of the network answers for."""

    stride: int  # pixels from cell to cell
    rows: int
    columns: int
    sizes: tuple[float, ...]
    ratios: tuple[float, ...] = RATIOS

    @property
    def shapes(self) -> list[tuple[float, float]]:
        """Width and height of each of a cell's anchors, in pixels."""
        return [(size * ratio**0.5, size / ratio**0.5) for size in self.sizes for ratio in self.ratios]


def grids(h: int, w: int) -> list[Grid]:
    """The grids of a picture of h × w pixels; ValueError where a side is no multiple of the largest stride."""
    if h % STRIDES[-1] or w % STRIDES[-1] or not h or not w:
        raise ValueError(f"Sides must be multiples of {STRIDES[-1]} pixels, not {w} × {h}.")
    return [Grid(stride, h // stride, w // stride, sizes) for stride, sizes in zip(STRIDES, SIZES, strict=True)]


@lru_cache(maxsize=32)
def anchors(h: int, w: int) -> Tensor:
    """Every anchor of a picture of h × w pixels as centre x, centre y, width, height in pixels: (a, 4)."""
    return torch.cat([of_grid(grid) for grid in grids(h, w)])


def of_grid(grid: Grid) -> Tensor:
    """One grid's anchors: (rows · columns · shapes, 4)."""
    rows, columns = (torch.arange(count, dtype=torch.float32) + 0.5 for count in (grid.rows, grid.columns))
    y, x = torch.meshgrid(rows * grid.stride, columns * grid.stride, indexing="ij")
    centres = torch.stack([x, y], -1).flatten(0, 1)  # (cells, 2)
    shapes = torch.tensor(grid.shapes)  # (shapes, 2)
    cells = torch.cat([centres[:, None].expand(-1, len(shapes), 2), shapes.expand(len(centres), -1, 2)], -1)
    return cells.flatten(0, 1)
