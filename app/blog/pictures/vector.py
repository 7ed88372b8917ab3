"""Drawings in SVG: taken as they are when nothing in them can act or fetch, refused otherwise."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from app.algorithms.vision.images import InvalidPicture

LARGEST = 1_000_000
NAMESPACE = "{http://www.w3.org/2000/svg}"
ELEMENTS = (
    "svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan textPath marker "
    "pattern clipPath mask linearGradient radialGradient stop filter feGaussianBlur feOffset feBlend feMerge "
    "feMergeNode feColorMatrix feFlood feComposite style switch"
)
REFERENCES = {"href", "{http://www.w3.org/1999/xlink}href"}
XML = "{http://www.w3.org/XML/1998/namespace}"
LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:px)?\s*")
FETCHES = re.compile(r"url\s*\(\s*['\"]?\s*(?!#)|@import|expression|javascript:|\\|image\s*\(|image-set", re.IGNORECASE)

NOT_READ = "This is no SVG that can be read here. Save it again as a plain SVG, or as a PNG."
TOO_LARGE = "This drawing has more than a million bytes. Save it as a PNG instead."
ACTS = "This drawing has {} in it, which is not taken in. Save it as a plain SVG, or as a PNG."
NO_MEASURES = "This drawing does not say how large it is: give its svg element a viewBox."


def measured(data: bytes) -> tuple[int, int]:
    """Width and height in pixels of a drawing that is safe to show. Raises InvalidPicture with a sentence."""
    root = _parsed(data)
    for element in root.iter():
        _check(element)
    width, height = _length(root.get("width")), _length(root.get("height"))
    if not (width and height):
        width, height = _view(root.get("viewBox", ""))
    return max(1, round(width)), max(1, round(height))


def _parsed(data: bytes) -> ElementTree.Element:
    if len(data) > LARGEST:
        raise InvalidPicture(TOO_LARGE)
    try:
        text = data.decode("utf-8-sig").strip()
        declaration = re.match(r"<\?xml\s[^>]*\?>", text)
        encoding = re.search(r"encoding\s*=\s*[\"']([^\"']*)", declaration[0]) if declaration else None
        if encoding and encoding[1].lower() not in ("utf-8", "utf8", "us-ascii"):
            raise InvalidPicture(NOT_READ)
        rest = text[declaration.end() :] if declaration else text
        # A document type can hold entities, and a processing instruction a style sheet.
        if "<!DOCTYPE" in rest.upper() or "<!ENTITY" in rest.upper() or "<?" in rest:
            raise InvalidPicture(ACTS.format("a document type or an instruction"))
        root = ElementTree.fromstring(rest)
    except (UnicodeDecodeError, ElementTree.ParseError, RecursionError):
        raise InvalidPicture(NOT_READ) from None
    if root.tag != f"{NAMESPACE}svg":
        raise InvalidPicture(NOT_READ)
    return root


def _check(element: ElementTree.Element) -> None:
    name = element.tag.removeprefix(NAMESPACE)
    if name not in ELEMENTS.split():
        raise InvalidPicture(ACTS.format(f"“{name.rpartition('}')[2]}”"))
    for attribute, value in element.attrib.items():
        foreign = attribute.startswith("{") and attribute not in REFERENCES and not attribute.startswith(XML)
        if foreign or attribute.lower().startswith("on"):
            raise InvalidPicture(ACTS.format(f"“{attribute.rpartition('}')[2]}”"))
        if (attribute in REFERENCES and not value.strip().startswith("#")) or FETCHES.search(value):
            raise InvalidPicture(ACTS.format("an address"))
    if name == "style" and FETCHES.search(element.text or ""):
        raise InvalidPicture(ACTS.format("an address"))


def _length(text: str | None) -> float:
    match = LENGTH.fullmatch(text or "")
    return float(match[1]) if match else 0


def _view(text: str) -> tuple[float, float]:
    try:
        _, _, width, height = (float(number) for number in text.replace(",", " ").split())
    except ValueError:
        raise InvalidPicture(NO_MEASURES) from None
    if not (0 < width < 1e5 and 0 < height < 1e5):
        raise InvalidPicture(NO_MEASURES)
    return width, height
