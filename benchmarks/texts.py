"""Two posts for a comparison: one of words, one with formulas and code as well; both from the project's own posts."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path

POSTS = Path(__file__).parents[1] / "app/blog/posts"
WORDS, SECTION, FORMULAS, CODES = 1500, 5, 16, 4
PLAIN = re.compile(r"[A-Z][^$`|<>\[\]{}_*:]+[.]")
FORMULA = re.compile(r"^\$\$.+?\$\$", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"^```python\n.+?^```$", re.DOTALL | re.MULTILINE)


def of_words() -> str:
    """About 1,500 words in sections of five paragraphs."""
    return "\n\n".join(_sections())


def of_formulas_and_code() -> str:
    """The same words, 16 formulas on lines of their own and four pieces of code between them."""
    whole = _whole()
    extras = list(islice(FORMULA.findall(whole), FORMULAS)) + list(islice(CODE.findall(whole), CODES))
    parts = _sections()
    step = max(1, len(parts) // len(extras))
    for number, extra in enumerate(extras):
        parts.insert(min(len(parts), (number + 1) * step + number), extra.rstrip(",.").rstrip())
    return "\n\n".join(parts)


def _sections() -> list[str]:
    parts, words = list[str](), 0
    for number, paragraph in enumerate(filter(PLAIN.fullmatch, _whole().split("\n\n"))):
        if words >= WORDS:
            break
        if number % SECTION == 0:
            parts.append(f"## Part {number // SECTION + 1}")
        parts.append(paragraph)
        words += len(paragraph.split())
    return parts


def _whole() -> str:
    return "\n\n".join(file.read_text().split("---\n", 2)[2] for file in sorted(POSTS.glob("*.md")))
