"""Brackets without a partner cost nothing: Python-Markdown looks for each one's through the rest of the paragraph,
again for each kind of link, so that four thousand of them take it ten seconds.
"""

from __future__ import annotations

import re
from functools import lru_cache

from markdown import Extension, Markdown
from markdown.inlinepatterns import LinkInlineProcessor

NEAR = 100  # characters that are looked through as ever: nearly all brackets close within them
BRACKET = re.compile(r"[\[\]]")


class BracketsExtension(Extension):
    """Links as before, found faster."""

    def extendMarkdown(self, md: Markdown) -> None:
        for processor in md.inlinePatterns:
            if isinstance(processor, LinkInlineProcessor):
                _quicken(processor)


def _quicken(processor: LinkInlineProcessor) -> None:
    text_within, link_behind = processor.getText, processor.getLink

    def text(data: str, index: int) -> tuple[str, int, bool]:
        if data.find("]", index, index + NEAR) >= 0:
            words, length, closed = text_within(data[index : index + NEAR], 0)
            if closed:
                return words, index + length, True
        end = _partners(data).get(index)
        return (data[index:end], end + 1, True) if end is not None else ("", len(data), False)

    def link(data: str, index: int) -> tuple[str, str | None, int, bool]:
        return link_behind(data, index) if _may_close(data, index) else ("", None, index, False)

    processor.getText, processor.getLink = text, link  # type: ignore[method-assign]


def _may_close(data: str, index: int) -> bool:
    """False where nothing follows that could end an address; with quotation marks the library goes ways of its own."""
    return any(data.find(sign, index) >= 0 for sign in ")\"'")


@lru_cache(maxsize=2)
def _partners(data: str) -> dict[int, int]:
    """For the place behind each opening bracket, the place of the one that closes it."""
    partners: dict[int, int] = {}
    opened: list[int] = []
    for bracket in BRACKET.finditer(data):
        if bracket[0] == "[":
            opened.append(bracket.end())
        elif opened:
            partners[opened.pop()] = bracket.start()
    return partners
