"""A file that somebody hands in, as the files that are kept of it: fresh pixels in a few widths, or a checked drawing.

Strangers' bytes are read in the decoder's process; what is left of them here is pixels. No position, camera,
profile or text of the file survives.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image

from app.algorithms.vision.decoder import decode_apart
from app.algorithms.vision.images import InvalidPicture
from app.blog.pictures import vector
from app.blog.pictures.models import WIDTHS, widths_of

RECIPE = "1"  # another number gives the same pictures new addresses, which browsers then fetch anew
LONGEST = 2 * WIDTHS[-1]
QUALITY = 82
PLAIN_WEBP = (b"VP8 ", b"VP8L")  # the simple forms of the format: nothing but pixels fits into them


@dataclass(frozen=True)
class Made:
    """The measures of a picture and its files by their widths."""

    kind: str
    width: int
    height: int
    files: dict[int, bytes]


def made(data: bytes) -> Made:
    """The files of the picture in `data`. Raises InvalidPicture with a sentence."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        width, height = vector.measured(data)
        return Made("svg", width, height, {width: data})
    return _of_pixels(data)


def _of_pixels(data: bytes) -> Made:
    image = Image.open(io.BytesIO(decode_apart(data, max_side=LONGEST)))
    image.load()
    widths = widths_of(image.width)
    files = {width: _webp(image, width, lossless=data.startswith(b"\x89PNG")) for width in widths}
    if image.width == widths[-1] and _is_plain_webp(data):
        files[widths[-1]] = data  # it is what we would make of it, and has lost nothing yet
    return Made("webp", widths[-1], _height(image, widths[-1]), files)


def _webp(image: Image.Image, width: int, *, lossless: bool) -> bytes:
    """The picture at `width`; drawings, which come as PNG, stay exact where that takes no more room."""
    scaled = image if width == image.width else image.resize((width, _height(image, width)), Image.Resampling.LANCZOS)
    tries = [_encoded(scaled, quality=QUALITY)]
    if lossless:
        tries.append(_encoded(scaled, lossless=True, quality=50))
    return min(tries, key=len)


def _height(image: Image.Image, width: int) -> int:
    return max(1, round(image.height * width / image.width))


def _encoded(image: Image.Image, **options: bool | int) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", method=4, **options)
    return out.getvalue()


def _is_plain_webp(data: bytes) -> bool:
    """True for a WebP without room for a profile, a position or a second frame, and nothing behind its end."""
    whole = int.from_bytes(data[4:8], "little") + 8 == len(data)
    pixels = int.from_bytes(data[16:20], "little")
    return data[:4] == b"RIFF" and data[12:16] in PLAIN_WEBP and whole and len(data) - 20 - pixels in (0, 1)


__all__ = ["InvalidPicture", "Made", "made"]
