"""Draft links: each shows one post to whoever has it, until it ends or is taken back. Only a hash of it is kept."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app.blog import editing
from app.blog.models import Post
from app.db import Base, UtcTime, db, now, writing
from app.errors import InvalidInput, NotFound

BYTES = 16  # 128 bits, which nobody guesses
LASTS = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30)}
MOST = 50  # of one post

NO_LENGTH = "Choose how long the link holds: a day, a week or a month."
TOO_MANY = f"This post has {MOST} draft links already. Take back those that nobody needs."
NOTHING = "There is nothing at this address."


class DraftLink(Base):
    """One link to one post; what it ends in is shown when it is made, and never again."""

    __tablename__ = "draft_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcTime, default=now)
    expires_at: Mapped[datetime] = mapped_column(UtcTime)


def make(post_id: int, lasts: str) -> tuple[str, DraftLink]:
    """A new link to the post and the token in its address. Raises InvalidInput, NotFound."""
    if lasts not in LASTS:
        raise InvalidInput({"lasts": NO_LENGTH})
    token, at = secrets.token_urlsafe(BYTES), now().replace(microsecond=0)
    with writing() as session:
        post = editing.get(post_id)
        session.execute(delete(DraftLink).where(DraftLink.expires_at <= at))  # of any post: they lead nowhere
        if len(of(post.id)) >= MOST:
            raise InvalidInput({"lasts": TOO_MANY})
        link = DraftLink(post_id=post.id, token_hash=_hash(token), created_at=at, expires_at=at + LASTS[lasts])
        session.add(link)
    return token, link


def of(post_id: int) -> list[DraftLink]:
    """The links of a post that still hold, the one made last first."""
    held = select(DraftLink).where(DraftLink.post_id == post_id, DraftLink.expires_at > now())
    return list(db.session.scalars(held.order_by(DraftLink.created_at.desc(), DraftLink.id.desc())))


def take_back(post_id: int, link_id: int | None = None) -> int:
    """Ends one link of the post, or all of them; how many there were. One of another post is left alone."""
    meant = delete(DraftLink).where(DraftLink.post_id == post_id)
    with writing() as session:
        ended = session.execute(meant if link_id is None else meant.where(DraftLink.id == link_id))
    return int(ended.rowcount)  # type: ignore[attr-defined]


def opened(token: str) -> tuple[Post, datetime]:
    """The post that `token` leads to, and when it ends.

    Raises NotFound, in the same words and after the same one question, whether the link never was, was taken back
    or has ended: nobody learns which.
    """
    held = select(DraftLink.post_id, DraftLink.expires_at)
    found = db.session.execute(held.where(DraftLink.token_hash == _hash(token), DraftLink.expires_at > now())).first()
    if found is None:
        raise NotFound(NOTHING)
    return editing.get(found.post_id), found.expires_at


def _hash(token: str) -> str:
    """A plain hash is enough: nobody guesses 128 bits, however fast each guess is."""
    return sha256(token.encode()).hexdigest()
