"""Small files that unpack into far more than they are, in pixels, in texts, in pictures and in passes over them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

from PIL import Image

from tests.chaos import drawings, uploads
from tests.chaos.drawings import GREY, RGB_ALPHA, chunk

SQUEEZED = 1 << 20  # bytes of a stretch of zeros that is written again and again


def zeros(length: int) -> bytes:
    """A stream that unpacks into so many zero bytes."""
    squeeze, out = zlib.compressobj(6), bytearray()
    for start in range(0, length, SQUEEZED):
        out += squeeze.compress(bytes(min(SQUEEZED, length - start)))
    return bytes(out + squeeze.flush())


def still(side: int, depth: int, colour: int) -> bytes:
    """A square PNG, all zeros, whose promise is true."""
    row = 1 + -(-side * depth * drawings.CHANNELS[colour] // 8)
    return drawings.file(drawings.header(side, side, depth, colour), chunk(b"IDAT", zeros(row * side)))


def talkative(*texts: bytes) -> bytes:
    """A small PNG with chunks of text before its pixels."""
    whole = uploads.photographs()["PNG"]
    return whole[:33] + b"".join(texts) + whole[33:]


def moving(frames: int) -> bytes:
    """An APNG of frames of one pixel."""
    pixel = zlib.compress(bytes(4))
    out = [drawings.header(1, 1), chunk(b"acTL", struct.pack(">II", frames, 0))]
    for number in range(frames):
        order = 2 * number - (number > 0)
        out.append(chunk(b"fcTL", struct.pack(">IIIIIHHBB", order, 1, 1, 0, 0, 1, 10, 0, 0)))
        out.append(chunk(b"fdAT", struct.pack(">I", order + 1) + pixel) if number else chunk(b"IDAT", pixel))
    return drawings.file(*out)


def promising(w: int, h: int, interlaced: int) -> bytes:
    """A PNG with alpha that promises its pixels and has hardly any."""
    return drawings.file(drawings.header(w, h, 8, RGB_ALPHA, interlaced), chunk(b"IDAT", zeros(100)))


def claiming(w: int, h: int) -> bytes:
    """A JPEG of a few pixels whose header claims others."""
    data = uploads.photographs()["JPEG"]
    place = data.index(b"\xff\xc0") + 5
    return data[:place] + struct.pack(">HH", h, w) + data[place + 4 :]


def scanned(times: int) -> bytes:
    """A progressive JPEG whose last scan comes again and again."""
    data = uploads.saved(Image.new("RGB", (2000, 2000)), "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * times + b"\xff\xd9"


def many_texts() -> bytes:
    return talkative(*(chunk(b"tEXt", b"Comment\0" + b"x" * 100) for _ in range(10_000)))


def short_film(frames: int = 300) -> bytes:
    pictures = [uploads.noise(2, 2, seed) for seed in range(frames)]
    return uploads.saved(pictures[0], "WEBP", save_all=True, append_images=pictures[1:])


# Bombs that no reader has a use for: each must be refused with a sentence.
REFUSED: dict[str, Callable[[], bytes]] = {
    "1,600 million pixels of a bit": lambda: still(40_000, 1, GREY),
    "a text that unpacks into 64 MB": lambda: talkative(chunk(b"zTXt", b"Comment\0\0" + zeros(64 << 20))),
    "an international one": lambda: talkative(chunk(b"iTXt", b"Comment\0\1\0\0\0" + zeros(64 << 20))),
    "a JPEG that claims 4,294 million pixels": lambda: claiming(65_535, 65_535),
    "a JPEG that claims 65 million": lambda: claiming(10_000, 6_500),
    "1,000 scans of a JPEG": lambda: scanned(1_000),
}
# What must be refused for the pixels that its header promises, before any is read.
PROMISES: dict[str, Callable[[], bytes]] = {
    "64 million with alpha": lambda: promising(8_000, 8_000, 0),
    "64 million interlaced": lambda: promising(8_000, 8_000, 1),
    "a million million": lambda: promising(2**31 - 1, 2**31 - 1, 0),
    "one row": lambda: promising(2**31 - 1, 1, 0),
    "a JPEG's": lambda: claiming(65_535, 65_535),
}
# Bombs with a picture that can be read: taken in or refused, within the limits of both processes.
BORNE: dict[str, Callable[[], bytes]] = {
    "10,000 texts": many_texts,
    "a profile that unpacks into 64 MB": lambda: talkative(chunk(b"iCCP", b"x\0\0" + zeros(64 << 20))),
    "3,000 frames of a PNG": lambda: moving(3_000),
    "300 frames of a WebP": short_film,
    "16 million pixels with alpha": lambda: still(4_000, 8, RGB_ALPHA),
    "50 million pixels of a JPEG": lambda: uploads.saved(Image.new("RGB", (8_192, 6_144)), "JPEG"),
    "200 scans of a JPEG": lambda: scanned(200),
    "megabytes behind the end": lambda: uploads.photographs()["PNG"] + bytes(8 << 20),
}
