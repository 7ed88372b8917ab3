"""Drawing: the answer on the photograph, for pages without scripts, for downloads and for the list of demos."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PIL import Image, ImageDraw, ImageFont

# The eight colours of data in app/static/css/tokens.css, as sRGB, and what is read best on each.
COLOURS = ("#d43c11", "#3976ce", "#557060", "#b7ab64", "#ad719d", "#71b2c7", "#405643", "#9f2497")
INKS = ("white", "white", "white", "black", "black", "black", "white", "white")
PRESENT = 8  # classes that a picture has room for

Box = tuple[float, float, float, float]


def annotated(photo: Image.Image, stage: str, answers: Mapping[str, Any]) -> Image.Image:
    """A copy of the photograph with what one stage says of it, drawn in the colours of the classes."""
    picture = photo.convert("RGB")
    pen = _Pen(picture, answers["classes"])
    if stage == "presence":
        pen.list(answers["presence"][:PRESENT])
    if stage == "sixteen":
        pen.grid(4)
    shown = {"largest": [answers["largest"]], "sixteen": answers["sixteen"], "all": answers["objects"]}
    for found in sorted(shown.get(stage, []), key=lambda found: found["score"]):  # the surest on top
        pen.box(found["label"], found["score"], found["box"])
    return picture


class _Pen:
    def __init__(self, picture: Image.Image, classes: Sequence[str]) -> None:
        self.size, self.classes = picture.size, classes
        self.draw = ImageDraw.Draw(picture, "RGBA")
        self.line = max(2, round(max(picture.size) / 220))
        self.font = ImageFont.load_default(max(12, max(picture.size) / 32))
        self.chip_height = self.font.getbbox("Ag")[3] + self.line

    def box(self, label: str, score: float, box: Box) -> None:
        x0, y0, x1, y1 = box
        colour = self.classes.index(label) % len(COLOURS)
        self.draw.rectangle((x0, y0, max(x0, x1 - 1), max(y0, y1 - 1)), outline=COLOURS[colour], width=self.line)
        self.chip(f"{label} {score:.2f}", x0, y0 - self.chip_height, colour)

    def list(self, presence: Sequence[tuple[str, float]]) -> None:
        """The surest classes, one under the other, in the upper corner."""
        for row, (label, score) in enumerate(presence):
            y = row * (self.chip_height + self.line)
            self.chip(f"{label} {score:.2f}", 0, y, self.classes.index(label) % len(COLOURS))

    def grid(self, cells: int) -> None:
        """Lines between the cells of the square that the network saw, of which the picture is the upper left part."""
        for place in range(1, cells):
            at = max(self.size) * place / cells
            self.draw.line((at, 0, at, self.size[1]), fill=(255, 255, 255, 170), width=1)
            self.draw.line((0, at, self.size[0], at), fill=(255, 255, 255, 170), width=1)

    def chip(self, words: str, x: float, y: float, colour: int) -> None:
        """Words on their colour, moved onto the picture."""
        room = 2 * self.line
        w, h = self.font.getlength(words) + 2 * room, self.chip_height
        x, y = max(0, min(x, self.size[0] - w)), max(0, min(y, self.size[1] - h))
        self.draw.rectangle((x, y, x + w - 1, y + h - 1), fill=COLOURS[colour])
        self.draw.text((x + room, y + self.line / 2), words, fill=INKS[colour], font=self.font)
