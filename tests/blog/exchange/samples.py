"""Posts written by hand as other programs have them: path, file, and what should come of it."""

from __future__ import annotations

from typing import Any

from app.blog.exchange import reading
from app.blog.exchange.parcel import Parcel, of_bytes
from app.blog.exchange.reading import Read

Sample = tuple[str, str, dict[str, Any]]


def read(path: str, text: str, **beside: str) -> Read:
    files = {path: text, **{name.replace("__", "."): said for name, said in beside.items()}}
    return reading.read(Parcel({name: said.encode for name, said in files.items()}), path)


def shows(found: Read, wanted: dict[str, Any]) -> None:
    """`wanted` has fields of the manuscript, dates as ISO begins them, keys of `extra` behind x_, and `remarks`."""
    for name, value in wanted.items():
        if name.startswith("x_"):
            assert found.manuscript.extra[name.removeprefix("x_")] == value, name
        elif name == "remarks":
            assert any(value in remark for remark in found.remarks)
        elif name.endswith("_at"):
            assert getattr(found.manuscript, name).isoformat().startswith(value), name
        else:
            assert getattr(found.manuscript, name) == value, name


__all__ = ["Sample", "of_bytes", "read", "shows"]
