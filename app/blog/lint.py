"""What an author would rather hear before readers do: lists, headings, code, links and anchors that miss their mark."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from difflib import get_close_matches
from urllib.parse import unquote

from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from app.blog.draft import Remark
from app.blog.places import Places, fences

ITEM = re.compile(r"^(?P<indent> *)(?:[-*+]|\d+[.)])[ \t]+\S")
FENCE = re.compile(r"^(?P<indent> {1,3})(?:`{3,}|~{3,})")
HASHES = re.compile(r"^(?P<hashes>#{1,6})(?!#)[ \t]*\S")
UNDERLINE = re.compile(r"^(?P<line>=+|-+)[ \t]*$")
LANGUAGE = re.compile(r"\{?\s*\.?([\w#+.-]+)")
LINK = re.compile(r'<a\b[^>]*? href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
SPEAKING = re.compile(r' (?:alt|aria-label)="[^"]*\w')
ID = re.compile(r'<[^>]*? id="([^"]+)"')
TAG = re.compile(r"<[^>]+>")

FALLS_OUT = "This code is indented by {} and falls out of its list: indent it by 4 spaces, all of its lines."
NO_SUB_ITEM = "This item is indented by {}, so it stands beside the one above and not under it: indent it by {} spaces."
SKIPPED = "This heading is {} levels below the one before it: write {}."
SECOND_TITLE = "The post’s title is the heading of the first level: begin with ## here."
NO_LANGUAGE = "“{}” is no language that can be coloured; the code is shown plain."
NO_WORDS = "This link to {} has no words: write them between its brackets."
NO_ANCHOR = "This links to #{}, and nothing in this text has that name; the nearest is #{}."
NO_ANCHOR_AT_ALL = "This links to #{}, and nothing in this text has that name."


def of_source(source: str, places: Places) -> list[Remark]:
    """Remarks that the Markdown itself gives: lists, headings, the languages of code."""
    lines = places.text.split("\n")
    return [*_lists(source, lines), *_headings(lines), *_languages(source)]


def of_page(page: str, places: Places) -> list[Remark]:
    """Remarks that the clean HTML of a text gives: links without words, and those that lead nowhere in it."""
    places = places.afresh()
    names = set(map(html.unescape, ID.findall(page)))
    return [remark for found in LINK.finditer(page) for remark in _link(found, names, places)]


def addresses(page: str) -> list[str]:
    """The addresses on this site that the clean HTML of a text links to."""
    return [html.unescape(link[1]) for link in LINK.finditer(page) if re.match(r"/(?!/)", link[1])]


def _lists(source: str, lines: list[str]) -> Iterator[Remark]:
    raw = source.split("\n")
    opened = {fence.first: FENCE.match(raw[fence.first - 1]) for fence in fences(source)}
    inside, level, blank = False, 0, False
    for number, line in enumerate(lines, start=1):
        item, fence = ITEM.match(line), opened.get(number)
        if fence and inside:
            yield Remark(number, FALLS_OUT.format(_spaces(fence["indent"])))
        if item and inside and len(item["indent"]) - level in (2, 3):
            yield Remark(number, NO_SUB_ITEM.format(_spaces(item["indent"]), level + 4))
        elif item:
            inside, level = True, len(item["indent"])
        elif blank and line.strip() and not line.startswith(" "):
            inside = False
        blank = not line.strip() and number not in opened


def _headings(lines: list[str]) -> Iterator[Remark]:
    before = 1  # the title
    for number, line in enumerate(lines, start=1):
        level = _level(line, lines[number - 2] if number > 1 else "")
        if level == 1:
            yield Remark(number, SECOND_TITLE)
        elif level > before + 1:
            yield Remark(number, SKIPPED.format(level - before, "#" * (before + 1)))
        before = level or before


def _level(line: str, above: str) -> int:
    """The level of the heading that ends on this line, or 0."""
    if hashes := HASHES.match(line):
        return len(hashes["hashes"])
    text_above = above.strip() and not HASHES.match(above) and not ITEM.match(above) and above[:1] not in " >|-=<"
    underline = UNDERLINE.match(line) if text_above else None
    return 0 if underline is None else 1 if "=" in underline["line"] else 2


def _languages(source: str) -> Iterator[Remark]:
    for fence in fences(source):
        language = LANGUAGE.match(fence.info)
        if language and not _known_language(language[1]):
            yield Remark(fence.first, NO_LANGUAGE.format(language[1]))


def _known_language(name: str) -> bool:
    try:
        return name == "math" or bool(get_lexer_by_name(name))
    except ClassNotFound:
        return False


def _link(found: re.Match[str], names: set[str], places: Places) -> Iterator[Remark]:
    address, words = html.unescape(found[1]), found[2]
    if not html.unescape(TAG.sub("", words)).strip() and not SPEAKING.search(found[0]):
        yield Remark(places.line(address), NO_WORDS.format(address or "nothing"))
    if address.startswith("#") and address != "#" and unquote(address[1:]) not in names:
        near = get_close_matches(address[1:], sorted(names), n=1)
        sentence = NO_ANCHOR.format(address[1:], near[0]) if near else NO_ANCHOR_AT_ALL.format(address[1:])
        yield Remark(places.line(address), sentence)


def _spaces(indent: str) -> str:
    return "1 space" if len(indent) == 1 else f"{len(indent)} spaces"
