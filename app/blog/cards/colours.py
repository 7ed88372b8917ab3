"""The site's colours as drawing programs want them: the tokens of its style sheet, from OKLCH to sRGB."""

from __future__ import annotations

import re
from functools import cache
from math import cos, radians, sin
from pathlib import Path

TOKENS = Path(__file__).parents[2] / "static/css/tokens.css"
Colour = tuple[int, int, int]


@cache
def token(name: str) -> Colour:
    """The raw value `--name` of the style sheet, such as day-paper."""
    found = re.search(rf"--{re.escape(name)}: ([\d.]+)% ([\d.]+) ([\d.]+);", TOKENS.read_text())
    if not found:
        raise KeyError(name)
    lightness, chroma, hue = map(float, found.groups())
    return srgb(lightness / 100, chroma, hue)


def srgb(lightness: float, chroma: float, hue: float) -> Colour:
    """An OKLCH colour (0…1, 0…0.4, degrees) with 8 bits a channel; what sRGB has not is cut off.

    Björn Ottosson, “A perceptual color space for image processing”, 2020.
    """
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _encoded(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _encoded(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _encoded(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )


def _encoded(linear: float) -> int:
    light = min(1.0, max(0.0, linear))
    return round(255 * (12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055))
