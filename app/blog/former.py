"""Addresses that posts once had: each leads to the post's present one, and no other post can take it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.blog import archive
from app.blog.manuscript import alias_of
from app.blog.models import FormerAddress, Post
from app.db import db

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def leads_to(path: str) -> Post | None:
    """The public post that had the address `path`; None where no post had it."""
    held = select(FormerAddress.post_id).where(FormerAddress.slug == alias_of(path)).scalar_subquery()
    return db.session.scalar(archive.titles(archive.public()).where(Post.id == held))


def addresses_of(post: Post) -> tuple[str, ...]:
    """The addresses that `post` once had, sorted; its present one is not among them."""
    held = select(FormerAddress.slug).where(FormerAddress.post_id == post.id, FormerAddress.slug != post.slug)
    return tuple(db.session.scalars(held.order_by(FormerAddress.slug)))


def keep(session: Session, post: Post, slugs: Iterable[str]) -> None:
    """Notes that readers know `post` by the addresses `slugs`. Its present one may be among them: it counts only
    when the post has moved on, and is the post's own again when it moves back."""
    known = set(session.scalars(select(FormerAddress.slug).where(FormerAddress.post_id == post.id)))
    session.add_all(FormerAddress(slug=slug, post_id=post.id) for slug in dict.fromkeys(slugs) if slug not in known)


def refusal(slug: str, post_id: int | None) -> str | None:
    """Why the post `post_id`, or a new one, cannot have the address `slug`; None where it can."""
    if db.session.scalar(select(Post.id).where(Post.slug == slug, Post.id != (post_id or 0))):
        return f"Another post already has the address “{slug}”."
    held = select(Post.title).join(FormerAddress).where(FormerAddress.slug == slug, Post.id != (post_id or 0))
    title = db.session.scalar(held)
    return f"“{slug}” was once the address of “{title}” and still leads there." if title is not None else None
