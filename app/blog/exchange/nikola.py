"""Nikola's posts: `.. key: value` in a comment, in a .meta file beside the text, or YAML.

Source: getnikola.com, “The Nikola Handbook: Basic, Additional Attributes”.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from app.blog.exchange.sheet import Sheet, words_of

NAMES = {"previewimage": "cover", "link": "canonical_url"}
NOT_PUBLIC = {"draft", "private"}
OWN = {"nocomments", "has_math", "previewimage", "hidetitle", "pretty_url"}


def is_one(sheet: Sheet) -> bool:
    """Whether YAML is of Nikola: keys that only it has."""
    return bool(OWN & sheet.front.keys())


def read(sheet: Sheet) -> Sheet:
    """`sheet` with our keys. A tag “draft” or “private” is a state."""
    front = {key: value for key, value in sheet.front.items() if value != ""}
    known = Sheet(sheet.path, front, sheet.body, sheet.remarks).renamed(NAMES).with_aliases()
    words = [*words_of(front.get("category")), *words_of(front.get("tags"))]
    tags = [word for word in dict.fromkeys(words) if word not in NOT_PUBLIC | {"mathjax"}]
    known = known.without("category", "tags", "status").told(tags=tags or None, status=_status(front, words))
    if _is_page(sheet):
        known = known.told(page=True)
    if str(front.get("type", "")) in ("text", "page"):
        known = known.without("type")
    return known.with_cover("cover").with_dates()


def _status(front: dict[str, Any], words: list[str]) -> str | None:
    hidden = front.get("status") in NOT_PUBLIC or NOT_PUBLIC & set(words)
    return "draft" if hidden else "published" if front.get("status") else None


def _is_page(sheet: Sheet) -> bool:
    return sheet.front.get("type") == "page" or "pages" in PurePosixPath(sheet.path).parts[:-1]
