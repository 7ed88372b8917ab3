"""Where a text shows a picture: in Markdown, by a reference, or in HTML, and never in code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from app.blog.places import fences

ADDRESS = re.compile(
    r"!\[(?:[^\[\]\\]|\\.|\[[^\[\]\n]*\])*\]\(\s*(?:<(?P<angled>[^>\n]+)>|(?P<plain>[^\s)]+))"
    r"|<img\b[^>]*?\bsrc\s*=\s*[\"'](?P<html>[^\"'\n]+)"
    r"|^ {0,3}\[[^\]\n]+\]:[ \t]*<?(?P<reference>[^\s>]+)",
    re.MULTILINE,
)
GROUPS = ("angled", "plain", "html", "reference")


def mentioned(text: str, *, code: bool = False) -> list[str]:
    """The addresses of the pictures that `text` shows, each once; with `code` also of those that it only speaks of."""
    found: dict[str, None] = {}
    _rewritten(text, lambda address: found.setdefault(address) or address, [] if code else list(_code(text)))
    return list(found)


def rewritten(text: str, named: Callable[[str], str]) -> str:
    """`text` with another address for each picture that it shows; code stays as it is."""
    return _rewritten(text, named, list(_code(text)))


def _rewritten(text: str, named: Callable[[str], str], code: list[tuple[int, int]]) -> str:
    def again(found: re.Match[str]) -> str:
        if any(start <= found.start() < end for start, end in code):
            return found[0]
        group = next(name for name in GROUPS if found[name] is not None)
        start, end = found.span(group)
        return text[found.start() : start] + named(found[group]) + text[end : found.end()]

    return ADDRESS.sub(again, text)


def _code(text: str) -> Iterator[tuple[int, int]]:
    """Where fenced code stands, in characters."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return ((starts[fence.first - 1], starts[fence.last]) for fence in fences(text))
