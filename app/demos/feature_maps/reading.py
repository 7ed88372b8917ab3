"""Reading a photograph: what it excites, which classes are seen in it, and what covering its parts takes away.

Every map of the data is [offset, width, height] in one of the files, where it lies row by row:
maps       uint8    of a channel; 255 is where it is highest in this photograph
cams       uint8    of a class; 255 is where it is highest
occlusion  float32  little-endian, one map from the beginning: by which share the channel's activation falls
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.algorithms.vision.feature_maps.attribution import ClassActivation, Occlusion, class_activation, occlusion
from app.algorithms.vision.feature_maps.excitation import Excited, Reading, patches, read, shown, strongest
from app.algorithms.vision.feature_maps.layers import address
from app.algorithms.vision.feature_maps.overlay import overlay, strip
from app.algorithms.vision.feature_maps.seen import Seen
from app.algorithms.vision.images import fit
from app.demos.base import Update
from app.demos.feature_maps import sheets
from app.demos.feature_maps.demo import Inputs
from app.demos.feature_maps.gallery import SEEN
from app.demos.feature_maps.packing import Packed
from app.demos.feature_maps.wanted import known

LISTED, LISTED_PLACES, ASKED_PLACES = 6, 4, 9
CLASSES = 5
PATCH = 96  # side of a patch on the strip, in pixels
ACROSS = 12  # places of the square along the longest side
EVERY = 2048  # more channels than any layer has
READ, CLASSED = 0.2, 0.4  # shares of the time

Listed = Mapping[str, Sequence[Excited]]  # all channels of each layer, strongest first


def look(inputs: Inputs, seen: Seen) -> Iterator[Update]:
    photograph, channel = inputs.photo.image, address(inputs.channel)
    small, packed, pictures = fit(photograph, SEEN), Packed(), dict[str, Image.Image]()
    reading = read(seen, photograph, size=SEEN)
    data = {"of": 3, "size": SEEN, "patch": PATCH} | _read(reading, inputs, packed)
    (map,) = shown(reading, channel.layer, [channel.channel])
    boxes = patches(reading, channel.layer, channel.channel, ASKED_PLACES)
    pictures |= {"result": overlay(small, _bright(map)), "photo": small, "patches": strip(photograph, boxes, PATCH)}
    yield Update(READ, data | {"step": 1}, dict(pictures))

    found = class_activation(photograph, CLASSES)
    data["classes"] = [_class(one, packed) for one in found]
    pictures["cam"] = overlay(small, found[0].map)
    yield Update(CLASSED, data | {"step": 2}, dict(pictures))

    covered = occlusion(seen, photograph, channel, inputs.occluder, SEEN // ACROSS)
    falls = (covered.falls / max(abs(covered.score), 1e-6)).astype("<f4")
    data["occlusion"] = _occlusion(covered, falls.max())
    yield Update(1, data | {"step": 3}, pictures, packed.files | {"occlusion": falls.tobytes()})


def _read(reading: Reading, inputs: Inputs, packed: Packed) -> dict[str, Any]:
    """What the photograph excites: the strongest channels of each layer, and the one that is asked for."""
    asked, usual = address(inputs.channel), _usual(reading, inputs)
    listed = strongest(reading, usual, EVERY)
    (own,) = (excited for excited in listed[asked.layer] if excited.channel == asked.channel)
    best, mean = known(asked, inputs)
    told = _excited(reading, asked.layer, [own], packed, ASKED_PLACES)[0]
    (width, height), names = reading.photograph, listed.keys()
    return {
        "width": width,
        "height": height,
        "seen": list(reading.seen),
        "compared": "gallery" if asked.layer in usual else "layer",
        "strongest": {name: _excited(reading, name, listed[name][:LISTED], packed, LISTED_PLACES) for name in names},
        "asked": told | {"layer": asked.layer},
        "activation": told["mean"],
        "best": best,
        "usual": mean,
        "ratio": round(own.mean / best, 2) if best and best > 0 else None,
    }


def _usual(reading: Reading, inputs: Inputs) -> dict[str, list[float]]:
    """What the gallery usually excites, by layer; nothing is known of a network that learned nothing."""
    found = {} if inputs.untrained else {layer: sheets.find(reading.network, layer) for layer in reading.maps}
    return {layer: sheet.about["usual"] for layer, sheet in found.items() if sheet}


def _excited(
    reading: Reading, layer: str, listed: Sequence[Excited], packed: Packed, places: int
) -> list[dict[str, Any]]:
    maps = shown(reading, layer, [one.channel for one in listed])
    return [
        {
            "channel": one.channel,
            "ratio": _short(one.ratio),
            "mean": _short(one.mean),
            "peak": _short(one.peak),
            "map": packed.put("maps", _bright(map)),
            "places": _places(reading, layer, one.channel, places),
        }
        for one, map in zip(listed, maps, strict=True)
    ]


def _bright(map: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The map with its brightest place at 255: where it was made small, narrow peaks have been levelled."""
    return (map * (255 / max(int(map.max()), 1))).round().astype(np.uint8)


def _places(reading: Reading, layer: str, channel: int, count: int) -> list[list[float]]:
    """Where the channel's patches lie, as shares of the photograph: left, top, right, bottom."""
    sides = np.array(reading.photograph * 2)
    return [(np.array(box) / sides).round(3).tolist() for box in patches(reading, layer, channel, count)]


def _class(found: ClassActivation, packed: Packed) -> dict[str, Any]:
    map = (found.map * 255).round().astype(np.uint8)
    return {"label": found.label, "score": _short(found.score), "map": packed.put("cams", map)}


def _occlusion(covered: Occlusion, drop: float) -> dict[str, Any]:
    """Where the middles of the squares stand and how large they are, as shares of the photograph."""
    (rows, columns), (width, height) = covered.falls.shape, covered.seen
    return {
        "columns": columns,
        "rows": rows,
        "left": 0.5 / columns,
        "top": 0.5 / rows,
        "across": 1 / columns,
        "down": 1 / rows,
        "side_x": covered.side / width,
        "side_y": covered.side / height,
        "base": _short(covered.score),
        "drop": _short(drop),
    }


def _short(number: float) -> float:
    return float(f"{number:.4g}")
