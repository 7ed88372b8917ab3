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
WORDS_ALONE = 4.0  # bm25 from which words without a common tag count: a rare word in both titles, no “and”


def related(post: Post, beside: Collection[int] = ()) -> list[Post]:
    """At most three public posts near to `post`, nearest first, without it and those `beside` it."""
    shared = _rarity_shared(post)
    near = search.alike(post)
    fit = {other for other, closeness in near.items() if closeness >= WORDS_ALONE} | shared.keys()
    ranked = sorted(fit - {post.id, *beside}, key=lambda other: (-shared[other], -near.get(other, 0.0), -other))[:MOST]
    found = {
        other.id: other for other in db.session.scalars(archive.titles(archive.published()).where(Post.id.in_(ranked)))
    }
    return [found[other] for other in ranked if other in found]


def _rarity_shared(post: Post) -> Counter[int]:
    """For each post that shares a tag with `post`: the sum of log(posts / posts with the tag) over those tags."""
    names = post.tags
    if not names:
        return Counter()
    public = archive.published().with_only_columns(Post.id).order_by(None)
    tagged = select(Tag.name, Tag.post_id).where(Tag.name.in_(names), Tag.post_id.in_(public))
    posts = db.session.scalar(select(func.count()).select_from(public.subquery())) or 0
    pairs = [(name, post_id) for name, post_id in db.session.execute(tagged)]
    holders = Counter(name for name, _ in pairs)
    weights: Counter[int] = Counter()
    for name, post_id in pairs:
        weights[post_id] += log((posts + 1) / holders[name])  # type: ignore[assignment]
    return weights
