"""What rendering gives: a draft, which knows no demo and no picture, and the text of a page, which has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Remark:
    """Something the author should mend, and the line it stands on."""

    line: int
    sentence: str


@dataclass(frozen=True)
class Place:
    """An address in a text, or the line of a demo, and where it stands, counted from 1."""

    text: str
    line: int


@dataclass(frozen=True)
class Draft:
    """A text of which only demos and pictures are missing: `mark`, a number and an “e” stand for each demo."""

    html: str
    excerpt_html: str
    contents: list[dict[str, Any]]
    words: int
    mark: str
    demos: tuple[Place, ...]
    images: tuple[Place, ...]
    links: tuple[Place, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class Rendered:
    """A page's text; `without_alt` are the lines of its pictures that say nothing to those who cannot see them."""

    html: str
    contents: list[dict[str, Any]]
    excerpt_html: str
    words: int
    demos: tuple[str, ...]
    warnings: tuple[Remark, ...]
    without_alt: tuple[int, ...] = ()
