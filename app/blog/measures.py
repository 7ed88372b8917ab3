"""What the blog tells of itself to whoever watches the site: how many posts and pages there are, in which state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from sqlalchemy import func, select

from app.blog.models import Kind, Post
from app.db import db, now
from app.metrics import Family, Sample

STATES = ("draft", "scheduled", "published")


def measures() -> Iterator[Family]:
    later = Post.published_at > now()
    rows = db.session.execute(
        select(Post.kind, Post.status, later, func.count()).group_by(Post.kind, Post.status, later)
    )
    counts = dict.fromkeys(((kind, state) for kind in get_args(Kind) for state in STATES), 0)
    for kind, status, is_later, count in rows:
        counts[kind, "scheduled" if status == "published" and is_later else status] += count
    samples = [Sample(count, {"kind": kind, "state": state}) for (kind, state), count in counts.items()]
    yield Family("playpress_posts", "gauge", "Posts and pages by their state.", samples)
