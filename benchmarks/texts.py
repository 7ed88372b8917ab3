"""Posts for comparisons: of words, with formulas and code, with everything; all from the project's own posts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path

POSTS = Path(__file__).parents[1] / "app/blog/posts"
WORDS, SECTION, FORMULAS, CODES = 1500, 5, 16, 4
PLAIN = re.compile(r"[A-Z][^$`|<>\[\]{}_*:]+[.]")
FORMULA = re.compile(r"^\$\$.+?\$\$", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"^```python\n.+?^```$", re.DOTALL | re.MULTILINE)
TABLE = re.compile(r"^\|.+\|\n\|[-: |]+\|\n(?:\|.+\|(?:\n|$))+", re.MULTILINE)


def of_words() -> str:
    """About 1,500 words in sections of five paragraphs."""
    return "\n\n".join(_sections())


def of_formulas_and_code() -> str:
    """The same words, 16 formulas on lines of their own and four pieces of code between them."""
    whole = _whole()
    extras = list(islice(FORMULA.findall(whole), FORMULAS)) + list(islice(CODE.findall(whole), CODES))
    return _between(extras, _sections())


def of_everything(words: int, formulas: int, codes: int, tables: int, more: Sequence[str] = ()) -> str:
    """So many words, with formulas, code, tables and `more` spread between them."""
    whole = _whole()
    found = zip((FORMULA, CODE, TABLE), (formulas, codes, tables), strict=True)
    extras = [extra for pattern, count in found for extra in islice(cycle(pattern.findall(whole)), count)]
    return _between([*extras, *more], _sections(words))


def _between(extras: Sequence[str], parts: list[str]) -> str:
    step = max(1, len(parts) // len(extras))
    for number, extra in enumerate(extras):
        parts.insert(min(len(parts), (number + 1) * step + number), extra.rstrip(",.").rstrip())
    return "\n\n".join(parts)


def _sections(most: int = WORDS) -> list[str]:
    parts, words = list[str](), 0
    for number, paragraph in enumerate(cycle(filter(PLAIN.fullmatch, _whole().split("\n\n")))):
        if words >= most:
            break
        if number % SECTION == 0:
            parts.append(f"## Part {number // SECTION + 1}")
        parts.append(paragraph)
        words += len(paragraph.split())
    return parts


def _whole() -> str:
    return "\n\n".join(file.read_text().split("---\n", 2)[2] for file in sorted(POSTS.glob("*.md")))
