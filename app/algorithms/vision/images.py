"""Readers' pictures: decoded, turned upright, made small and stripped of everything but their pixels.

Only PNG, JPEG and WebP are let in, by their first bytes, and only if their header promises few enough pixels. The
result is always a new RGB picture: no position, camera, profile, text or trailing byte of the file survives. Nothing
here needs torch, so a web process may import it.
"""

import io
import warnings

from PIL import Image, ImageOps

FORMATS = ("PNG", "JPEG", "WEBP")
# Twelve million pixels are an ordinary telephone's; a JPEG far larger still decodes small, others decode in full.
JPEG_PIXELS = 64_000_000
OTHER_PIXELS = 16_000_000
SCAN = b"\xff\xda"  # in a JPEG's pixels 255 is never followed by that
SCANNED_PIXELS = 1_000_000_000  # over all scans of a JPEG; as many passes over few bytes are no photograph
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")

NOT_A_PICTURE = "This file is no picture that can be read here. Send a PNG, JPEG or WebP."
BROKEN = "This picture is damaged and cannot be read. Save it again, or send another one."
ENORMOUS = "This picture has far more pixels than can be read here. Make it smaller and send it again."
PASSES = "This JPEG goes over its pixels far too often. Save it again as a plain JPEG and send that."
HEIC = "This is a HEIC picture, which browsers cannot show. Export it as JPEG and send that."


class InvalidPicture(ValueError):
    """A picture that was refused; its message is written for the reader."""


def decode(data: bytes, *, max_side: int) -> Image.Image:
    """The picture in `data`, first frame, upright, RGB, longest side at most `max_side`; InvalidPicture if refused."""
    _check_magic(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _decode(data, max_side)
    except InvalidPicture:
        raise
    except Image.DecompressionBombError as error:
        raise InvalidPicture(ENORMOUS) from error
    # Pillow answers hostile files with OSError, ValueError, SyntaxError, EOFError, struct.error and more.
    except Exception as error:
        raise InvalidPicture(BROKEN) from error


def fit(image: Image.Image, size: int) -> Image.Image:
    """The same picture with its longest side at `size` pixels and no side under one."""
    if max(image.size) == size:
        return image
    scale = size / max(image.size)
    w, h = (max(1, round(side * scale)) for side in image.size)
    return image.resize((w, h), Image.Resampling.LANCZOS)


def encode(image: Image.Image, format: str = "PNG") -> bytes:
    """The picture as a file in one of FORMATS; ValueError for any other."""
    if format not in FORMATS:
        raise ValueError(f"Pictures are written as {', '.join(FORMATS)}, not as {format}.")
    file = io.BytesIO()
    image.save(file, format, **({"quality": 90} if format != "PNG" else {}))
    return file.getvalue()


def _check_magic(data: bytes) -> None:
    png = data.startswith(b"\x89PNG\r\n\x1a\n")
    jpeg = data.startswith(b"\xff\xd8\xff")
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        raise InvalidPicture(HEIC)
    if not (png or jpeg or webp):
        raise InvalidPicture(NOT_A_PICTURE)


def _decode(data: bytes, max_side: int) -> Image.Image:
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        _check_pixels(image)
        if image.format in ("JPEG", "MPO"):  # a JPEG with several pictures in it opens as MPO
            if data.count(SCAN) * image.width * image.height > SCANNED_PIXELS:
                raise InvalidPicture(PASSES)
            image.draft("RGB", (max_side, max_side))
        image.seek(0)
        image.load()
        orientation = image.getexif().get(0x0112, 1)
        # Turned after it was made small, and on a copy that knows nothing but the orientation.
        upright = _upright(_fit_within(_rgb(image), max_side), orientation)
        clean = Image.new("RGB", upright.size)
        clean.paste(upright)
        return clean


def _fit_within(image: Image.Image, max_side: int) -> Image.Image:
    return fit(image, max_side) if max(image.size) > max_side else image


def _check_pixels(image: Image.Image) -> None:
    limit = JPEG_PIXELS if image.format in ("JPEG", "MPO") else OTHER_PIXELS
    if image.width * image.height > limit:
        kind = "A JPEG" if limit == JPEG_PIXELS else f"A {'WebP' if image.format == 'WEBP' else image.format}"
        raise InvalidPicture(
            f"This picture has {image.width} × {image.height} pixels. "
            f"{kind} may have {limit // 1_000_000} million at most; make it smaller and send it again."
        )


def _rgb(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # 16 bits a pixel: the upper eight are the picture
        return image.convert("I").point(lambda value: value / 256).convert("L").convert("RGB")
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        layer = image.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(paper, layer).convert("RGB")
    return image.convert("RGB")


def _upright(image: Image.Image, orientation: object) -> Image.Image:
    image.getexif()[0x0112] = orientation
    return ImageOps.exif_transpose(image)
