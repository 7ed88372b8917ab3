"""Values worth trying of each input, and the inputs of a demo that cost least to run."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from PIL import Image

from app.demos.base import Demo, Field
from app.demos.kinds import Choice, Mask, Number, Picture, Text, Toggle

Given = Mapping[str, "str | bytes"]  # a text for each input, or a picture file


class File(io.BytesIO):
    """A picture file, as a form would have uploaded it."""

    filename = "picture.png"


def values(field: Field) -> list[str | bytes]:
    """Values of an input that are likely to differ in what they do; the cheap ones of a number come first."""
    kind = field.kind
    if isinstance(kind, Mask):
        return [_picture("black", "white"), _picture("white", "black")]
    if isinstance(kind, Picture):
        return [*list(kind.names)[:3], *([] if kind.names else [_picture("teal", "gold"), _picture("red", "navy")])]
    if isinstance(kind, Number):
        return list(dict.fromkeys(_numbers(kind)))
    if isinstance(kind, Choice):
        return list(kind.choices)
    if isinstance(kind, Toggle):
        return ["0", "1"]
    return list(kind.examples) or ["one", "another"] if isinstance(kind, Text) else []


def cheapest(demo: Demo) -> dict[str, str | bytes]:
    """The defaults, each exchanged for another value where that costs less; what has no default takes a first value."""
    given: dict[str, str | bytes] = {
        field.name: values(field)[0] if field.default is None else default(field)
        for field in demo.fields
        if not field.optional or field.default is not None
    }
    for field in demo.fields:
        if field.name in given:
            tried = [given | {field.name: value} for value in values(field)]
            given = min([given, *tried], key=lambda one: demo.work(parsed(demo, one)))
    return given


def default(field: Field) -> str:
    """The default of an input, as a form would send it."""
    return str(int(field.default)) if isinstance(field.default, bool) else str(field.default)


def parsed(demo: Demo, given: Given) -> Any:
    """The demo's inputs. Raises InvalidInput."""
    texts = {name: value for name, value in given.items() if isinstance(value, str)}
    return demo.parse(texts, {name: File(value) for name, value in given.items() if isinstance(value, bytes)})


def _numbers(kind: Number) -> list[str]:
    """The least, the one after it, the middle, the most."""
    steps = round((kind.max - kind.min) / kind.step)
    at = [kind.min + kind.step * number for number in (0, min(1, steps), steps // 2, steps)]
    return [str(int(value)) if kind.whole else f"{value:.10g}" for value in at]


def _picture(left: str, right: str) -> bytes:
    """A small picture with two halves."""
    image = Image.new("RGB", (96, 64), left)
    image.paste(Image.new("RGB", (48, 64), right), (48, 0))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
