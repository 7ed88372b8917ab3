"""The texts that a post had. Each is written in the transaction of what made it, so none is ever missing.

What was typed and not saved is a revision too, of the kind “auto”: one for ten minutes of typing, replaced while they
last, as Wagtail came to do when its history filled up. Nothing but these is ever pruned.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from app.blog import fields
from app.blog.models import Post, Revision
from app.db import db, now
from app.errors import NotFound

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SESSION = timedelta(minutes=10)
AUTO_KEPT = 40
FEW_WORDS = 10  # a text that loses more than these, by a key or to another tab, begins a revision of its own
ON_A_PAGE = 100


@dataclass(frozen=True)
class Line:
    """A revision in a list: without its text, of which it says the length in characters."""

    number: int
    version: int
    kind: str
    author: str
    at: datetime
    title: str
    length: int


def write(session: Session, post: Post, kind: str, author: str) -> None:
    """Notes the text that `post` has now. One that changes nothing but the version adds no line to the history."""
    values = fields.of(post)
    source, last, at = values.pop("source"), _last(session, post.id), now()
    if last is not None and last.kind == "auto" and _says(last, values, source):
        session.delete(last)  # what was typed is what was saved
        session.flush()
        last = _last(session, post.id)
    if last is None or last.kind == "auto" or not _says(last, values, source):
        _add(session, post, kind, author, values, source, at)


def write_first(session: Session, post: Post) -> None:
    """Before a post is changed: the text of one that is older than its history begins it."""
    if _last(session, post.id) is None:
        values = fields.of(post)
        _add(session, post, "manual", "", values, values.pop("source"), post.updated_at)


def note_typed(session: Session, post: Post, typed: Mapping[str, str], author: str) -> None:
    """Keeps what was typed on `post` as its auto revision of these ten minutes."""
    values = {**fields.of(post), **typed}
    source, last, at = values.pop("source"), _last(session, post.id), now()
    if last is not None and _says(last, values, source):
        return
    if last is not None and _goes_on(last, post, author, values["title"], source, at):
        last.fields, last.source, last.at = values, source, at
        return
    write_first(session, post)
    _add(session, post, "auto", author, values, source, at)
    _prune(session, post.id)


def of_post(post_id: int, before: int | None = None) -> list[Line]:
    """The revisions of a post, the newest first, those before the number `before`; at most ON_A_PAGE."""
    shown = Revision.number, Revision.version, Revision.kind, Revision.author, Revision.at, Revision.fields
    asked = select(*shown, func.length(Revision.source)).where(Revision.post_id == post_id)
    if before is not None:
        asked = asked.where(Revision.number < before)
    found = db.session.execute(asked.order_by(Revision.number.desc()).limit(ON_A_PAGE))
    return [Line(n, v, kind, by, at, said.get("title", ""), length) for n, v, kind, by, at, said, length in found]


def count(post_id: int) -> int:
    return db.session.scalar(select(func.count(Revision.id)).where(Revision.post_id == post_id)) or 0


def get(post_id: int, number: int) -> Revision:
    found = db.session.scalar(select(Revision).where(Revision.post_id == post_id, Revision.number == number))
    if found is None:
        raise NotFound("There is no such revision; what was typed and not saved is kept for a while only.")
    return found


def at_version(post_id: int, version: int) -> Revision | None:
    """The text that the post had as `version`: of a save that changed nothing, that of the save before it."""
    saved = Revision.post_id == post_id, Revision.version <= version, Revision.kind != "auto"
    return db.session.scalar(select(Revision).where(*saved).order_by(Revision.number.desc()).limit(1))


def _last(session: Session, post_id: int) -> Revision | None:
    newest = select(Revision).where(Revision.post_id == post_id).order_by(Revision.number.desc()).limit(1)
    return session.scalar(newest)


def _add(
    session: Session, post: Post, kind: str, author: str, values: dict[str, str], source: str, at: datetime
) -> None:
    highest = session.scalar(select(func.max(Revision.number)).where(Revision.post_id == post.id)) or 0
    told = {"version": post.version, "kind": kind, "author": author, "fields": values, "source": source}
    session.add(Revision(post_id=post.id, number=highest + 1, began_at=at, at=at, **told))
    session.flush()


def _says(revision: Revision, values: Mapping[str, str], source: str) -> bool:
    return revision.source == source and revision.fields == values


def _goes_on(last: Revision, post: Post, author: str, title: str, source: str, at: datetime) -> bool:
    """Whether a text is typed in the session of the revision `last`, and has most of its words."""
    same = last.kind == "auto" and (last.author, last.version) == (author, post.version)
    in_time = timedelta() <= at - last.began_at < SESSION
    return same and in_time and _lost(f"{last.fields.get('title')}\n{last.source}", f"{title}\n{source}") <= FEW_WORDS


def _lost(before: str, after: str) -> int:
    """How many words `before` has that `after` lacks."""
    return (Counter(re.findall(r"\w+", before)) - Counter(re.findall(r"\w+", after))).total()


def _prune(session: Session, post_id: int) -> None:
    auto = select(Revision.id).where(Revision.post_id == post_id, Revision.kind == "auto")
    old = session.scalars(auto.order_by(Revision.number.desc()).offset(AUTO_KEPT)).all()
    if old:
        session.execute(delete(Revision).where(Revision.id.in_(old)))
