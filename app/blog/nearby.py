"""What a reader may have meant: posts for an address where nothing is, tags for words that were not found."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from urllib.parse import unquote

from sqlalchemy.exc import SQLAlchemyError

from app.blog import archive, search
from app.blog.models import Post
from app.db import db

MOST = 5
LONGEST_PATH = 200
WORD = re.compile(r"[^\W_]{3,}")
NO_WORDS = {"posts", "post", "tags", "tag", "series", "html", "php", "the", "and", "for", "www", "index"}


def meant(path: str) -> list[Post]:
    """At most five posts and pages that the address `path` may be meant for, the likeliest first.

    Asked for on the page of an error, so it makes none: where there is no database there are no suggestions.
    """
    try:
        return _meant(unquote(path)[:LONGEST_PATH])
    except SQLAlchemyError:
        db.session.rollback()
        return []


def near_tags(words: str, tags: Iterable[str]) -> list[str]:
    """Those of `tags` that are written much like one of `words`, or have it in them."""
    by_form = {tag.casefold(): tag for tag in tags}
    found: dict[str, None] = {}
    for word in words.casefold().split()[: search.MOST_WORDS]:
        inside = [form for form in by_form if len(word) > 2 and (word in form or form in word)]
        found |= dict.fromkeys(inside + get_close_matches(word[:60], by_form, n=MOST, cutoff=0.7))
    return [by_form[form] for form in list(found)[:MOST]]


def _meant(path: str) -> list[Post]:
    last = path.rstrip("/").rpartition("/")[2].removesuffix(".md").removesuffix(".html")
    texts = {post.slug: post for post in db.session.scalars(archive.titles(archive.public()))}
    slugs = get_close_matches(last, texts, n=MOST, cutoff=0.72)
    words = [word for word in WORD.findall(path.casefold()) if word not in NO_WORDS]
    by_id = {post.id: post for post in texts.values()}
    found = [by_id[post_id] for post_id in search.about(words)] if words else []
    return list(dict.fromkeys([*(texts[slug] for slug in slugs), *found]))[:MOST]
