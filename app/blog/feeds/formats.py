"""The three formats: Atom (RFC 4287), RSS 2.0 with its modules for whole texts, JSON Feed 1.1."""

from __future__ import annotations

import json
from email.utils import format_datetime
from typing import Any

from flask import render_template

from app.blog.feeds.content import NO_TEXT
from app.blog.feeds.entry import Entry, Feed
from app.site import present

JSON_FEED = "https://jsonfeed.org/version/1.1"


def atom(feed: Feed) -> str:
    return NO_TEXT.sub("", render_template("blog/feeds/atom.xml", feed=feed, title=_title(feed)))


def rss(feed: Feed) -> str:
    told = {"title": _title(feed), "date": format_datetime}
    return NO_TEXT.sub("", render_template("blog/feeds/rss.xml", feed=feed, **told))


def json_feed(feed: Feed) -> str:
    site = present()
    told = {
        "version": JSON_FEED,
        "title": _title(feed),
        "description": site.TAGLINE,
        "home_page_url": feed.home,
        "feed_url": feed.address("json"),
        "language": "en",
        "authors": [{"name": site.AUTHOR or site.NAME}],
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(_given(told) | {"items": told["items"]}, ensure_ascii=False)


def _item(entry: Entry) -> dict[str, Any]:
    told = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "image": entry.cover.url if entry.cover else "",
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "tags": entry.tags,
        "language": entry.lang,
    }
    return _given(told) | {"content_html": entry.html}


def _title(feed: Feed) -> str:
    name = present().NAME
    return f"{name}: {feed.tag}" if feed.tag else name


def _given(told: dict[str, Any]) -> dict[str, Any]:
    """What there is something to say about."""
    return {name: value for name, value in told.items() if value}
