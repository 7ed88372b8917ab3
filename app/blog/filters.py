"""What templates do to words: dates as readers write them, beginnings of posts, plain text."""

from __future__ import annotations

import re
from datetime import datetime

from flask import Flask
from markupsafe import Markup

from app.blog.models import Post

ANNOTATION = re.compile(r"<annotation.*?</annotation>", re.DOTALL)
LONGEST = 160  # characters that search engines show


def init_app(app: Flask) -> None:
    app.jinja_env.filters |= {"day": day, "day_of_year": day_of_year, "teaser": teaser, "plain": plain, "count": count}


def day(date: datetime) -> str:
    """23 November 2026"""
    return f"{date.day} {date:%B %Y}"


def day_of_year(date: datetime) -> str:
    """23 November"""
    return f"{date.day} {date:%B}"


def teaser(post: Post, url: str) -> Markup:
    """The excerpt, with "Read more…" at the end of its last paragraph."""
    about = Markup('<span class="visually-hidden"> of {}</span>').format(post.title)
    link = Markup('<a href="{}">Read more…{}</a>').format(url, about)
    text = post.excerpt_html
    if text.endswith("</p>"):
        return Markup(text.removesuffix("</p>")) + " " + link + Markup("</p>")
    return Markup(text) + Markup("<p>{}</p>").format(link)


def plain(html: str) -> str:
    """The text of a piece of HTML on one line, at most as long as a search engine shows."""
    text = Markup(ANNOTATION.sub("", html)).striptags()
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + "…"


def count(number: int, one: str, many: str = "") -> str:
    """One post, 2 posts."""
    return f"One {one}" if number == 1 else f"{number} {many or one + 's'}"
