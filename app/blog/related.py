"""What else a reader of one post may want to read: what shares its tags, the rarer the better, then its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from math import log

from sqlalchemy import func, select

from app.blog import archive, search
from app.blog.models import Post, Tag
from app.db import db

MOST = 3
RARE_WORDS = 3.0  # without a common tag, words count from bm25 = 3 log(posts): two rare ones that both titles have


def related(post: Post, beside: Collection[int] = ()) -> list[Post]:
    """At most three public posts near to `post`, nearest first, without it and those `beside` it."""
    public = archive.published().with_only_columns(Post.id).order_by(None)
    posts = db.session.scalar(select(func.count()).select_from(public.subquery())) or 0
    shared, near = _rarity_shared(post, posts), search.alike(post)
    fit = shared.keys() | {other for other, closeness in near.items() if closeness >= RARE_WORDS * log(posts + 1)}
    nearest = sorted(fit - {post.id, *beside}, key=lambda other: (-shared.get(other, 0), -near.get(other, 0), -other))
    wanted = archive.titles(archive.published()).where(Post.id.in_(nearest[:MOST]))
    found = {other.id: other for other in db.session.scalars(wanted)}
    return [found[other] for other in nearest[:MOST]]


def _rarity_shared(post: Post, posts: int) -> dict[int, float]:
    """For each post that shares a tag with `post`: the sum of log(posts / posts with the tag) over those tags."""
    public = archive.published().with_only_columns(Post.id).order_by(None)
    tagged = select(Tag.name, Tag.post_id).where(Tag.name.in_(post.tags), Tag.post_id.in_(public))
    pairs = [(name, post_id) for name, post_id in db.session.execute(tagged)]
    holders = Counter(name for name, _ in pairs)
    rarity: dict[int, float] = {}
    for name, post_id in pairs:
        rarity[post_id] = rarity.get(post_id, 0) + log((posts + 1) / holders[name])
    return rarity
