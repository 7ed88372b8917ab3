"""What an author hands in, from the editor's form or from a file, and what is wrong with it in words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from app.errors import InvalidInput

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST = {"title": 300, "slug": 120, "description": 1000, "series": 200, "lang": 35, "cover": 500}
ALIAS = re.compile(r"[^\s/?#]+(?:/[^\s/?#]+)*")
LONGEST_ALIAS = 300
OFFSET = re.compile(r"\s*([+-]\d{2}):?(\d{2})$")


@dataclass(frozen=True)
class Manuscript:
    """A post as its author wrote it. `published_at` is when it appears, which may be in the future.

    `aliases` are addresses that it had before, here or on another site, as `alias_of` writes them.
    """

    title: str
    source: str
    slug: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    series: str = ""
    part: int | None = None
    status: str = "draft"
    published_at: datetime | None = None
    updated_at: datetime | None = None
    lang: str = "en"
    cover: str = ""
    cover_alt: str = ""
    kind: str = "post"
    aliases: tuple[str, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict)

    def check(self) -> dict[str, str]:
        """One sentence for each field that cannot stay as it is."""
        problems = {}
        for name, longest in LONGEST.items():
            if len(getattr(self, name)) > longest:
                problems[name] = f"This may have {longest} characters at most."
        if not self.title.strip():
            problems["title"] = "A post needs a title."
        if (self.slug or self.title.strip()) and not SLUG.fullmatch(self.slug):
            problems["slug"] = "The address may have small letters a–z, digits, and hyphens between them."
        if any("/" in tag or tag != tag.strip() or not tag for tag in self.tags):
            problems["tags"] = "A tag cannot be empty and cannot have a slash in it."
        if self.status not in ("draft", "published"):
            problems["status"] = "A post is a draft or published."
        if self.kind not in ("post", "page"):
            problems["kind"] = "This is a post or a page."
        if any(not ALIAS.fullmatch(alias) or len(alias) > LONGEST_ALIAS for alias in self.aliases):
            problems["aliases"] = "An earlier address is a path, such as old-name or 2019/02/old-name.html."
        if self.part is not None and not 1 <= self.part <= 1000:
            problems["part"] = "The part is a whole number from 1."
        return problems


def slug_of(title: str) -> str:
    """The address that a title gives: small letters, digits and hyphens; empty where it has none of them."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: LONGEST["slug"]].strip("-")


def alias_of(path: str) -> str:
    """The form in which an earlier address is kept: /posts/old/ and old are the same."""
    bare = path.strip().strip("/")
    while bare.startswith("posts/"):
        bare = bare.removeprefix("posts/").strip("/")
    return bare


def tags_of(text: str) -> tuple[str, ...]:
    """Tags from a line with commas, each once, in the author's order."""
    return tuple(dict.fromkeys(" ".join(tag.split()) for tag in text.split(",") if tag.strip()))


def moment(text: str) -> datetime:
    """A date, or a date with time, as UTC; one that names no offset is UTC. Raises ValueError."""
    found = datetime.fromisoformat(OFFSET.sub(r"\1:\2", text.strip()))
    try:
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
    except OverflowError:
        raise ValueError(text) from None


def refuse(problems: dict[str, str]) -> None:
    """Raises InvalidInput when there is a problem."""
    if problems:
        raise InvalidInput(problems)
