"""Working copies: what is typed is kept within seconds, beside the post and never in it, until it is saved.

A copy has a number, `rev`, that rises with every text it takes. Whoever sends a text says which one it has seen last;
another one is refused with what is there, so two tabs never overwrite each other unseen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.blog import fields, revisions
from app.blog.conflicts import CopyConflict, Deleted, EditConflict
from app.blog.models import Post, WorkingCopy
from app.db import db, now, writing
from app.errors import NotFound

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Kept:
    """What a tab is told when its text is kept: the copy’s id, the number of this text, and when."""

    copy: int
    rev: int
    kept_at: datetime


def of_post(post_id: int) -> WorkingCopy | None:
    """What is typed of a post and not saved."""
    found = _row(db.session(), post_id)
    return found if found is not None and found.fields else None


def of_text(copy_id: int) -> WorkingCopy:
    """A text that is no post yet. Raises NotFound."""
    found = _text(db.session(), copy_id)
    if found is None:
        raise NotFound("This text was saved as a post or dropped meanwhile.")
    return found


def texts() -> list[WorkingCopy]:
    """All that are no post yet, the one typed last first."""
    none_yet = select(WorkingCopy).where(WorkingCopy.post_id.is_(None))
    return list(db.session.scalars(none_yet.order_by(WorkingCopy.updated_at.desc(), WorkingCopy.id.desc())))


def changed() -> dict[int, WorkingCopy]:
    """The copies that say something else than their post does, by the post’s id."""
    pairs = db.session.execute(select(WorkingCopy, Post).join(Post, Post.id == WorkingCopy.post_id))
    return {post.id: copy for copy, post in pairs if copy.fields and fields.differ(copy.fields, post)}


def keep(post_id: int, version: int, rev: int, form: Mapping[str, str], author: str = "") -> Kept:
    """Keeps what was typed on `version` of a post by a tab that has seen the copy’s `rev`.

    Raises EditConflict, CopyConflict or Deleted; then nothing is kept and nothing overwritten.
    """
    with writing() as session:
        post = session.get(Post, post_id)
        if post is None:
            raise Deleted
        if post.version != version:
            raise EditConflict(post)
        copy = _row(session, post_id) or WorkingCopy(post_id=post_id, fields={}, rev=0)
        values = fields.typed(form, post)
        kept = _take(session, copy, version, rev, values)
        revisions.note_typed(session, post, values, author)
    return kept


def keep_text(copy_id: int, rev: int, form: Mapping[str, str]) -> Kept:
    """Keeps a text that is no post yet. One whose copy is gone is kept as a new one. Raises CopyConflict."""
    with writing() as session:
        copy = _text(session, copy_id) or WorkingCopy(fields={}, rev=0)
        return _take(session, copy, 0, rev, fields.typed(form))


def drop(post_id: int, rev: int | None = None) -> None:
    """Drops the copy of a post. Raises CopyConflict where it is no more the one numbered `rev`."""
    with writing() as session:
        if (copy := _row(session, post_id)) is not None and copy.fields:
            _forget(session, copy, rev)


def drop_text(copy_id: int, rev: int | None = None) -> None:
    """Drops a text that is no post yet. Raises CopyConflict as `drop` does."""
    with writing() as session:
        if (copy := _text(session, copy_id)) is not None:
            _forget(session, copy, rev)


def consume(session: Session, post: Post, rev: int) -> None:
    """After a save, in its transaction: the copy that was saved is none any more. One that has come since stays."""
    copy = _row(session, post.id)
    if copy is not None and copy.fields and (copy.rev == rev or not fields.differ(copy.fields, post)):
        _forget(session, copy, None)


def consume_text(session: Session, copy_id: int, rev: int) -> None:
    """After a new post was made of the copy `copy_id`, in the same transaction."""
    copy = session.get(WorkingCopy, copy_id) if copy_id else None
    if copy is not None and copy.fields and copy.rev == rev:
        _forget(session, copy, None)


def _row(session: Session, post_id: int) -> WorkingCopy | None:
    return session.scalar(select(WorkingCopy).where(WorkingCopy.post_id == post_id))


def _text(session: Session, copy_id: int) -> WorkingCopy | None:
    return session.scalar(select(WorkingCopy).where(WorkingCopy.id == copy_id, WorkingCopy.post_id.is_(None)))


def _take(session: Session, copy: WorkingCopy, version: int, rev: int, values: dict[str, str]) -> Kept:
    sent_again = copy.fields == values and copy.base_version == version  # by a tab that got no answer
    if copy.fields and copy.rev != rev and not sent_again:
        raise CopyConflict(copy)
    if not sent_again:
        copy.fields, copy.base_version, copy.rev = values, version, max(copy.rev, rev) + 1
        copy.updated_at = now()
        session.add(copy)
        session.flush()
    return Kept(copy.id, copy.rev, copy.updated_at)


def _forget(session: Session, copy: WorkingCopy, rev: int | None) -> None:
    if rev is not None and copy.rev != rev:
        raise CopyConflict(copy)
    if copy.post_id is None:
        session.delete(copy)
    else:
        copy.fields, copy.rev = {}, copy.rev + 1
