"""A photograph with what excites a channel lit up, and its patches side by side. Needs no torch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.algorithms.vision.feature_maps.places import Box

# One hue, told from the grey around it by its brightness too, so that it can be seen without telling colours apart.
TINT = (255, 176, 32)
TINTED = 0.45  # share of the tint where the map is highest
DARKEST = 0.4  # share of the photograph's brightness where the map is lowest
# Light is seen by its ratios: drawn in proportion, half an activation would look like none.
EASED = 0.7
GAP = 4


def overlay(image: Image.Image, map: NDArray[Any]) -> Image.Image:
    """The photograph, grey and dim where the map (h, w) is low, in its own colours and tinted where it is high.

    A map of bytes goes from 0 to 255, any other from 0 to 1; it is stretched over the photograph.
    """
    light = np.asarray(map, np.float32) / (255 if map.dtype == np.uint8 else 1)
    smooth = Image.fromarray(light.clip(0, 1)).resize(image.size, Image.Resampling.BICUBIC)
    high = np.asarray(smooth).clip(0, 1)[..., None] ** EASED  # (h, w, 1)
    colours = np.asarray(image.convert("RGB"), np.float32)
    grey = np.asarray(image.convert("L"), np.float32)[..., None]
    photograph = (1 - high) * DARKEST * grey + high * colours
    tinted = photograph + TINTED * high * (np.asarray(TINT, np.float32) - photograph)
    return Image.fromarray(tinted.round().clip(0, 255).astype(np.uint8))


def strip(image: Image.Image, boxes: Sequence[Box], side: int = 96) -> Image.Image:
    """The crops of the photograph in one row, each `side` pixels high and wide; a pixel where there are none."""
    if not boxes:
        return Image.new("RGB", (1, 1))
    row = Image.new("RGB", (len(boxes) * (side + GAP) - GAP, side), "white")
    for place, box in enumerate(boxes):
        crop = image.convert("RGB").resize((side, side), Image.Resampling.BICUBIC, box=box)
        row.paste(crop, (place * (side + GAP), 0))
    return row
