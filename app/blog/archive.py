"""What readers may see, and in which order: every list of posts starts from `published()`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import get_args

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import defer, lazyload

from app.blog.manuscript import slug_of
from app.blog.models import Kind, Post, Tag
from app.db import db, now
from app.errors import NotFound

FEED_LENGTH = 20


@dataclass(frozen=True)
class Series:
    """Where a post stands in its series: part `part` of `of`; 0 where no post is meant."""

    title: str
    part: int
    of: int
    posts: list[Post]


def public() -> Select[Post]:
    """All that readers may read, posts and pages, newest first; nothing whose date is to come."""
    return select(Post).where(*_public()).order_by(Post.published_at.desc(), Post.id.desc())


def published() -> Select[Post]:
    """The public posts, newest first. A post with a date to come is not among them until then."""
    return public().where(Post.kind == "post")


def is_public(post_id: int) -> bool:
    return db.session.scalar(public().with_only_columns(Post.id).where(Post.id == post_id)) is not None


def light(posts: Select[Post]) -> Select[Post]:
    """`posts` for a list: without their text, which no list shows."""
    return posts.options(defer(Post.html), defer(Post.source), defer(Post.contents))


def titles(posts: Select[Post]) -> Select[Post]:
    """`posts` for a list of titles: without beginnings and tags too."""
    return light(posts).options(defer(Post.excerpt_html), lazyload(Post.labels))


def page(number: int, size: int) -> Pagination:
    """A page of the home page. Raises NotFound behind the last one."""
    found: Pagination = db.paginate(light(published()), page=max(1, number), per_page=size, error_out=False)
    if number < 1 or number > max(1, found.pages):
        raise NotFound("There is no such page of posts.")
    return found


def at(slug: str) -> Post | None:
    """The public post or page with this address."""
    return db.session.scalar(public().where(Post.slug == slug))


def post(slug: str) -> Post:
    found = at(slug)
    if found is None or found.kind != "post":
        raise NotFound("There is no post at this address.")
    return found


def all_standing() -> Sequence[Row[str, str, str]]:
    """Kind, slug and title of the pages beside the posts, by title. Every page names them, that of an error too, so
    asking is never one; and no more of them is asked for, since every page waits for it."""
    pages = select(Post.kind, Post.slug, Post.title).where(Post.kind == "page", *_public()).order_by(Post.title)
    try:
        return db.session.execute(pages).all()
    except SQLAlchemyError:
        db.session.rollback()
        return []


def tagged(tag: str) -> list[Post]:
    found = list(db.session.scalars(light(published()).join(Tag).where(Tag.name == tag)))
    if not found:
        raise NotFound(f"No post is tagged “{tag}”.")
    return found


def tags() -> dict[str, int]:
    """How many posts each tag has, by name as a dictionary sorts them."""
    counts = select(Tag.name, func.count()).join(Post).where(Post.kind == "post", *_public()).group_by(Tag.name)
    found = {name: count for name, count in db.session.execute(counts)}
    return dict(sorted(found.items(), key=lambda pair: pair[0].casefold()))


def tags_of(posts: list[int]) -> dict[int, list[str]]:
    """The tags of the posts with these ids, in their authors' order."""
    found = select(Tag.post_id, Tag.name).where(Tag.post_id.in_(posts)).order_by(Tag.position)
    tags: dict[int, list[str]] = {post_id: [] for post_id in posts}
    for post_id, name in db.session.execute(found):
        tags[post_id].append(name)
    return tags


def years() -> list[tuple[int, list[Post]]]:
    """All posts by the year they appeared in, newest first."""
    found = db.session.scalars(titles(published()))
    return [(year, list(posts)) for year, posts in groupby(found, _year)]


def latest() -> list[Post]:
    """The posts of the feed."""
    return list(db.session.scalars(published().limit(FEED_LENGTH)))


def series_of(post: Post) -> Series | None:
    if not post.series or post.kind != "post":
        return None
    parts = _parts(titles(published()), post.series)
    place = [part.id for part in parts].index(post.id)
    return Series(post.series, post.part or place + 1, _length(parts), parts)


def series_at(slug: str) -> Series:
    """The series whose title gives the address `slug`, with the beginnings of its parts. Raises NotFound."""
    title = next((title for title in series_lengths() if slug_of(title) == slug), None)
    if title is None:
        raise NotFound("There is no series at this address.")
    parts = _parts(light(published()), title)
    return Series(title, 0, _length(parts), parts)


def series_lengths() -> dict[str, int]:
    """How many parts each series has, or says it has."""
    counts = select(Post.series, func.count(), func.max(Post.part)).where(Post.kind == "post", *_public())
    found = db.session.execute(counts.where(Post.series != "").group_by(Post.series).order_by(Post.series))
    return {series: max(count, part or 0) for series, count, part in found}


def neighbours(post: Post, series: Series | None = None) -> tuple[Post | None, Post | None]:
    """What to read before and after `post`: its series' parts, and past the ends of that, other posts by date."""
    parts = series.posts if series else [post]
    place = [part.id for part in parts].index(post.id)
    others = titles(published()).where(Post.id.not_in([part.id for part in parts])).limit(1)
    before = parts[place - 1] if place else db.session.scalar(others.where(_earlier(post)))
    if place + 1 < len(parts):
        return before, parts[place + 1]
    upwards = others.where(_later(post)).order_by(None).order_by(Post.published_at, Post.id)
    return before, db.session.scalar(upwards)


def _public() -> tuple[ColumnElement[bool], ...]:
    """Says both kinds by name, so that an index alone tells: in the table, dates stand behind the texts."""
    return Post.kind.in_(get_args(Kind)), Post.status == "published", Post.published_at <= now()


def _year(post: Post) -> int:
    assert post.published_at, "what is public has a date"
    return post.published_at.year


def _parts(posts: Select[Post], title: str) -> list[Post]:
    return sorted(db.session.scalars(posts.where(Post.series == title)), key=lambda p: (p.part or 0, p.published_at))


def _length(parts: list[Post]) -> int:
    return max(len(parts), *(part.part or 0 for part in parts))


def _earlier(post: Post) -> ColumnElement[bool]:
    same = and_(Post.published_at == post.published_at, Post.id < post.id)
    return or_(Post.published_at < post.published_at, same)


def _later(post: Post) -> ColumnElement[bool]:
    same = and_(Post.published_at == post.published_at, Post.id > post.id)
    return or_(Post.published_at > post.published_at, same)
