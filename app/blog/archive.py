"""What readers may see, and in which order: every list of posts starts from `published()`."""

from __future__ import annotations

from dataclasses import dataclass

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import defer

from app.blog.models import Post, Tag
from app.db import db, now
from app.errors import NotFound

FEED_LENGTH = 20


@dataclass(frozen=True)
class Series:
    """Where a post stands in its series: part `part` of `of`."""

    title: str
    part: int
    of: int
    posts: list[Post]


def published() -> Select[Post]:
    """The public posts, newest first. A post with a date to come is not among them until then."""
    return select(Post).where(*_public()).order_by(Post.published_at.desc(), Post.id.desc())


def page(number: int, size: int) -> Pagination:
    """A page of the home page. Raises NotFound behind the last one."""
    light = published().options(defer(Post.html), defer(Post.source), defer(Post.contents))
    found: Pagination = db.paginate(light, page=max(1, number), per_page=size, error_out=False)
    if number < 1 or number > max(1, found.pages):
        raise NotFound("There is no such page of posts.")
    return found


def post(slug: str) -> Post:
    found = db.session.scalar(published().where(Post.slug == slug))
    if found is None:
        raise NotFound("There is no post at this address.")
    return found


def tagged(tag: str) -> list[Post]:
    light = published().options(defer(Post.html), defer(Post.source), defer(Post.contents))
    found = list(db.session.scalars(light.join(Tag).where(Tag.name == tag)))
    if not found:
        raise NotFound(f"No post is tagged “{tag}”.")
    return found


def latest() -> list[Post]:
    """The posts of the feed."""
    return list(db.session.scalars(published().limit(FEED_LENGTH)))


def series_of(post: Post) -> Series | None:
    if not post.series:
        return None
    found = db.session.scalars(published().where(Post.series == post.series))
    parts = sorted(found, key=lambda other: (other.part or 0, other.published_at))
    return Series(post.series, post.part or parts.index(post) + 1, series_lengths()[post.series], parts)


def series_lengths() -> dict[str, int]:
    """How many parts each series has, or says it has."""
    counts = select(Post.series, func.count(), func.max(Post.part)).where(Post.series != "", *_public())
    return {series: max(count, part or 0) for series, count, part in db.session.execute(counts.group_by(Post.series))}


def neighbours(post: Post) -> tuple[Post | None, Post | None]:
    """The public posts before and after this one, by date."""
    others = list(db.session.execute(published().with_only_columns(Post.id)).scalars())
    place = others.index(post.id)
    earlier = others[place + 1] if place + 1 < len(others) else None
    later = others[place - 1] if place else None
    return _by_id(earlier), _by_id(later)


def _public() -> tuple[ColumnElement[bool], ...]:
    return Post.status == "published", Post.published_at <= now()


def _by_id(post_id: int | None) -> Post | None:
    return db.session.get(Post, post_id) if post_id else None
