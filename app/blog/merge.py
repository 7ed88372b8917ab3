"""Two texts that were made of a third: what each of them changed, and both together where they do not meet (diff3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.blog.differences import Edit, Piece, Purse, changes, units, words

Kind = Literal["same", "mine", "theirs", "alike", "both"]
Region = tuple[int, int, list[Edit], list[Edit]]  # of the base, from and to; the edits of either side in it


@dataclass(frozen=True)
class Chunk:
    """A stretch of the three texts, and who changed it: nobody, one, both alike, or both differently."""

    kind: Kind
    base: str
    mine: str
    theirs: str

    @property
    def of_mine(self) -> list[Piece]:
        return list(words(self.base, self.mine, Purse(PAIRS_IN_A_CHUNK)))

    @property
    def of_theirs(self) -> list[Piece]:
        return list(words(self.base, self.theirs, Purse(PAIRS_IN_A_CHUNK)))

    @property
    def together(self) -> str:
        return self.theirs if self.kind == "theirs" else self.mine


@dataclass(frozen=True)
class Merged:
    chunks: tuple[Chunk, ...]

    @property
    def changed(self) -> list[Chunk]:
        return [chunk for chunk in self.chunks if chunk.kind != "same"]

    @property
    def text(self) -> str | None:
        """Both texts as one; None where the two changed the same place in different ways."""
        if any(chunk.kind == "both" for chunk in self.chunks):
            return None
        return "".join(chunk.together for chunk in self.chunks)


PAIRS_IN_A_CHUNK = 400_000


def three_ways(base: str, mine: str, theirs: str) -> Merged:
    """What `mine` and `theirs` each made of `base`. Edits that touch count as one place, as git has it."""
    purse, old, ours, other = Purse(), units(base), units(mine), units(theirs)
    regions = _regions(changes(old, ours, purse), changes(old, other, purse))
    found: list[Chunk] = []
    at, at_mine, at_theirs = 0, 0, 0
    for start, end, my_edits, their_edits in regions:
        if start > at:
            found.append(
                _chunk(old[at:start], ours[at_mine : at_mine + start - at], other[at_theirs : at_theirs + start - at])
            )
        at_mine, at_theirs = at_mine + start - at, at_theirs + start - at
        my_size, their_size = (end - start + _growth(edits) for edits in (my_edits, their_edits))
        mine_end, theirs_end = at_mine + my_size, at_theirs + their_size
        found.append(_chunk(old[start:end], ours[at_mine:mine_end], other[at_theirs:theirs_end]))
        at, at_mine, at_theirs = end, mine_end, theirs_end
    if at < len(old):
        found.append(_chunk(old[at:], ours[at_mine:], other[at_theirs:]))
    return Merged(tuple(found))


def _regions(mine: list[Edit], theirs: list[Edit]) -> list[Region]:
    """Places of the base that were changed, those that touch as one, in order."""
    edits = [(edit, side) for side, side_edits in enumerate((mine, theirs)) for edit in side_edits]
    found: list[Region] = []
    for edit, side in sorted((pair for pair in edits if pair[0][0] != "equal"), key=lambda pair: pair[0][1:3]):
        _, start, end, *_ = edit
        if not found or start > found[-1][1]:
            found.append((start, end, [], []))
        first, last, *sides = found[-1]
        sides[side].append(edit)
        found[-1] = (first, max(last, end), sides[0], sides[1])
    return found


def _growth(edits: list[Edit]) -> int:
    return sum((j2 - j1) - (i2 - i1) for _, i1, i2, j1, j2 in edits)


def _chunk(base: list[str], mine: list[str], theirs: list[str]) -> Chunk:
    texts = "".join(base), "".join(mine), "".join(theirs)
    return Chunk(_kind(*texts), *texts)


def _kind(base: str, mine: str, theirs: str) -> Kind:
    if mine == theirs:
        return "same" if mine == base else "alike"
    if mine == base:
        return "theirs"
    return "mine" if theirs == base else "both"
