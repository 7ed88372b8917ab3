"""What strangers send as a picture: whole files of every kind, files damaged in their structure, and pure noise.

Everything comes from a seed, so that a file which does harm can be made again from its number.
"""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Callable, Iterator
from functools import cache

import numpy as np
from PIL import Image, PngImagePlugin

from tests.chaos import drawings

MAGICS = (drawings.MAGIC, b"\xff\xd8\xff\xe0", b"RIFF\0\1\0\0WEBPVP8 ", b"RIFF\0\1\0\0WEBPVP8L")
MARKER = b"PWNED-7f3a"  # what a polyglot carries, and no answer may
FOREIGN = {
    "html": b"<html><script>alert('PWNED-7f3a')</script></html>",
    "php": b"<?php system('PWNED-7f3a'); ?>",
    "zip": b"PK\3\4PWNED-7f3aPK\5\6" + bytes(18),
    "script": b"/*PWNED-7f3a*/=1;alert(1)//",
    "shell": b"\n#!/bin/sh\necho PWNED-7f3a\n",
}


def noise(w: int = 48, h: int = 32, seed: int = 0) -> Image.Image:
    pixels = np.random.default_rng(seed).integers(0, 256, (h, w, 3), np.uint8)
    return Image.fromarray(pixels).resize((w, h))


def saved(image: Image.Image, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **how)  # type: ignore[arg-type]
    return out.getvalue()


@cache
def photographs() -> dict[str, bytes]:
    """Ordinary files of the three kinds that are taken in, in the ways that cameras and programs write them."""
    image, frames = noise(), [noise(seed=seed) for seed in (1, 2)]
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "A camera"
    return {
        "JPEG": saved(image, "JPEG", quality=90),
        "JPEG progressive": saved(image, "JPEG", progressive=True),
        "JPEG grey": saved(image.convert("L"), "JPEG"),
        "JPEG CMYK": saved(image.convert("CMYK"), "JPEG"),
        "JPEG without subsampling": saved(image, "JPEG", subsampling=0),
        "JPEG with restarts": saved(image, "JPEG", restart_marker_blocks=1),
        "JPEG with EXIF": saved(image, "JPEG", exif=exif),
        "JPEG of several": saved(image, "MPO", save_all=True, append_images=frames),
        "PNG": saved(image, "PNG"),
        "PNG of a palette": saved(image.quantize(16), "PNG"),
        "PNG with alpha": saved(image.convert("RGBA"), "PNG"),
        "PNG of bits": saved(image.convert("1"), "PNG"),
        "PNG moving": saved(image, "PNG", save_all=True, append_images=frames),
        "WebP": saved(image, "WEBP"),
        "WebP lossless": saved(image, "WEBP", lossless=True),
        "WebP with alpha": saved(image.convert("RGBA"), "WEBP"),
        "WebP moving": saved(image, "WEBP", save_all=True, append_images=frames),
        "WebP with EXIF": saved(image, "WEBP", exif=exif),
    }


@cache
def corpus() -> dict[str, bytes]:
    """Every whole file there is: photographs, and each kind of PNG."""
    return photographs() | {name: data for name, (data, _) in drawings.right().items()}


def with_everything() -> dict[str, bytes]:
    """Files that tell a position, a camera, a profile, a text, a preview and a comment, each with MARKER in it."""
    exif = Image.Exif()
    exif[0x010F] = exif[0x0131] = MARKER.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 36.0), 29: MARKER.decode()})
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + MARKER + b"</x:xmpmeta>"
    profile = bytes(128) + MARKER
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", MARKER.decode())
    texts.add_itxt("XML:com.adobe.xmp", xmp.decode())
    told = {"exif": exif.tobytes(), "icc_profile": profile}
    return {
        "JPEG": saved(noise(), "JPEG", comment=MARKER, xmp=xmp, **told),
        "PNG": saved(noise(), "PNG", pnginfo=texts, **told),
        "WebP": saved(noise(), "WEBP", xmp=xmp, **told),
    }


def polyglots() -> dict[str, bytes]:
    """Pictures that are something else too: behind their end, in a comment, in a chunk of their own."""
    jpeg, png, webp = (photographs()[name] for name in ("JPEG", "PNG", "WebP"))
    out = {}
    for name, data in FOREIGN.items():
        comment = b"\xff\xfe" + struct.pack(">H", len(data) + 2) + data
        out |= {
            f"PNG then {name}": png + data,
            f"JPEG then {name}": jpeg + data,
            f"WebP then {name}": webp + data,
            f"{name} in a comment of a JPEG": jpeg[:2] + comment + jpeg[2:],
            f"{name} in a chunk of a PNG": png[:33] + drawings.chunk(b"prVt", data) + png[33:],
            f"{name} in a text of a PNG": png[:33] + drawings.chunk(b"tEXt", b"k\0" + data) + png[33:],
        }
    return out


