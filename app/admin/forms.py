"""The editor's form: a post as fields of text, and fields of text as what an author hands in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.blog.editing import settled
from app.blog.manuscript import Manuscript, moment, refuse, tags_of
from app.blog.models import Post

EMPTY = {"kind": "post", "status": "draft", "lang": "en", "version": "0"}
LINES = "kind title slug description series status lang cover cover_alt"


def values_of(post: Post) -> dict[str, str]:
    """What the form shows for `post`."""
    values: dict[str, str] = {name: getattr(post, name) for name in LINES.split()}
    return values | {
        "source": post.source,
        "tags": ", ".join(post.tags),
        "part": str(post.part or ""),
        "published_at": post.published_at.strftime("%Y-%m-%dT%H:%M:%S") if post.published_at else "",
        "version": str(post.version),
    }


def version_of(form: Mapping[str, str]) -> int:
    text = form.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def manuscript_of(form: Mapping[str, str], before: Post | None = None) -> Manuscript:
    """The post that the form says. Raises InvalidInput, with a sentence for each wrong field at once."""
    problems: dict[str, str] = {}
    unsaid = EMPTY | ({"kind": before.kind} if before else {})
    lines = {name: " ".join(form.get(name, "").split()) or unsaid.get(name, "") for name in LINES.split()}
    manuscript = Manuscript(
        **lines,  # type: ignore[arg-type]
        source=_same_line_ends(form.get("source", ""), before),
        tags=tags_of(form.get("tags", "")),
        part=_part(form.get("part", ""), problems),
        published_at=_moment(form.get("published_at", ""), problems),
        extra=before.extra if before else {},
    )
    refuse(settled(manuscript).check() | problems)
    return manuscript


def _same_line_ends(text: str, before: Post | None) -> str:
    """Browsers send every line end as \\r\\n; a text that differs in nothing else is the text it was."""
    plain = text.replace("\r\n", "\n")
    if before is not None and before.source.replace("\r\n", "\n") == plain:
        return before.source
    return plain


def _part(text: str, problems: dict[str, str]) -> int | None:
    if not text.strip():
        return None
    if not text.strip().isdecimal() or len(text) > 6:
        problems["part"] = "The part is a whole number from 1."
        return None
    return int(text)


def _moment(text: str, problems: dict[str, str]) -> datetime | None:
    if not text.strip():
        return None
    try:
        return moment(text)
    except ValueError:
        problems["published_at"] = "Write the date as 2026-11-23 or 2026-11-23T14:00."
        return None
