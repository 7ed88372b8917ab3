"""PNG files made by hand, of every kind the format has, each with the pixels it must show; and files that are wrong.

Source: W3C, Portable Network Graphics (Third Edition); the kinds are those of Willem van Schaik's PngSuite.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

MAGIC = b"\x89PNG\r\n\x1a\n"
GREY, RGB, PALETTE, GREY_ALPHA, RGB_ALPHA = 0, 2, 3, 4, 6
CHANNELS = {GREY: 1, RGB: 3, PALETTE: 1, GREY_ALPHA: 2, RGB_ALPHA: 4}
DEPTHS = {GREY: (1, 2, 4, 8, 16), RGB: (8, 16), PALETTE: (1, 2, 4, 8), GREY_ALPHA: (8, 16), RGB_ALPHA: (8, 16)}
ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
SIDES = ((1, 1), (3, 2), (7, 9), (8, 8), (32, 32), (33, 5))

Samples = NDArray[np.int64]


def chunk(kind: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def header(w: int, h: int, depth: int = 8, colour: int = RGB, interlaced: int = 0) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, depth, colour, 0, 0, interlaced))


def file(*chunks: bytes) -> bytes:
    return MAGIC + b"".join(chunks) + chunk(b"IEND")


def samples(w: int, h: int, depth: int, colour: int) -> Samples:
    """(h, w, channels) numbers that fill the depth, from a seed made of the arguments."""
    chance = np.random.default_rng((w, h, depth, colour))
    return chance.integers(0, 2**depth, (h, w, CHANNELS[colour]))


def packed(rows: Samples, depth: int) -> list[bytes]:
    """Each row of (h, w, channels) as the format packs it."""
    if depth == 16:
        return [row.astype(">u2").tobytes() for row in rows]
    bits = (rows.reshape(len(rows), -1, 1) >> np.arange(depth - 1, -1, -1)) & 1
    return [np.packbits(row.astype(np.uint8).ravel()).tobytes() for row in bits]


def filtered(rows: list[bytes], step: int, kinds: Iterator[int]) -> bytes:
    """Rows with one of the five filters each; `step` is the bytes of a pixel, at least one."""
    before, out = bytes(len(rows[0])) if rows else b"", bytearray()
    for row, kind in zip(rows, kinds, strict=False):
        left, corner = bytes(step) + row, bytes(step) + before
        guesses = [_guess(kind, left[i], before[i], corner[i]) for i in range(len(row))]
        out.append(kind)
        out += bytes((value - guess) & 255 for value, guess in zip(row, guesses, strict=True))
        before = row
    return bytes(out)


def _guess(kind: int, left: int, above: int, corner: int) -> int:
    if kind < 4:
        return (0, left, above, (left + above) // 2)[kind]
    near = left + above - corner
    return min((left, above, corner), key=lambda value: abs(near - value))


def scanlines(pixels: Samples, depth: int, interlaced: bool) -> bytes:
    step = max(1, pixels.shape[2] * depth // 8)
    passes = [pixels[y::dy, x::dx] for x, y, dx, dy in ADAM7] if interlaced else [pixels]
    return b"".join(filtered(packed(part, depth), step, _filters()) for part in passes if part.size)


def _filters() -> Iterator[int]:
    while True:
        yield from range(5)


def shown(pixels: Samples, depth: int, colour: int, palette: Samples) -> NDArray[np.uint8]:
    """(h, w, 3) bytes that a reader sees on white, computed without an image library."""
    if colour == PALETTE:
        return palette[pixels[..., 0]].astype(np.uint8)
    level = pixels // 256 if depth == 16 else pixels * 255 // (2**depth - 1)
    alpha = level[..., -1:] / 255 if colour in (GREY_ALPHA, RGB_ALPHA) else 1.0
    ink = level[..., :3] if colour in (RGB, RGB_ALPHA) else np.repeat(level[..., :1], 3, axis=2)
    return np.asarray(np.round(ink * alpha + 255 * (1 - alpha)), np.uint8)


def drawing(w: int, h: int, depth: int, colour: int, interlaced: bool) -> tuple[bytes, NDArray[np.uint8]]:
    """The file and what it shows."""
    pixels = samples(w, h, depth, colour)
    palette = np.random.default_rng(depth).integers(0, 256, (2**depth, 3)) if colour == PALETTE else samples(1, 1, 8, 2)
    plte = [chunk(b"PLTE", palette.astype(np.uint8).tobytes())] if colour == PALETTE else []
    data = zlib.compress(scanlines(pixels, depth, interlaced))
    cut = len(data) // 2  # a file may have its pixels in several chunks
    parts = [chunk(b"IDAT", data[:cut]), chunk(b"IDAT"), chunk(b"IDAT", data[cut:])]
    whole = file(header(w, h, depth, colour, int(interlaced)), *plte, *parts)
    return whole, shown(pixels, depth, colour, palette)


def right() -> dict[str, tuple[bytes, NDArray[np.uint8]]]:
    """Every colour type, depth, order and a few shapes: name → file and pixels."""
    kinds = [(colour, depth, late) for colour in DEPTHS for depth in DEPTHS[colour] for late in (False, True)]
    return {
        f"{w}x{h} colour {colour} depth {depth} interlaced {late}": drawing(w, h, depth, colour, late)
        for colour, depth, late in kinds
        for w, h in SIDES
    }


def wrong() -> dict[str, bytes]:
    """Files that no reader can show: as PngSuite's x*, and some more."""
    whole, _ = drawing(8, 8, 8, RGB, False)
    pixels = chunk(b"IDAT", zlib.compress(scanlines(samples(8, 8, 8, RGB), 8, False)))
    head = header(8, 8)
    return {
        "carriage returns taken out": whole.replace(b"\r\n", b"\n", 1),
        "line feeds turned": whole.replace(b"\x1a\n", b"\x1a\r", 1),
        "first byte of seven bits": b"\x09" + whole[1:],
        "first byte of a joker": b"\x00" + whole[1:],
        "no pixels": file(head),
        "no header": file(pixels),
        "header twice as wide": file(header(2**31, 8), pixels),
        "no width": file(header(0, 8), pixels),
        "colour type 1": file(header(8, 8, 8, 1), pixels),
        "colour type 5": file(header(8, 8, 8, 5), pixels),
        "colour type 7": file(header(8, 8, 8, 7), pixels),
        "depth 0": file(header(8, 8, 0), pixels),
        "depth 3": file(header(8, 8, 3), pixels),
        "depth 99": file(header(8, 8, 99), pixels),
        "header with a wrong checksum": MAGIC + head[:-4] + b"\0\0\0\0" + pixels + chunk(b"IEND"),
        "pixels that are no stream": file(head, chunk(b"IDAT", b"x" * 40)),
        "half of the pixels": file(head, pixels[:-40]),
        "only the magic": MAGIC,
        "nothing": b"",
    }
