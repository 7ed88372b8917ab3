"""Texts that would run code or dress up as the site, and a parser as browsers have one to see whether they still can.

`markup.txt` is written by hand, a text a line; ␊ ␉ ␍ ␀ stand for what they name. The rest is put together from a seed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib

SIGNS = str.maketrans("␊␉␍␀", "\n\t\r\0")
XHTML, MATHML = "{http://www.w3.org/1999/xhtml}", "{http://www.w3.org/1998/Math/MathML}"

ACTING = {
    "applet", "audio", "base", "bgsound", "body", "dialog", "embed", "form", "frame", "frameset", "iframe", "keygen",
    "layer", "link", "marquee", "meta", "noembed", "noframes", "noscript", "object", "param", "plaintext", "portal",
    "script", "select", "style", "svg", "template", "textarea", "title", "track", "video", "xmp",
}  # fmt: skip
DRESSING = {"style", "srcdoc", "formaction", "action", "background", "ping", "xlink:href", "http-equiv", "data", "code"}
NEVER = {f"{XHTML}{name}" for name in ("object", "embed", "iframe", "base", "style", "applet", "frame")}
ADDRESSES = {"href", "src", "cite", "poster", "longdesc", "srcset"}
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
HARMLESS = {"http", "https", "mailto"}
STRIPPED = "".join(map(chr, range(0x21)))  # what browsers take off an address at both ends
INSIDE = str.maketrans("", "", "\t\n\r")  # and out of its middle

TAGS = ("img src=x", "svg", "body", "details open", "video src=x", "b", "a href=x", "input autofocus", "iframe", "math")
EVENTS = ("onerror", "onload", "onclick", "onfocus", "ontoggle", "onmouseover", "onanimationend", "oNcLiCk")
GAPS = (" ", "\n", "\t", "/", "\f", " / ", "\r\n", "\0", "&#32;", '"', "'", "=")
EQUALS = ("=", " = ", "\n=\n", "=\0", "&#61;")
DEEDS = ("alert(1)", '"alert(1)"', "'alert(1)'", "`alert(1)`", "&#97;lert(1)", "javascript:alert(1)", "alert&lpar;1)")
ENDS = (">", "/>", ">x</b>", "", "//", "\n>", ">\n\n", "<")
PLACE = "¤"  # where a text goes in those of AROUND
AROUND = (
    "¤", "**¤**", "> ¤", "- ¤", "# ¤", "`¤`", "[¤](x)", "[x](¤)", "![¤](x)", "![x](x '¤')", '[x](y "¤")', "    ¤",
    "| ¤ | x |\n|---|---|\n| ¤ | y |", "[^1]\n\n[^1]: ¤", "*[x]: ¤\n\nx", "<div markdown=1>¤</div>", "$ ¤ $",
    '!!! note "¤"\n    ¤', "```¤\n¤\n```", '<p title="¤">x</p>', "<math><mtext>¤</mtext></math>", "<svg>¤</svg>",
    "<b>¤", "<!-- ¤ -->", "<noscript>¤</noscript>", "<style>¤</style>", "<!--¤", "x{: ¤ }", "::: demo style-transfer ¤",
)  # fmt: skip


@cache
def by_hand() -> tuple[str, ...]:
    lines = (Path(__file__).parent / "markup.txt").read_text(encoding="utf-8").split("\n")
    return tuple(line.translate(SIGNS) for line in lines if line)


def drawn(seed: int, number: int) -> Iterator[str]:
    """So many texts: an element with an event put together of odd pieces, or one by hand, in a place of Markdown."""
    chance = random.Random(seed)
    for _ in range(number):
        piece = _element(chance) if chance.random() < 0.6 else chance.choice(by_hand())
        for _ in range(chance.choice((1, 1, 2))):
            piece = chance.choice(AROUND).replace(PLACE, piece)
        yield piece


def _element(chance: random.Random) -> str:
    gap, event = chance.choice(GAPS), chance.choice(EVENTS)
    return f"<{chance.choice(TAGS)}{gap}{event}{chance.choice(EQUALS)}{chance.choice(DEEDS)}{chance.choice(ENDS)}"


def harms(html: str) -> list[str]:
    """What a browser would find in a piece of the site's HTML that only an attacker could have put there."""
    tree = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=True)
    return [harm for element in tree.iter() if isinstance(element.tag, str) for harm in _harms(element)]


def page_harms(html: str) -> list[str]:
    """The same of a whole page, whose own scripts, forms and drawings are known by what they are."""
    tree = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=True)
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    found = [harm for element in elements for harm in _attributes(element, {"action", "http-equiv"})]
    for element in elements:
        if element.tag == f"{XHTML}script" and not _is_ours(element):
            found.append(f"script {dict(element.attrib)} {(element.text or '')[:60]!r}")
        if element.tag in NEVER:
            found.append(element.tag)
        if element.tag == f"{XHTML}form" and not (element.get("action") or "/").startswith("/"):
            found.append(f"form to {element.get('action')}")
    return found


def _is_ours(script: Element) -> bool:
    ours = re.match(r"/(static|demos/[\w-]+/assets)/", script.get("src", ""))
    return bool(ours) or script.get("type") == "application/ld+json"


def _harms(element: Element) -> Iterator[str]:
    name = element.tag.rpartition("}")[2].lower()
    inside = element.tag.startswith(MATHML)
    if name in ACTING and not inside:
        yield f"<{name}>"
    if not element.tag.startswith((XHTML, MATHML)) and element.tag != "DOCUMENT_FRAGMENT":
        yield f"<{element.tag}>"
    yield from _attributes(element, set())


def _attributes(element: Element, known: set[str]) -> Iterator[str]:
    for given, text in element.attrib.items():
        name = given.rpartition("}")[2].lower()
        if name.startswith("on") or name in DRESSING - known:
            yield f"{element.tag} {name}={text[:60]!r}"
        if name in ADDRESSES and not all(map(_leads_nowhere, text.split(",") if name == "srcset" else [text])):
            yield f"{element.tag} {name}={text[:60]!r}"


def _leads_nowhere(address: str) -> bool:
    """True unless following or loading the address runs something."""
    scheme = SCHEME.match(address.strip(STRIPPED).translate(INSIDE))
    return scheme is None or scheme[1].lower() in HARMLESS
