"""Pictures as readers send them, made on the spot."""

from __future__ import annotations

import io

from PIL import Image


def photograph(width: int = 60, height: int = 40, kind: str = "JPEG", **how: object) -> bytes:
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    out = io.BytesIO()
    image.save(out, kind, **how)  # type: ignore[arg-type]
    return out.getvalue()


def with_metadata() -> bytes:
    """A photograph that says where it was taken, and which must be turned to stand upright."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter clockwise
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010F] = "SECRET CAMERA"
    return photograph(exif=exif)


def bomb() -> bytes:
    """A small file that says it has 400 million pixels."""
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    return out.getvalue()