def other_kinds() -> dict[str, bytes]:
    """Files of every other kind, whatever they call themselves."""
    image = noise()
    kinds = {"GIF": image.quantize(8), "TIFF": image, "BMP": image, "ICO": image, "PPM": image, "TGA": image,
             "PCX": image, "JPEG2000": image, "EPS": image, "PDF": image}  # fmt: skip
    return {name: saved(shown, name) for name, shown in kinds.items()} | {
        "SVG": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        "HTML": b"<!doctype html><script>alert(1)</script>",
        "HEIC": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
        "AVIF": b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf",
        "MP4": b"\0\0\0\x18ftypmp42\0\0\0\0isommp42",
        "ZIP": b"PK\3\4" + bytes(40),
        "ELF": b"\x7fELF\2\1\1" + bytes(40),
        "pickle": b"\x80\4\x95\x10\0\0\0\0\0\0\0\x8c\2os\x94\x8c\6system\x94\x93.",
        "text": b"hello",
        "EICAR": rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
        "RIFF of sound": b"RIFF\0\1\0\0WAVEfmt ",
    }


def flipped(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8, 40))):
        place = chance.randrange(len(out))
        out[place] ^= 1 << chance.randrange(8)
    return bytes(out)


def overwritten(data: bytes, chance: random.Random) -> bytes:
    place, length = chance.randrange(len(data)), chance.choice((1, 2, 4, 4, 16))
    odd = chance.choice((b"\xff" * length, bytes(length), b"\x7f" + b"\xff" * (length - 1), chance.randbytes(length)))
    return data[:place] + odd + data[place + length :]


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(1, max(2, len(data)))]


def spliced(data: bytes, chance: random.Random) -> bytes:
    """A stretch taken out, doubled, or replaced by one of another file."""
    start = chance.randrange(len(data))
    end = min(len(data), start + chance.randrange(1, 200))
    other = chance.choice(list(corpus().values()))
    middle = chance.choice((b"", data[start:end] * 2, other[start : end + 20]))
    return data[:start] + middle + data[end:]


def rebuilt(data: bytes, chance: random.Random) -> bytes:
    """A PNG whose chunks are out of order or changed and whose checksums are right again; others are flipped."""
    parts = list(_chunks(data)) if data.startswith(drawings.MAGIC) else []
    if not parts:
        return flipped(data, chance)
    place = chance.randrange(len(parts))
    kind, body = parts[place]
    deed = chance.randrange(4)
    if deed == 0:
        parts.insert(chance.randrange(len(parts)), parts[place])
    elif deed == 1:
        del parts[place]
    elif deed == 2:
        parts[place] = (kind, flipped(body, chance) if body else b"\0")
    else:
        other = chance.randrange(len(parts))
        parts[place], parts[other] = parts[other], parts[place]
    return drawings.MAGIC + b"".join(drawings.chunk(kind, body) for kind, body in parts)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(drawings.MAGIC)
    while place + 8 <= len(data):
        (length,) = struct.unpack_from(">I", data, place)
        yield data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        place += 12 + length


def hollow(_data: bytes, chance: random.Random) -> bytes:
    """A PNG that promises any size and has a stream of any other."""
    w, h = (chance.choice((1, 2, 255, 4000, 65_535, 2**31 - 1, chance.randrange(1, 2**32))) for _ in "wh")
    depth, colour = chance.choice((1, 2, 4, 8, 16, 3)), chance.choice((0, 2, 3, 4, 6, 5))
    stream = zlib.compress(bytes(chance.choice((0, 10, 100_000))), 9)
    return drawings.file(drawings.header(w, h, depth, colour, chance.randrange(2)), drawings.chunk(b"IDAT", stream))


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    flipped, flipped, overwritten, cut, spliced, rebuilt, rebuilt, hollow,
)  # fmt: skip


def upload(seed: int, number: int) -> tuple[str, bytes]:
    """The upload of that number: of ten, six are damaged, three are whole, and one is noise behind a magic number."""
    chance = random.Random(f"{seed}/{number}")
    name = chance.choice(list(photographs()) if chance.random() < 0.5 else list(corpus()))
    data, lot = corpus()[name], chance.random()
    if lot < 0.3:
        return f"whole {name}", data
    if lot < 0.4:
        return "noise", chance.choice(MAGICS) + chance.randbytes(chance.randrange(1, 4000))
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        damage = chance.choice(DAMAGES)
        data = damage(data, chance) or b"\0"
    return f"{damage.__name__} {name}", data
