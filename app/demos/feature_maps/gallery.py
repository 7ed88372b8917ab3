"""The author's gallery: photographs in which the best places of a channel are looked up, and who took them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from app.demos.base import Shelf

FOLDER = Path(__file__).parent / "gallery"
CREDITS = FOLDER / "credits.json"
SEEN = 320  # longest side, in pixels, at which networks look at photographs here


class Credit(NamedTuple):
    """What a photograph shows, and whose it is."""

    caption: str
    author: str
    licence: str
    source: str
    url: str


@cache
def details() -> dict[str, Credit]:
    """The credit of every photograph, by name, in the order of the shelf."""
    read: dict[str, dict[str, str]] = json.loads(CREDITS.read_text())
    return {name: Credit(**{part: one[part] for part in Credit._fields}) for name, one in read.items()}


@cache
def shelf() -> Shelf:
    return Shelf(FOLDER, captions={name: credit.caption for name, credit in details().items()})


@cache
def size(name: str) -> tuple[int, int]:
    """Width and height of a photograph in pixels."""
    with Image.open(shelf().names[name]) as image:
        return image.size
