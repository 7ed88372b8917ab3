"""What robots are told: every address that readers may find, when it changed; and what is not worth their visit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, current_app, render_template, url_for

from app.blog import archive
from app.blog.addresses import absolute, path_of
from app.blog.manuscript import slug_of
from app.blog.models import Post
from app.blog.views import revalidate
from app.db import db

Places = Callable[[], Iterable[str]]
CLOSED = ("/admin", "/api/", "/jobs/", "/search")  # the author's, programs', readers' own runs, and no text of its own

bp = Blueprint("sitemap", __name__)
bp.after_request(revalidate)


@dataclass(frozen=True)
class Place:
    """An address, and when what is there last changed, where that is known."""

    address: str
    changed: datetime | None


@bp.get("/sitemap.xml")
def sitemap() -> Response:
    """All addresses in one file, which may hold 50,000 of them (sitemaps.org)."""
    return Response(render_template("blog/sitemap.xml", places=list(_places())), mimetype="application/xml")


@bp.get("/robots.txt")
def robots() -> Response:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    text = "\n".join([*lines, "", f"Sitemap: {absolute(url_for('sitemap.sitemap'))}", ""])
    return Response(text, mimetype="text/plain")


def _places() -> Iterator[Place]:
    texts = list(db.session.scalars(archive.light(archive.public())))
    posts = [text for text in texts if text.kind == "post"]
    for endpoint in ("blog.home", "blog.archive", "blog.tags"):
        yield Place(absolute(url_for(endpoint)), max(map(_changed, posts), default=None))
    yield from (Place(absolute(path_of(text)), _changed(text)) for text in texts)
    for tag in sorted({tag for post in posts for tag in post.tags}):
        changed = max(_changed(post) for post in posts if tag in post.tags)
        yield Place(absolute(url_for("blog.tag", tag=tag)), changed)
    for series in sorted({post.series for post in posts if slug_of(post.series)}):
        changed = max(_changed(post) for post in posts if post.series == series)
        yield Place(absolute(url_for("blog.series", slug=slug_of(series))), changed)
    elsewhere: Places = current_app.extensions["blog.places"]
    yield from (Place(absolute(address), None) for address in elsewhere())


def _changed(post: Post) -> datetime:
    """A post that was written ahead changes for its readers when it appears."""
    return max(post.updated_at, post.published_at or post.updated_at)
