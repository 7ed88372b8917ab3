"""What is different between two texts: paragraph by paragraph, and within one that changed, word by word.

`difflib` finds it, which can take very long for texts that have much in common in another order; so what is compared
is counted, and a block that would cost too much is shown as taken out and put in whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Literal

Edit = tuple[str, int, int, int, int]  # as SequenceMatcher.get_opcodes gives them

# A line with the empty ones after it: were these lines of their own, every one of them would match every other.
UNIT = re.compile(r"[^\n]*\n(?:[ \t\r]*\n)*|[^\n]+")
WORD = re.compile(r"\s*(?:\w+|[^\w\s])|\s+")
PAIRS = 4_000_000  # of units or words that a comparison may come to: about half a second
CONTEXT = 1


@dataclass(frozen=True)
class Piece:
    """A stretch of text that stayed, was put in, or was taken out."""

    kind: Literal["same", "added", "removed"]
    text: str


@dataclass(frozen=True)
class Row:
    """One block of the two texts; or, without pieces, `skipped` lines that are the same in both."""

    pieces: tuple[Piece, ...] = ()
    skipped: int = 0

    @property
    def changed(self) -> bool:
        return any(piece.kind != "same" for piece in self.pieces)


class Purse:
    """How many pairs may still be compared."""

    def __init__(self, left: int = PAIRS) -> None:
        self.left = left

    def pays(self, pairs: int) -> bool:
        if pairs > self.left:
            return False
        self.left -= pairs
        return True


def rows(before: str, after: str) -> list[Row]:
    """The two texts as one, with what changed marked, and what is the same far from any change left out."""
    purse, old, new = Purse(), units(before), units(after)
    found: list[Row] = []
    edits = changes(old, new, purse)
    for place, (tag, i1, i2, j1, j2) in enumerate(edits):
        if tag == "equal":
            found += _around(old[i1:i2], place > 0, place < len(edits) - 1)
        else:
            found += [Row(tuple(words(one, other, purse))) for one, other in _pairs(old[i1:i2], new[j1:j2])]
    return found


def words(before: str, after: str, purse: Purse | None = None) -> Iterator[Piece]:
    """`before` turned into `after`; joining what is not “added” gives the one, what is not “removed” the other."""
    old, new = WORD.findall(before), WORD.findall(after)
    for tag, i1, i2, j1, j2 in changes(old, new, purse or Purse()):
        if tag == "equal":
            yield Piece("same", "".join(old[i1:i2]))
            continue
        if i1 < i2:
            yield Piece("removed", "".join(old[i1:i2]))
        if j1 < j2:
            yield Piece("added", "".join(new[j1:j2]))


def units(text: str) -> list[str]:
    """A text in lines, each with the empty lines after it; joined they are the text."""
    return UNIT.findall(text)


def changes(before: Sequence[str], after: Sequence[str], purse: Purse) -> list[Edit]:
    """How `before` becomes `after`; what is the same at both ends costs nothing."""
    head = _agreeing(before, after)
    tail = _agreeing(before[head:][::-1], after[head:][::-1])
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    found: list[Edit] = [("equal", 0, head, 0, head)] if head else []
    if old and new and purse.pays(len(old) * len(new)):
        edits = SequenceMatcher(None, old, new).get_opcodes()
        found += [(tag, i1 + head, i2 + head, j1 + head, j2 + head) for tag, i1, i2, j1, j2 in edits]
    elif old or new:
        found.append(("replace", head, head + len(old), head, head + len(new)))
    if tail:
        found.append(("equal", len(before) - tail, len(before), len(after) - tail, len(after)))
    return found


def _agreeing(one: Sequence[str], other: Sequence[str]) -> int:
    """How many the two have in common from their beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _pairs(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    """Paragraphs that were rewritten one by one are compared one by one."""
    if len(old) == len(new):
        return list(zip(old, new, strict=True))
    return [("".join(old), "".join(new))]


def _around(same: list[str], after_a_change: bool, before_a_change: bool) -> list[Row]:
    first, last = CONTEXT * after_a_change, CONTEXT * before_a_change
    shown = [Row((Piece("same", unit),)) for unit in same]
    if len(same) <= first + last + 1:
        return shown
    skipped = "".join(same[first : len(same) - last]).count("\n")
    return [*shown[:first], Row(skipped=max(skipped, 1)), *shown[len(same) - last :]]
