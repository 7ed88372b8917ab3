"""Addresses that posts once had: each leads to the post's present one, and no other post can take it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import current_app
from sqlalchemy import delete, select
from werkzeug.exceptions import HTTPException

from app.blog import archive
from app.blog.manuscript import ALIAS, LONGEST_ALIAS, alias_of
from app.blog.models import FormerAddress, Post
from app.db import db, writing
from app.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

OF_POSTS = {"blog.post", "blog.standing"}  # these look for earlier addresses where nothing else is
NO_ADDRESS = "An earlier address is a path, such as old-name or 2019/02/old-name.html."
PRESENT = "“{}” is the present address of this post."


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


def add(post_id: int, path: str) -> str:
    """Lets the address `path`, which the post had elsewhere, lead to it; the form in which it is kept.

    Raises InvalidInput with a sentence where it cannot be one, leads to another post, or is answered by the site.
    """
    slug = alias_of(path)
    if not ALIAS.fullmatch(slug) or len(slug) > LONGEST_ALIAS:
        raise InvalidInput({"address": NO_ADDRESS})
    with writing() as session:
        post = _post(session, post_id)
        if slug == post.slug:
            raise InvalidInput({"address": PRESENT.format(slug)})
        if sentence := refusal(slug, post_id) or _answered(slug):
            raise InvalidInput({"address": sentence})
        keep(session, post, [slug])
    return slug


def remove(post_id: int, slug: str) -> None:
    """The address leads nowhere from now on, and another post may take it. One of another post is left alone."""
    with writing() as session:
        session.execute(delete(FormerAddress).where(FormerAddress.post_id == post_id, FormerAddress.slug == slug))


def refusal(slug: str, post_id: int | None) -> str | None:
    """Why the post `post_id`, or a new one, cannot have the address `slug`; None where it can."""
    if db.session.scalar(select(Post.id).where(Post.slug == slug, Post.id != (post_id or 0))):
        return f"Another post already has the address “{slug}”."
    held = select(Post.title).join(FormerAddress).where(FormerAddress.slug == slug, Post.id != (post_id or 0))
    title = db.session.scalar(held)
    return f"“{slug}” was once the address of “{title}” and still leads there." if title is not None else None


def _answered(slug: str) -> str | None:
    """Why no reader would ever come from this address: the site has something there itself."""
    try:
        endpoint, _ = current_app.url_map.bind("").match(f"/{slug}", "GET")
        free = endpoint in OF_POSTS
    except HTTPException:
        free = not slug.startswith("api/")  # programs are never sent on
    return None if free else f"The site itself uses the address “{slug}”."


def _post(session: Session, post_id: int) -> Post:
    post = session.get(Post, post_id)
    if post is None:
        raise NotFound("There is no such post; it may have been deleted.")
    return post
