"""Which post a file means, what of it the file leaves as it is, and whether it was changed here since the last time."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import replace

from sqlalchemy import select

from app.blog import fields
from app.blog.exchange.reading import Read
from app.blog.manuscript import Manuscript
from app.blog.models import FormerAddress, Post, Revision
from app.blog.transfer import manuscript_of
from app.db import db

KEPT_KEY = "notebook"  # in `extra`: the file that a post was made from, by which it is found under another address
NOT_COMPARED = {"updated_at", "aliases", "extra", "source"}
EMPTY_ALT = re.compile(r"!\[\]\((?P<address>[^\s)]+)\)")
ALT = re.compile(r"!\[(?P<alt>(?:[^\]\\]|\\.)+)\]\((?P<address>[^\s)]+)\)")


def meant(manuscript: Manuscript) -> Post | None:
    """The post at the file's address, one that had it once, or one that was made from the same notebook."""
    there = db.session.scalar(select(Post).where(Post.slug == manuscript.slug))
    if there is None:
        held = select(FormerAddress.post_id).where(FormerAddress.slug == manuscript.slug).scalar_subquery()
        there = db.session.scalar(select(Post).where(Post.id == held))
    notebook = manuscript.extra.get(KEPT_KEY)
    if there is None and notebook:
        made = select(Post).where(Post.extra[KEPT_KEY].as_string() == str(notebook)).order_by(Post.id).limit(1)
        there = db.session.scalar(made)
    return there


def merged(manuscript: Manuscript, read: Read, there: Post) -> Manuscript:
    """What the file says, and where it says nothing what the post has; alternative texts that came since stay."""
    known = manuscript_of(there)
    if read.whole:
        return manuscript
    unsaid = (
        {each.name for each in dataclasses.fields(Manuscript)} - read.said - {"source", "updated_at", "extra", "slug"}
    )
    kept = {name: getattr(known, name) for name in unsaid}
    slug = manuscript.slug if "slug" in read.said else known.slug
    source = with_alts(manuscript.source, alts_of(known.source))
    return replace(manuscript, **kept, slug=slug, source=source, extra=known.extra | manuscript.extra)


def edited(there: Post, manuscript: Manuscript) -> bool:
    """Whether the file would undo what was changed here since it, or anything, came in last.

    A picture's alternative text is no such change: it is kept.
    """
    came = select(Revision).where(Revision.post_id == there.id, Revision.kind == "import")
    last = db.session.scalar(came.order_by(Revision.number.desc()).limit(1))
    if last is None:
        return manuscript_of(there) != replace(manuscript, updated_at=there.updated_at)
    now, then = fields.of(there), last.fields
    undone = {name for name in now if now[name] != then.get(name, now[name]) and now[name] != _new(manuscript, name)}
    changed = with_alts(last.source, alts_of(there.source)) != there.source
    return bool(undone - NOT_COMPARED) or (changed and there.source != manuscript.source)


def alts_of(text: str) -> dict[str, str]:
    """What a text says that each of its pictures shows, by address."""
    return {found["address"]: found["alt"] for found in ALT.finditer(text)}


def with_alts(text: str, alts: dict[str, str]) -> str:
    """`text` with these where it says nothing."""
    return EMPTY_ALT.sub(lambda found: f"![{alts.get(found['address'], '')}]({found['address']})", text)


def _new(manuscript: Manuscript, name: str) -> str:
    value = getattr(manuscript, name)
    if name == "tags":
        return ", ".join(value)
    if name == "published_at":
        return value.strftime("%Y-%m-%dT%H:%M:%S") if value else ""
    return str(value or "")
