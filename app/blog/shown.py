"""What of the blog is the same for everybody: which addresses, from which tables, and when that changes by itself."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, func, select

from app.blog.models import FormerAddress, Post, Tag

TABLES = (Post, Tag, FormerAddress)
ADDRESSES: dict[str, tuple[str, ...]] = {  # endpoint: the parameters it heeds
    "blog.home": ("page",),
    "blog.post": (),
    "blog.source": (),
    "blog.standing": (),
    "blog.tags": (),
    "blog.tag": (),
    "blog.series": (),
    "blog.archive": (),
    "blog.opensearch": (),
    "feeds.atom": (),
    "feeds.rss": (),
    "feeds.json": (),
    "sitemap.sitemap": (),
    "sitemap.robots": (),
}


def next_appearance(after: datetime) -> Select[datetime | None]:
    """When the first of the posts with a date to come appears."""
    return select(func.min(Post.published_at)).where(Post.status == "published", Post.published_at > after)
