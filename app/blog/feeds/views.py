"""Where the feeds are: of all posts, and of those with one tag; each answers 304 when nothing is new."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response
from sqlalchemy import select

from app.blog import archive
from app.blog.feeds import formats
from app.blog.feeds.entry import Feed, feed_of
from app.blog.models import Tag
from app.blog.views import revalidate
from app.db import db
from app.errors import NotFound

FORMS: dict[str, tuple[str, str, Callable[[Feed], str]]] = {
    "atom": ("feed.xml", "application/atom+xml", formats.atom),
    "rss": ("rss.xml", "application/rss+xml", formats.rss),
    "json": ("feed.json", "application/feed+json", formats.json_feed),
}
bp = Blueprint("feeds", __name__)
bp.after_request(revalidate)


def latest(tag: str | None) -> Feed:
    """The newest posts, whole. Raises NotFound where no post has the tag."""
    if tag is None:
        return feed_of(archive.latest())
    tagged = archive.published().where(archive.Post.id.in_(select(Tag.post_id).where(Tag.name == tag)))
    posts = list(db.session.scalars(tagged.limit(archive.FEED_LENGTH)))
    if not posts:
        raise NotFound(f"No post is tagged “{tag}”.")
    return feed_of(posts, tag)


def _serve(form: str) -> None:
    file, mimetype, written = FORMS[form]

    def view(tag: str | None = None) -> Response:
        return Response(written(latest(tag)), mimetype=mimetype)

    bp.add_url_rule(f"/{file}", form, view)
    bp.add_url_rule(f"/tags/<tag>/{file}", form, view)


for form in FORMS:
    _serve(form)
