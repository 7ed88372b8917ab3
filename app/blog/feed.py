"""The Atom feed: whole posts with absolute addresses, each live demo replaced by a link to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from html import escape

from flask import render_template, url_for

from app.blog.addresses import absolute, with_absolute_addresses
from app.blog.markdown import without_demos
from app.blog.models import Post
from app.blog.sanitiser import without_heading_links

NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Entry:
    url: str
    title: str
    summary: str
    tags: list[str]
    published: datetime
    updated: datetime
    html: str


def atom(posts: list[Post]) -> str:
    """The feed of `posts` as XML."""
    entries = [_entry(post) for post in posts]
    updated = max((entry.updated for entry in entries), default=None)
    home = absolute(url_for("blog.home"))
    xml = render_template("blog/feed.xml", entries=entries, updated=updated, home=home)
    return NO_XML.sub("", xml)


def _entry(post: Post) -> Entry:
    url = absolute(url_for("blog.post", slug=post.slug))
    link = f'<p><a href="{escape(url)}">This is a live demo: run it in the post.</a></p>'
    html = without_demos(without_heading_links(post.html), lambda name: link)
    html = with_absolute_addresses(html, url)
    published = post.published_at or post.updated_at
    return Entry(url, post.title, post.description, post.tags, published, max(post.updated_at, published), html)
