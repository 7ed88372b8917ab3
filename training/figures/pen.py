"""The pen of the covers and figures: flat shapes on a paper card, drawn at twice the size and halved."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from training.styles.canvas import fractal, picture

Point = tuple[float, float]
Box = tuple[float, float, float, float]

PAPER, INK, SOFT, RULE = "#f4eee2", "#231f1a", "#6f6658", "#d8cfbf"
RED, BLUE, GOLD, TEAL, PLUM = "#d2451f", "#3b74c9", "#e0b84c", "#6fb7c6", "#b9709f"
SCALE = 2
SANS = Path(__file__).parents[2] / "app/static/fonts/press-sans.woff2"


class Pen:
    """Draws in pixels of the finished picture."""

    def __init__(self, width: int, height: int, ground: str = PAPER) -> None:
        self.width, self.height = width, height
        self.sheet = Image.new("RGB", (width * SCALE, height * SCALE), ground)
        self.brush = ImageDraw.Draw(self.sheet)

    def box(
        self, box: Box, fill: str | None = None, line: str | None = None, width: float = 2, round: float = 0
    ) -> None:
        thick = int(width * SCALE)
        self.brush.rounded_rectangle([v * SCALE for v in box], round * SCALE, fill, line, thick)

    def disc(
        self, centre: Point, radius: float, fill: str | None = None, line: str | None = None, width: float = 2
    ) -> None:
        x, y = centre
        box = [v * SCALE for v in (x - radius, y - radius, x + radius, y + radius)]
        self.brush.ellipse(box, fill, line, int(width * SCALE))

    def line(self, points: Iterable[Point], colour: str = INK, width: float = 2) -> None:
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self.brush.line(scaled, colour, int(width * SCALE), joint="curve")

    def dashes(self, start: Point, end: Point, colour: str = INK, width: float = 2, dash: float = 12) -> None:
        ends = np.array([start, end])
        count = max(1, int(np.hypot(*(ends[1] - ends[0])) / dash))
        for place in np.arange(0, count, 2):
            one, other = (ends[0] + (ends[1] - ends[0]) * min(share / count, 1) for share in (place, place + 1))
            self.line([tuple(one), tuple(other)], colour, width)

    def shape(
        self, points: Iterable[Point], fill: str | None = None, line: str | None = None, width: float = 2
    ) -> None:
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        if fill:
            self.brush.polygon(scaled, fill)
        if line:
            self.brush.line([*scaled, *scaled[:2]], line, int(width * SCALE), joint="curve")

    def text(
        self, place: Point, words: str, size: float = 36, colour: str = INK, anchor: str = "mm", weight: int = 400
    ) -> None:
        """Words in the pages' sans serif; `anchor` is Pillow's: l, m or r, then a, m or s."""
        x, y = place
        self.brush.text((x * SCALE, y * SCALE), words, colour, _font(round(size * SCALE), weight), anchor)

    def paste(self, image: Image.Image, box: Box) -> None:
        """The middle of an image, cut to fill the box."""
        left, top, right, bottom = (round(v * SCALE) for v in box)
        w, h = right - left, bottom - top
        scale = max(w / image.width, h / image.height)
        large = image.resize(
            (max(w, round(image.width * scale)), max(h, round(image.height * scale))), Image.Resampling.LANCZOS
        )
        x, y = (large.width - w) // 2, (large.height - h) // 2
        self.sheet.paste(large.crop((x, y, x + w, y + h)), (left, top))

    def finished(self, grain: float = 0.03) -> Image.Image:
        """The sheet at its size, with the tooth of paper."""
        small = self.sheet.resize((self.width, self.height), Image.Resampling.LANCZOS)
        if not grain:
            return small
        tooth = fractal(np.random.default_rng(0), max(small.size), 0.004, 2)[: self.height, : self.width]
        return picture(np.asarray(small) / 255 + grain * (tooth[..., None] - 0.5))


@cache
def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(SANS), size)
    font.set_variation_by_axes([weight])
    return font
