"""What every format of a feed tells: the feed itself, and each post as an entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from mimetypes import guess_type
from urllib.parse import urlsplit

from flask import url_for

from app.blog.addresses import absolute, host
from app.blog.covers import cover_of
from app.blog.feeds.content import for_feeds
from app.blog.models import Post


@dataclass(frozen=True)
class Picture:
    """A cover; `length` is its size in bytes, known where it is a file of this site."""

    url: str
    type: str
    length: int | None
    alt: str


@dataclass(frozen=True)
class Entry:
    """A post. `id` is its own for ever: another address or another title does not make it new."""

    id: str
    url: str
    title: str
    summary: str
    tags: list[str]
    lang: str
    published: datetime
    updated: datetime
    html: str
    cover: Picture | None


@dataclass(frozen=True)
class Feed:
    """A list of posts for programs. `tag` is the one that they share, or none."""

    entries: list[Entry]
    tag: str | None

    @property
    def updated(self) -> datetime | None:
        return max((entry.updated for entry in self.entries), default=None)

    def address(self, form: str) -> str:
        """Where this feed is in the format `form`."""
        return absolute(url_for(f"feeds.{form}", tag=self.tag))

    @property
    def home(self) -> str:
        """The page that lists the same posts."""
        return absolute(url_for("blog.tag", tag=self.tag) if self.tag else url_for("blog.home"))


def feed_of(posts: list[Post], tag: str | None = None) -> Feed:
    return Feed([_entry(post) for post in posts], tag)


def _entry(post: Post) -> Entry:
    url = absolute(url_for("blog.post", slug=post.slug))
    published = post.published_at or post.updated_at
    return Entry(
        # RFC 4151. The day keeps it apart from an earlier post that was deleted and had the same number.
        id=f"tag:{host()},{published:%Y-%m-%d}:post-{post.id}",
        url=url,
        title=post.title,
        summary=post.description,
        tags=post.tags,
        lang=post.lang,
        published=published,
        updated=max(post.updated_at, published),
        html=for_feeds(post.html, url),
        cover=_picture(post, url),
    )


def _picture(post: Post, url: str) -> Picture | None:
    cover = cover_of(post)
    if cover is None:
        return None
    address = absolute(cover.address, url)
    kind = guess_type(urlsplit(address).path)[0] or "image/webp"
    return Picture(address, kind, cover.file.stat().st_size if cover.file else None, post.cover_alt)
