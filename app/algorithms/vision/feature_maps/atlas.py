"""A map of what a layer tells apart: the gallery's places, laid out by their activations so that likes are neighbours.

Source: Carter, Armstrong, Schubert, Johnson, Olah, “Activation Atlas” (2019). Departs from it in the layout: two
principal components instead of UMAP, which say how much of the differences they show, and ranks along each instead of
distances, so that a crowd in the middle is spread over the grid. Invariant: the same pictures give the same atlas.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.algorithms.vision.feature_maps.excitation import SIZE, Reading, read
from app.algorithms.vision.feature_maps.places import side
from app.algorithms.vision.feature_maps.seen import Seen

GRIDS = (8, 16)  # cells a side
SAMPLES = 200  # places of each picture
EXAMPLES = 3

Numbers = NDArray[np.float64]
Where = tuple[str, float, float]  # picture; x and y of the crop's middle as shares of its sides


@dataclass(frozen=True)
class Cell:
    """Places whose activations are alike."""

    column: int
    row: int
    count: int
    vector: tuple[float, ...]  # their mean activation, one number a channel
    where: tuple[Where, ...]  # at most EXAMPLES of them, the most typical first


@dataclass(frozen=True)
class Atlas:
    """A layer's activations over a gallery."""

    layer: str
    explained: tuple[float, float]  # share of the variance along the columns, and along the rows
    grids: Mapping[int, tuple[Cell, ...]]  # cells a side: the cells that have any place, row by row


def atlas(
    seen: Seen,
    pictures: Iterable[tuple[str, Image.Image]],
    layer: str,
    *,
    grids: Sequence[int] = GRIDS,
    samples: int = SAMPLES,
    size: int = SIZE,
    seed: int = 0,
) -> Atlas:
    """The layer's activations at `samples` places of each of the named pictures, drawn by `seed`, on grids.

    ValueError where the network has no such layer, or where there are under three places in all.
    """
    parts, places = _sampled(seen, pictures, layer, samples, size, seed)
    if len(places) < 3:
        raise ValueError("An atlas needs at least three places.")
    vectors = np.concatenate(parts)
    coordinates, explained = principal(vectors)
    return Atlas(layer, explained, {cells: tuple(_cells(vectors, places, coordinates, cells)) for cells in grids})


def principal(vectors: Numbers) -> tuple[Numbers, tuple[float, float]]:
    """Coordinates (n, 2) of vectors (n, c) along their first two principal components, and the variance's shares."""
    centred = vectors - vectors.mean(0)
    _, sizes, directions = np.linalg.svd(centred, full_matrices=False)
    # A component has no sign of its own: its largest weight is made positive.
    largest = np.take_along_axis(directions, np.abs(directions).argmax(1)[:, None], 1)
    coordinates: Numbers = centred @ (directions * np.sign(largest))[:2].T
    shares = sizes**2 / max(float((sizes**2).sum()), 1e-12)
    return coordinates, (float(shares[0]), float(shares[1]))


def ranked(values: Numbers, cells: int) -> NDArray[np.intp]:
    """Of each value (n) the cell, 0…cells − 1, by its rank: every cell has as many values, to within one."""
    ranks = values.argsort(kind="stable").argsort(kind="stable")
    return ranks * cells // len(values)


def _sampled(
    seen: Seen, pictures: Iterable[tuple[str, Image.Image]], layer: str, samples: int, size: int, seed: int
) -> tuple[list[Numbers], list[Where]]:
    """Activations (n, c) of each picture, and where all of them are."""
    vectors: list[Numbers] = []
    places: list[Where] = []
    for number, (picture, image) in enumerate(pictures):
        reading = read(seen, image, size=size, only=(layer,))
        maps = reading.maps[layer]
        of_picture = maps[0].size
        chance = np.random.default_rng((seed, number))
        drawn = np.sort(chance.choice(of_picture, min(samples, of_picture), replace=False))
        vectors.append(maps.reshape(len(maps), -1).T[drawn].astype(np.float64))
        places.extend(_where(picture, reading, layer, drawn))
    return vectors, places


def _where(picture: str, reading: Reading, layer: str, drawn: NDArray[np.intp]) -> Iterator[Where]:
    h, w = reading.maps[layer].shape[1:]
    down, across = (
        side(reading.network, layer, places, pixels)
        for places, pixels in zip((h, w), reversed(reading.seen), strict=True)
    )
    for row, column in zip(*np.divmod(drawn, w), strict=True):
        yield picture, across.middle(int(column)), down.middle(int(row))


def _cells(vectors: Numbers, places: Sequence[Where], coordinates: Numbers, cells: int) -> Iterator[Cell]:
    columns, rows = (ranked(axis, cells) for axis in coordinates.T)
    for row, column in np.ndindex(cells, cells):
        members = np.flatnonzero((rows == row) & (columns == column))
        if not len(members):
            continue
        mean = vectors[members].mean(0)
        lengths = np.linalg.norm(vectors[members], axis=1).clip(1e-12)
        typical = np.argsort(-(vectors[members] @ mean) / lengths, kind="stable")[:EXAMPLES]
        where = tuple(places[member] for member in members[typical])
        yield Cell(column, row, len(members), tuple(mean.tolist()), where)
