"""The HTML of pictures: sizes for every screen, room kept before they come, and galleries.

It works on clean HTML, in which every attribute is written name="value" and every value is escaped.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field

ATTRIBUTES = r'(?: [\w:-]+="[^"]*")*'
IMAGE = re.compile(rf'<img(?=(?: [\w:-]+="[^"]*")*? src="([^"]*)"){ATTRIBUTES}>')
GALLERY = re.compile(rf"<p>\s*(?:<img{ATTRIBUTES}>\s*(?:<br>\s*)?){{2,}}</p>")
ATTRIBUTE = re.compile(r' ([\w:-]+)="([^"]*)"')
ORDER = (
    *("src", "srcset", "sizes", "alt", "width", "height", "loading", "decoding"),
    *("class", "id", "title", "lang", "dir", "role", "aria-label", "aria-hidden"),
)

# The columns of the page, as layout.css sets them: prose, what reaches past it, and two of a gallery side by side.
NARROW = "calc(100vw - 2rem)"
SIZES = {
    "prose": f"(min-width: 44.5rem) 40.5rem, {NARROW}",
    "wide": f"(min-width: 64rem) 60rem, {NARROW}",
    "gallery": f"(min-width: 44.5rem) 20rem, {NARROW}",
}


@dataclass(frozen=True)
class Shown:
    """A picture that the site has: its pixels, its files from the narrowest to the widest, and what it shows."""

    width: int
    height: int
    alt: str = ""
    files: tuple[tuple[str, int], ...] = field(default=())  # addresses and widths; an SVG has one

    @property
    def largest(self) -> str:
        return self.files[-1][0]

    @property
    def usual(self) -> str:
        """The file for browsers that choose none."""
        return next((address for address, width in reversed(self.files) if width <= 960), self.files[0][0])


Find = Callable[[str], Shown | None]


def with_pictures(text: str, find: Find, *, eager: bool = False) -> str:
    """`text` whose pictures come in the size that a screen needs; with `eager` the first one does not wait."""
    waiting = iter([eager])

    def image(match: re.Match[str], column: str = "prose") -> str:
        attributes = {name: value for name, value in ATTRIBUTE.findall(match[0])}
        shown = find(html.unescape(attributes.get("src", "")))
        return _image(attributes, shown, column, eager=next(waiting, False))

    def gallery(match: re.Match[str]) -> str:
        images = list(IMAGE.finditer(match[0]))
        pieces = [_exhibit(picture, image(picture, "gallery"), find) for picture in images]
        wide = " wide" if len(pieces) > 2 else ""
        return f'<div class="gallery{wide}">{"".join(pieces)}</div>'

    # One pass in the order of the page, so that the first picture of all is the first here.
    either = re.compile(f"(?P<gallery>{GALLERY.pattern})|{IMAGE.pattern}")
    return either.sub(lambda match: gallery(match) if match["gallery"] else image(match), text)


def _exhibit(match: re.Match[str], image: str, find: Find) -> str:
    """A picture of a gallery: it opens its largest file, and its title stands below."""
    attributes = dict(ATTRIBUTE.findall(match[0]))
    shown = find(html.unescape(attributes["src"]))
    address = html.escape(shown.largest) if shown else attributes["src"]
    caption = f"<figcaption>{attributes['title']}</figcaption>" if attributes.get("title") else ""
    image = re.sub(r' title="[^"]*"', "", image)
    return f'<figure><a href="{address}">{image}</a>{caption}</figure>'


def _image(attributes: dict[str, str], shown: Shown | None, column: str, *, eager: bool) -> str:
    if shown:
        wide = "wide" in attributes.get("class", "").split()
        attributes |= _measures(shown, "wide" if wide else column, attributes.get("width", ""))
        attributes["alt"] = attributes.get("alt") or html.escape(shown.alt)
    attributes.setdefault("alt", "")
    if not eager:
        attributes["loading"] = "lazy"
    attributes["decoding"] = "async"
    ordered = sorted(attributes.items(), key=lambda item: ORDER.index(item[0]))
    return "<img" + "".join(f' {name}="{value}"' for name, value in ordered) + ">"


def _measures(shown: Shown, column: str, asked: str) -> dict[str, str]:
    width = min(int(asked), shown.width) if asked.isdecimal() and asked != "0" else shown.width
    height = max(1, round(shown.height * width / shown.width))
    given = {"src": html.escape(shown.usual), "width": str(width), "height": str(height)}
    if len(shown.files) < 2:
        return given
    files = ", ".join(f"{html.escape(address)} {width}w" for address, width in shown.files)
    return given | {"srcset": files, "sizes": SIZES[column]}
