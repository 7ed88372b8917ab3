"""The readers' pages: home, a post, a tag. None sets a cookie; all answer 304 when they can."""

from __future__ import annotations

import re
from datetime import datetime

from flask import Blueprint, Response, current_app, render_template, request
from markupsafe import Markup

from app.blog import archive
from app.blog.models import Post

bp = Blueprint("blog", __name__)

ANNOTATION = re.compile(r"<annotation.*?</annotation>", re.DOTALL)


@bp.get("/")
def home() -> str:
    size = current_app.config["SETTINGS"].PAGE_SIZE
    page = archive.page(request.args.get("page", 1, int), size)
    return render_template("blog/home.html", page=page, posts=page.items, lengths=archive.series_lengths())


@bp.get("/posts/<slug>")
def post(slug: str) -> str:
    post = archive.post(slug)
    earlier, later = archive.neighbours(post)
    series = archive.series_of(post)
    return render_template("blog/post.html", post=post, series=series, earlier=earlier, later=later)


@bp.get("/tags/<tag>")
def tag(tag: str) -> str:
    return render_template("blog/tag.html", tag=tag, posts=archive.tagged(tag), lengths=archive.series_lengths())


@bp.after_request
def revalidate(response: Response) -> Response:
    """Browsers ask every time whether a page has changed; mostly the answer is a bare 304."""
    if response.status_code == 200:
        response.headers["Cache-Control"] = "no-cache"
        response.add_etag()
        response.make_conditional(request)
    return response


@bp.app_template_filter("day")
def day(date: datetime) -> str:
    """23 November 2026"""
    return f"{date.day} {date:%B %Y}"


@bp.app_template_filter("teaser")
def teaser(post: Post, url: str) -> Markup:
    """The excerpt, with "Read more…" at the end of its last paragraph."""
    about = Markup('<span class="visually-hidden"> of {}</span>').format(post.title)
    link = Markup('<a href="{}">Read more…{}</a>').format(url, about)
    text = post.excerpt_html
    if text.endswith("</p>"):
        return Markup(text.removesuffix("</p>")) + " " + link + Markup("</p>")
    return Markup(text) + Markup("<p>{}</p>").format(link)


@bp.app_template_filter("plain")
def plain(html: str) -> str:
    """The text of a piece of HTML on one line, at most as long as a search engine shows."""
    text = Markup(ANNOTATION.sub("", html)).striptags()
    return text if len(text) <= 160 else text[:160].rsplit(" ", 1)[0] + "…"
