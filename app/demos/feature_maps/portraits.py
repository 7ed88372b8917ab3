"""A layer's sheet: a small drawing of every channel, and what the gallery tells of each.

The numbers beside the picture, one a channel unless said otherwise:
activation  of the drawing, which is the middle of a somewhat larger picture
best        mean of the map over the best of a thousand crops of the gallery
mean, deviation, usual, tops, dead, duplicates  as in app/algorithms/vision/feature_maps/survey.py
pictures    names of photographs, which the tops tell by number
artefacts   the share of the drawing's energy that is finest detail or repeats with the layer's stride
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PIL import Image

from app.algorithms.vision.feature_maps.artefacts import artefacts
from app.algorithms.vision.feature_maps.layers import LOGITS, Layer, classes
from app.algorithms.vision.feature_maps.seen import Seen
from app.algorithms.vision.feature_maps.survey import Findings, Top
from app.algorithms.vision.feature_maps.thumbnails import thumbnails
from app.demos.feature_maps import tiles
from app.demos.feature_maps.sheets import folder

TILE, COLUMNS = 56, 16
DRAWN, STEPS = 64, 40
COARSE, LARGER = 16, 96  # from this stride on a picture of DRAWN pixels has too few places
# Of a tile, so that all sheets of the networks that ship are under two megabytes; what is fine takes more.
BYTES = {"detector": 450, "untrained": 500}
OTHERS = 920


def make(seen: Seen, layer: Layer, found: Findings, best: Sequence[float]) -> int:
    """Write a layer's sheet; how many bytes it takes."""
    drawings, activations = zip(*_drawn(seen, layer), strict=True)
    named: dict[str, Any] = {"network": seen.name, "layer": layer.name, "channels": layer.channels}
    named |= {"stride": layer.stride, "field": layer.field, "window": layer.window, "tile": TILE, "columns": COLUMNS}
    told = {
        "activation": tiles.short(activations),
        "best": tiles.short(best),
        "artefacts": tiles.short(_artefacts(drawings, layer), 2),
    }
    file = folder(seen.name) / f"{layer.name}.json"
    size = tiles.write(file.with_suffix(".webp"), tiles.page(drawings, TILE, COLUMNS), _most(seen.name, layer))
    return size + tiles.tell(file, named | told | _found(found) | {"labels": _labels(seen.name, layer)})


def make_untrained(untrained: Seen, layer: Layer) -> int:
    """Write what a network that learned nothing makes of a layer's channels; how many bytes it takes."""
    drawings = [drawing for drawing, _ in _drawn(untrained, layer)]
    file = folder(untrained.name) / f"{layer.name}.untrained.webp"
    return tiles.write(file, tiles.page(drawings, TILE, COLUMNS), _most("untrained", layer))


def _most(kind: str, layer: Layer) -> int:
    return BYTES.get(kind, OTHERS) * layer.channels


def _drawn(seen: Seen, layer: Layer) -> Iterator[tuple[Image.Image, float]]:
    """Every channel's drawing and its activation, in their order."""
    size = LARGER if layer.stride >= COARSE else DRAWN
    for _, picture, activation in thumbnails(seen, layer.name, range(layer.channels), size=size, steps=STEPS):
        yield picture, activation


def _artefacts(drawings: tuple[Image.Image, ...], layer: Layer) -> Iterator[float]:
    for drawing in drawings:
        found = artefacts(drawing, layer.stride)
        yield max(found.finest, found.lattice)


def _found(found: Findings) -> dict[str, Any]:
    pictures = sorted({picture for tops in found.tops for picture, *_ in tops})
    return {
        "mean": tiles.short(found.mean),
        "deviation": tiles.short(found.deviation),
        "usual": tiles.short(found.usual),
        "pictures": pictures,
        "tops": [[_top(top, pictures) for top in tops] for tops in found.tops],
        "dead": list(found.dead),
        "duplicates": [[one, other, round(r, 3)] for one, other, r in found.duplicates],
    }


def _top(top: Top, pictures: list[str]) -> list[float]:
    picture, x, y, activation = top
    return [pictures.index(picture), round(x, 3), round(y, 3), *tiles.short([activation])]


def _labels(network: str, layer: Layer) -> list[str]:
    return list(classes(network)) if layer.name == LOGITS else []
