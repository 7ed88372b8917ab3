"""Readers' pictures: what is let in, what comes out, and what is refused with which sentence."""

import io
import random
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.algorithms.vision import images
from app.algorithms.vision.images import InvalidPicture, decode, encode, fit

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 200, 30), (30, 30, 220), (255, 255, 255)


def quarters(w: int = 60, h: int = 40) -> Image.Image:
    """Red, green over blue, white: every turn and flip of it is another picture."""
    pixels = np.zeros((h, w, 3), np.uint8)
    pixels[: h // 2, : w // 2], pixels[: h // 2, w // 2 :] = RED, GREEN
    pixels[h // 2 :, : w // 2], pixels[h // 2 :, w // 2 :] = BLUE, WHITE
    return Image.fromarray(pixels)


def saved(image: Image.Image, format: str, **options) -> bytes:
    file = io.BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def far(first: Image.Image, second: Image.Image) -> float:
    assert first.size == second.size
    return float(np.abs(np.asarray(first, np.float32) - np.asarray(second, np.float32)).mean())


def png(w: int, h: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG whose header promises w × h pixels, of any chunks."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunk(*c) for c in chunks) + chunk(b"IEND", b"")


TURNS = {
    1: lambda a: a,
    2: lambda a: a[:, ::-1],
    3: lambda a: a[::-1, ::-1],
    4: lambda a: a[::-1],
    5: lambda a: a.transpose(1, 0, 2),
    6: lambda a: np.rot90(a, 1),
    7: lambda a: a[::-1, ::-1].transpose(1, 0, 2),
    8: lambda a: np.rot90(a, -1),
}


@pytest.mark.parametrize("orientation", TURNS)
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_pictures_stand_upright(orientation, format):
    upright = quarters()
    stored = Image.fromarray(np.ascontiguousarray(TURNS[orientation](np.asarray(upright))))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "A camera"
    quality = {} if format == "PNG" else {"quality": 95}
    decoded = decode(saved(stored, format, exif=exif, **quality), max_side=100)
    assert far(decoded, upright) < 6
    assert decoded.info == {}
    assert not decoded.getexif()


def paletted() -> Image.Image:
    image = quarters().quantize(4)
    image.info["transparency"] = image.getpixel((0, 0))
    return image


ACCEPTED = {
    "PNG": saved(quarters(), "PNG"),
    "JPEG": saved(quarters(), "JPEG", quality=95),
    "progressive JPEG": saved(quarters(), "JPEG", quality=95, progressive=True),
    "WebP": saved(quarters(), "WEBP", lossless=True),
    "CMYK": saved(quarters().convert("CMYK"), "JPEG", quality=95),
    "MPO": saved(quarters(), "MPO", save_all=True, append_images=[Image.new("RGB", (60, 40))], quality=95),
    "APNG": saved(quarters(), "PNG", save_all=True, append_images=[Image.new("RGB", (60, 40))]),
    "animated WebP": saved(
        quarters(), "WEBP", save_all=True, append_images=[Image.new("RGB", (60, 40))], lossless=True
    ),
    "trailing bytes": saved(quarters(), "PNG") + b"<script>alert(1)</script>",
}


@pytest.mark.parametrize("data", ACCEPTED.values(), ids=ACCEPTED)
def test_first_frame_in_rgb(data):
    decoded = decode(data, max_side=100)
    assert (decoded.mode, decoded.size, decoded.info) == ("RGB", (60, 40), {})
    assert far(decoded, quarters()) < 6
    assert b"script" not in encode(decoded)


def test_transparent_pixels_turn_white():
    shown = decode(saved(paletted(), "PNG"), max_side=100)
    assert shown.getpixel((5, 5)) == WHITE
    assert shown.getpixel((55, 5)) == GREEN
    see_through = Image.new("RGBA", (8, 8), (0, 0, 0, 0))
    assert decode(saved(see_through, "PNG"), max_side=100).getpixel((4, 4)) == WHITE


def test_sixteen_bits_keep_their_upper_eight():
    ramp = (np.arange(256, dtype=np.uint16) * 257).reshape(16, 16)
    decoded = decode(saved(Image.fromarray(ramp), "PNG"), max_side=100)
    assert np.abs(np.asarray(decoded)[..., 0].astype(int).ravel() - np.arange(256)).max() <= 1


def test_large_photographs_come_out_small():
    decoded = decode(saved(Image.new("RGB", (4096, 3000), RED), "JPEG"), max_side=512)
    assert decoded.size == (512, 375)


REFUSED = {
    "text named png": (b"hello, this is no picture", images.NOT_A_PICTURE),
    "empty": (b"", images.NOT_A_PICTURE),
    "GIF": (saved(quarters().quantize(8), "GIF"), images.NOT_A_PICTURE),
    "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', images.NOT_A_PICTURE),
    "HEIC": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", images.HEIC),
    "truncated PNG": (saved(Image.effect_noise((60, 40), 90), "PNG")[:900], images.BROKEN),
    "truncated JPEG": (saved(quarters(), "JPEG")[:400], images.BROKEN),
    "only magic bytes": (b"\x89PNG\r\n\x1a\n", images.BROKEN),
    "bomb of pixels": (png(40_000, 40_000), images.ENORMOUS),
    "no pixels": (png(40, 40), images.BROKEN),
    "bomb of text": (png(4, 4, *[(b"zTXt", b"k\0\0" + zlib.compress(b"x" * 2_000_000))] * 40), images.BROKEN),
}


@pytest.mark.parametrize(("data", "sentence"), REFUSED.values(), ids=REFUSED)
def test_refusals_are_sentences(data, sentence):
    with pytest.raises(InvalidPicture) as refusal:
        decode(data, max_side=100)
    assert str(refusal.value) == sentence


def test_too_many_pixels_are_refused_from_the_header():
    with pytest.raises(InvalidPicture, match=r"5000 × 4000 pixels.*16 million"):
        decode(png(5000, 4000), max_side=100)


def test_jpeg_limit(monkeypatch):
    data = saved(quarters(), "JPEG")
    monkeypatch.setattr(images, "JPEG_PIXELS", 60 * 40)
    assert decode(data, max_side=100).size == (60, 40)
    monkeypatch.setattr(images, "JPEG_PIXELS", 60 * 40 - 1)
    with pytest.raises(InvalidPicture, match="A JPEG may have"):
        decode(data, max_side=100)


@pytest.mark.parametrize("name", ["PNG", "JPEG", "WebP", "APNG", "MPO"])
def test_damaged_files_are_decoded_or_refused(name):
    chance = random.Random(name)
    for _ in range(60):
        data = bytearray(ACCEPTED[name])
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(12, len(data))] = chance.randrange(256)
        try:
            assert decode(bytes(data), max_side=64).mode == "RGB"
        except InvalidPicture as refusal:
            assert str(refusal).endswith(".")


@given(st.integers(1, 400), st.integers(1, 400), st.integers(1, 300))
def test_fit_sets_the_longest_side(w, h, size):
    fitted = fit(Image.new("RGB", (w, h)), size)
    assert max(fitted.size) == size
    assert min(fitted.size) == max(1, round(min(w, h) * size / max(w, h)))


@pytest.mark.parametrize("format", images.FORMATS)
def test_encode_can_be_read_back(format):
    assert far(decode(encode(quarters(), format), max_side=100), quarters()) < 8


def test_encode_refuses_other_formats():
    with pytest.raises(ValueError, match="not as TIFF"):
        encode(quarters(), "TIFF")
