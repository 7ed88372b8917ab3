"""Atlases: what a layer tells apart in the gallery, as a map whose cells are drawn; a coarse grid and a fine one each.

The numbers beside the picture:
variance  its shares along columns and along rows
pictures  names of photographs, which cells tell by number
grids     of each how many cells a `side`, at which tile its icons begin (`first`), and the `cells` that have any place:
          column, row, how many places, and the most typical one: picture, x and y as shares of it
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from PIL import Image

from app.algorithms.vision.feature_maps.atlas import Atlas, Cell, atlas
from app.algorithms.vision.feature_maps.icons import icons
from app.algorithms.vision.feature_maps.seen import Seen
from app.demos.feature_maps import tiles
from app.demos.feature_maps.channel import TITLES
from app.demos.feature_maps.sheets import HERE

FOLDER = HERE / "atlas"
CHARTED = ("style-encoder/relu3_1", "style-encoder/relu5_1", "detector/level3")
GRIDS = (6, 12)
TILE, COLUMNS = 48, 18
DRAWN = 64  # side of an icon before it is made small, in pixels
STEPS = 40
BYTES = 520  # of an icon, about


def make(seen: Seen, layer: str, gallery: Sequence[tuple[str, Image.Image]]) -> int:
    """Write the atlas of a layer; how many bytes it takes."""
    found = atlas(seen, gallery, layer, grids=GRIDS)
    cells = [cell for grid in found.grids.values() for cell in grid]
    drawn = list(icons(seen, layer, _directions(cells), size=DRAWN, steps=STEPS))
    file = FOLDER / f"{seen.name}-{layer}.json"
    size = tiles.write(file.with_suffix(".webp"), tiles.page(drawn, TILE, COLUMNS), BYTES * len(drawn))
    return size + tiles.tell(file, _told(seen, found, cells))


def _directions(cells: Sequence[Cell]) -> list[list[float]]:
    """What each cell's icon points to: its mean activation.

    In a layer that goes below nothing, most of that is what all places share, and all icons would look alike: there it
    is what a cell has beside the others.
    """
    vectors = np.array([cell.vector for cell in cells])
    if vectors.min() < 0:
        vectors -= np.average(vectors, axis=0, weights=[cell.count for cell in cells])
    directions: list[list[float]] = vectors.tolist()
    return directions


def _told(seen: Seen, found: Atlas, cells: Sequence[Cell]) -> dict[str, Any]:
    pictures = sorted({cell.where[0][0] for cell in cells})
    grids, first = [], 0
    for side, grid in found.grids.items():
        grids.append({"side": side, "first": first, "cells": [_cell(cell, pictures) for cell in grid]})
        first += len(grid)
    return {
        "network": seen.name,
        "layer": found.layer,
        "title": f"{found.layer}, {TITLES[seen.name]}",
        "window": seen.layers[found.layer].window,
        "tile": TILE,
        "columns": COLUMNS,
        "variance": tiles.short(found.explained),
        "pictures": pictures,
        "grids": grids,
    }


def _cell(cell: Cell, pictures: list[str]) -> list[float]:
    picture, x, y = cell.where[0]
    return [cell.column, cell.row, cell.count, pictures.index(picture), round(x, 3), round(y, 3)]
