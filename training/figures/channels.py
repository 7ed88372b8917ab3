"""What channels of the style encoder look for: four of each of four layers, from the picture upwards."""

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from PIL import Image

from app.algorithms.vision.catalogue import STYLE_ENCODER
from app.algorithms.vision.feature_maps.seen import see
from app.algorithms.vision.feature_maps.thumbnails import thumbnails
from training.figures.pen import Pen

TILE, STEPS = 130, 120  # pixels of the finished figure; of each ascent


@dataclass(frozen=True)
class Row:
    """Channels of one layer that differ, and by how much they are enlarged: strokes of a few pixels are too small."""

    layer: str
    channels: tuple[int, ...]
    enlarged: int


ROWS = (
    Row("relu2_1", (2, 27, 11, 31), 2),
    Row("relu3_1", (3, 50, 25, 62), 2),
    Row("relu4_1", (88, 8, 31, 123), 1),
    Row("relu5_1", (38, 15, 111, 84), 1),
)


def tiles() -> Image.Image:
    """Sixteen drawings, a layer a row, the lowest layer at the top."""
    pen = Pen(640, 640)
    for row, drawings in enumerate(map(_drawn, ROWS)):
        for column, drawing in enumerate(drawings):
            left, top = 48 + 138 * column, 48 + 138 * row
            pen.paste(drawing, (left, top, left + TILE, top + TILE))
    return pen.finished(0)


def _drawn(row: Row) -> Iterator[Image.Image]:
    seen = see(STYLE_ENCODER.name, torch.device("cpu"))
    for _, drawing, _ in thumbnails(seen, row.layer, row.channels, size=TILE // row.enlarged, steps=STEPS):
        yield drawing.resize((TILE, TILE), Image.Resampling.LANCZOS)
