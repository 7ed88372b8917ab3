"""Pictures side by side in one file, row by row, with their numbers beside them; written whole or not at all."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PIL import Image

QUALITIES = range(82, 10, -6)


def page(pictures: Sequence[Image.Image], tile: int, columns: int) -> Image.Image:
    """The pictures in rows of so many, each `tile` pixels high and wide."""
    made = Image.new("RGB", (columns * tile, -(-len(pictures) // columns) * tile), "grey")
    for number, picture in enumerate(pictures):
        made.paste(picture.resize((tile, tile), Image.Resampling.LANCZOS), corner(number, tile, columns))
    return made


def corner(number: int, tile: int, columns: int) -> tuple[int, int]:
    return number % columns * tile, number // columns * tile


def write(file: Path, picture: Image.Image, most: int) -> int:
    """The picture as WebP, in the best of a few qualities that stays under `most` bytes; how many it takes."""
    for quality in QUALITIES:
        out = io.BytesIO()
        picture.save(out, "WEBP", quality=quality, method=6)
        if out.tell() <= most:
            break
    return _whole(file, out.getvalue())


def tell(file: Path, numbers: Mapping[str, Any]) -> int:
    """The numbers as JSON, a line for each name; how many bytes."""
    lines = [f"{json.dumps(name)}:{json.dumps(value, separators=(',', ':'))}" for name, value in numbers.items()]
    return _whole(file, ("{" + ",\n".join(lines) + "}\n").encode())


def short(values: Iterable[float], digits: int = 3) -> list[float]:
    """Numbers with so many digits that count."""
    return [float(f"{value:.{digits}g}") for value in values]


def _whole(file: Path, data: bytes) -> int:
    """What a maker was stopped at is not there at all, so that it can be begun again."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}")
    part.write_bytes(data)
    os.replace(part, file)
    return len(data)
