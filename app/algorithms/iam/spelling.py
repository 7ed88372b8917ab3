"""What was meant: the closest of the words that there are."""

from __future__ import annotations

from collections.abc import Iterable

CLOSE = 2  # letters that may differ


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word at the smallest edit distance, if that is small; the first of equals."""
    near = [(distance(word, each), each) for each in sorted(known)]
    best = min(near, default=(CLOSE + 1, ""))
    return best[1] if best[0] <= CLOSE else None


def distance(a: str, b: str) -> int:
    """How many letters to add, take or change: Levenshtein’s (1965), row by row."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]
