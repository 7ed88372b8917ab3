"""One card: series, title and the site's name on paper, and the cover on the right where there is one."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageOps, UnidentifiedImageError

from app.blog.cards.colours import token
from app.blog.cards.lettering import SANS, Block, drawable, set_in

log = logging.getLogger(__name__)

WIDTH, HEIGHT = 1200, 630  # in pixels, the shape that links are shown in
MARGIN, COVER, CORNER = 76, 498, 14
EDGE = (HEIGHT - COVER) // 2  # around the cover, above, below and on its right
SIZES, LEADING = range(112, 39, -4), 1.14
SMALL, SMALL_SIZES, SMALL_LEADING = 32, range(32, 21, -2), 1.25
RULE = (64, 6)
HEAVY = 300_000  # bytes; some programs show no card beyond that


@dataclass(frozen=True)
class Words:
    """What a card says: its title, a line above it, and whose it is."""

    title: str
    above: str
    site: str


def draw(words: Words, cover: Path | None) -> bytes:
    """The card as PNG."""
    card = Image.new("RGB", (WIDTH, HEIGHT), token("day-paper"))
    width = WIDTH - 2 * MARGIN
    if picture := _picture(cover):
        left = WIDTH - EDGE - COVER
        card.paste(picture, (left, EDGE), _rounded())
        width = left - MARGIN - 44
    pen = ImageDraw.Draw(card)
    _write_title(pen, words, width, _write_foot(pen, words, width))
    return _png(card)


def _write_foot(pen: ImageDraw.ImageDraw, words: Words, width: int) -> int:
    """The site's name under a short rule; where the foot begins."""
    name, face = drawable(words.site, SANS)
    top = HEIGHT - MARGIN - SMALL
    label = set_in(name, face, width, SMALL * 2, SMALL_SIZES, SMALL_LEADING)
    _block(pen, label, top, 1, token("day-soft"))
    pen.rectangle((MARGIN, top - 26, MARGIN + RULE[0], top - 27 + RULE[1]), fill=token("day-accent"))
    return top - 26


def _write_title(pen: ImageDraw.ImageDraw, words: Words, width: int, foot: int) -> None:
    """The title, or the site's name where nothing of it can be drawn, with the line above it, midway to the foot."""
    above, small = drawable(words.above, SANS)
    line = set_in(above, small, width, SMALL * 3, SMALL_SIZES, SMALL_LEADING)
    used = _height(line, SMALL_LEADING) + (14 if above else 0)
    room = foot - 40 - MARGIN
    title, face = drawable(words.title)
    if not title:
        title, face = drawable(words.site)
    block = set_in(title, face, width, room - used, SIZES, LEADING)
    top = MARGIN + (room - used - _height(block, LEADING)) // 3
    _block(pen, line, top, SMALL_LEADING, token("day-accent-ink"))
    _block(pen, block, top + used, LEADING, token("day-ink"))


def _block(pen: ImageDraw.ImageDraw, block: Block, top: int, leading: float, colour: tuple[int, int, int]) -> None:
    for number, line in enumerate(block.lines):
        place = (MARGIN, top + number * block.size * leading + block.size * 0.82)
        pen.text(place, line, fill=colour, font=block.font, anchor="ls")


def _height(block: Block, leading: float) -> int:
    return round(len(block.lines) * block.size * leading)


def _picture(file: Path | None) -> Image.Image | None:
    """The middle of the cover in its place; none where the file shows nothing."""
    if file is None:
        return None
    try:
        with Image.open(file) as cover:
            seen = ImageOps.exif_transpose(cover).convert("RGBA")
        paper = Image.new("RGBA", seen.size, token("day-paper"))
        return ImageOps.fit(Image.alpha_composite(paper, seen).convert("RGB"), (COVER, COVER))
    except (OSError, UnidentifiedImageError, ValueError, Image.DecompressionBombError) as error:
        log.warning("the cover %s cannot be drawn on a card: %s", file.name, error)
        return None


def _rounded() -> Image.Image:
    """Where the cover shows: a square with rounded corners, four times as fine and made small again, so smooth."""
    mask = Image.new("L", (4 * COVER, 4 * COVER))
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, 4 * COVER - 1, 4 * COVER - 1), 4 * CORNER, fill=255)
    return mask.resize((COVER, COVER), Image.Resampling.LANCZOS)


def _png(card: Image.Image) -> bytes:
    """As it is, or in 256 colours where that would be too heavy."""
    whole = _encoded(card)
    return whole if len(whole) <= HEAVY else _encoded(card.quantize(256, dither=Image.Dither.FLOYDSTEINBERG))


def _encoded(card: Image.Image) -> bytes:
    out = io.BytesIO()
    card.save(out, "PNG", optimize=True)
    return out.getvalue()
