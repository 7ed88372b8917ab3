"""The annotated picture: each stage leaves its mark, in colours that are the bench's own and can be read."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageColor

from app.demos.detection.drawing import COLOURS, INKS, annotated

STATIC = Path(__file__).parents[3] / "app" / "static"
PANEL = Path(__file__).parents[3] / "app" / "demos" / "detection"
CLASSES = [f"class {number}" for number in range(16)]
BOX = (40.0, 60.0, 160.0, 180.0)
ANSWERS: dict[str, Any] = {
    "classes": CLASSES,
    "presence": [[label, 0.5] for label in CLASSES],
    "largest": {"label": CLASSES[1], "score": 0.9, "box": BOX},
    "sixteen": [{"label": CLASSES[2], "score": 0.9, "box": BOX}],
    "objects": [{"label": CLASSES[3], "score": 0.9, "box": BOX}],
}


def srgb(lightness: float, chroma: float, hue: float) -> list[int]:
    """OKLCH as sRGB. Source: Ottosson, “A perceptual color space for image processing” (2020)."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    cones = np.array(
        [[1, 0.3963377774, 0.2158037573], [1, -0.1055613458, -0.0638541728], [1, -0.0894841775, -1.291485548]]
    )
    to_rgb = np.array(
        [
            [4.0767416621, -3.3077115913, 0.2309699292],
            [-1.2684380046, 2.6097574011, -0.3413193965],
            [-0.0041960863, -0.7034186147, 1.707614701],
        ]
    )
    linear = np.clip(to_rgb @ (cones @ [lightness, a, b]) ** 3, 0, 1)
    curved = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return [round(255 * part) for part in curved.tolist()]


def luminance(colour: str) -> float:
    linear = [part / 255 for part in ImageColor.getrgb(colour)[:3]]
    curved = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in linear]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), curved, strict=True))


def test_the_colours_are_those_of_the_style_sheet_and_of_the_drawings_that_browsers_save() -> None:
    tokens = re.findall(r"--data-\d: oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)", (STATIC / "css/tokens.css").read_text())
    expected = [srgb(float(light) / 100, float(chroma), float(hue)) for light, chroma, hue in tokens]
    assert [list(ImageColor.getrgb(colour)) for colour in COLOURS] == expected
    assert re.search(r"COLOURS = \[(.*)\]", (PANEL / "exports.js").read_text()).group(1) == ", ".join(  # type: ignore[union-attr]
        f'"{colour}"' for colour in COLOURS
    )


@pytest.mark.parametrize(("colour", "ink"), list(zip(COLOURS, INKS, strict=True)))
def test_labels_can_be_read(colour: str, ink: str) -> None:
    dark, light = sorted([luminance(colour), luminance(ink)])
    assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize(("stage", "label"), [("largest", 1), ("sixteen", 2), ("all", 3)])
def test_a_box_is_drawn_in_its_class_colour_and_leaves_its_inside_alone(stage: str, label: int) -> None:
    photo = Image.new("RGB", (240, 200), "grey")
    drawn = annotated(photo, stage, ANSWERS)
    assert drawn.getpixel((100, 179)) == ImageColor.getrgb(COLOURS[label])
    assert drawn.getpixel((40, 100)) == ImageColor.getrgb(COLOURS[label])
    assert drawn.crop((70, 125, 110, 145)).getcolors() == [(40 * 20, (128, 128, 128))]
    assert photo.getcolors() == [(240 * 200, (128, 128, 128))], "the photograph itself is not drawn on"


def test_what_is_in_it_is_a_list_of_the_surest() -> None:
    drawn = np.asarray(annotated(Image.new("RGB", (400, 300), "grey"), "presence", ANSWERS))
    colours = [tuple(pixel) for pixel in drawn[:, 1].tolist()]
    runs = [colour for before, colour in pairwise([None, *colours]) if colour not in (before, (128, 128, 128))]
    assert runs == [ImageColor.getrgb(colour) for colour in COLOURS]


@pytest.mark.parametrize("box", [(0.0, 0.0, 3.0, 3.0), (236.0, 190.0, 240.0, 200.0), (0.0, 0.0, 240.0, 200.0)])
def test_boxes_at_the_edges_keep_their_labels_on_the_picture(box: tuple[float, ...]) -> None:
    answers = ANSWERS | {"objects": [{"label": CLASSES[0], "score": 0.5, "box": box}]}
    drawn = annotated(Image.new("RGB", (240, 200), "black"), "all", answers)
    assert (np.asarray(drawn) == ImageColor.getrgb(COLOURS[0])).all(-1).sum() > 600
