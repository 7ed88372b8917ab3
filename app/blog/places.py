"""Where in the source something stands: lines for the author, found in the text without its code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass

FENCE = re.compile(r"^(?P<indent>[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*)(?P<marks>`{3,}|~{3,})(?P<info>[^`\n]*)$")
INLINE_CODE = re.compile(r"(`+)(?!`)[^\n]*?(?<!`)\1(?!`)")


@dataclass(frozen=True)
class Fence:
    """A block of code: its first line, counted from 1, its last, and what stands behind the opening marks."""

    first: int
    last: int
    info: str


class Places:
    """Finds pieces of a source in the order in which they stand there."""

    def __init__(self, source: str) -> None:
        self.text = without_code(source)
        self.cursor = 0

    def afresh(self) -> Places:
        """The same text, looked through from its beginning."""
        again = copy(self)
        again.cursor = 0
        return again

    def line(self, piece: str) -> int:
        """The line of the next place of `piece`, counted from 1; 1 where it stands nowhere as it is."""
        first = next((line for line in piece.splitlines() if line.strip()), "").strip()
        found = self.text.find(first, self.cursor)
        if found < 0:
            found = self.text.find(first)
        if found < 0:
            return 1
        self.cursor = found + len(first)
        return self.text.count("\n", 0, found) + 1


def fences(source: str) -> Iterator[Fence]:
    lines = source.split("\n")
    opened: tuple[int, str, str] | None = None
    for number, line in enumerate(lines, start=1):
        match = FENCE.match(line.rstrip("\r"))
        if opened and match and match["marks"].startswith(opened[1]) and not match["info"].strip():
            yield Fence(opened[0], number, opened[2])
            opened = None
        elif match and not opened:
            opened = (number, match["marks"], match["info"].strip())


def without_code(source: str) -> str:
    """`source` with as many lines, but those of fenced code empty and inline code blank."""
    lines = source.split("\n")
    for fence in fences(source):
        lines[fence.first - 1 : fence.last] = [""] * (fence.last - fence.first + 1)
    return "\n".join(INLINE_CODE.sub(lambda code: " " * len(code[0]), line) for line in lines)
