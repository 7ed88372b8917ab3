"""What programs are told of a page in schema.org's words (JSON-LD): a post, its series, where it stands; the site."""

from __future__ import annotations

from typing import Any

from flask import url_for

from app.blog.addresses import absolute, path_of
from app.blog.archive import Series
from app.blog.cards import card
from app.blog.covers import cover_of
from app.blog.manuscript import slug_of
from app.blog.models import Post
from app.site import present

CONTEXT = "https://schema.org"


def of_site() -> dict[str, Any]:
    """The site, and how it is searched."""
    site = present()
    found = absolute(url_for("blog.search")) + "?q={words}"
    told = {
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": site.NAME,
        "description": site.TAGLINE,
        "url": absolute(url_for("blog.home")),
        "inLanguage": "en",
        "potentialAction": {"@type": "SearchAction", "target": found, "query-input": "required name=words"},
    }
    return {name: value for name, value in told.items() if value}


def of_post(post: Post, series: Series | None, description: str) -> dict[str, Any]:
    """A post with its series, and the way to it from the home page."""
    posting = _posting(post, series, description)
    if series:
        posting |= {"isPartOf": _series(series), "position": series.part}
    trail = {"@type": "BreadcrumbList", "itemListElement": _trail(post, series)}
    return {"@context": CONTEXT, "@graph": [posting, trail]}


def address_of(post: Post) -> str:
    return absolute(path_of(post))


def card_of(post: Post | None = None, series: Series | None = None) -> str:
    """The address of a post's card, or the site's."""
    return absolute(card.address(post, series))


def _posting(post: Post, series: Series | None, description: str) -> dict[str, Any]:
    url, cover = absolute(path_of(post)), cover_of(post)
    published = post.published_at or post.updated_at
    told: dict[str, Any] = {
        "@type": "BlogPosting" if post.kind == "post" else "WebPage",
        "@id": url,
        "url": url,
        "headline" if post.kind == "post" else "name": post.title,
        "description": description,
        "datePublished": published.isoformat(),
        "dateModified": max(post.updated_at, published).isoformat(),
        "inLanguage": post.lang,
        "image": [card_of(post, series), *([absolute(cover.address, url)] if cover else [])],
        "author": _author(),
    }
    if post.kind == "post":
        told |= {"wordCount": post.word_count, "timeRequired": f"PT{post.minutes}M", "keywords": post.tags}
    return {name: value for name, value in told.items() if value}


def _author() -> dict[str, str]:
    """Who writes here: a person with a name, or the site itself."""
    site = present()
    kind = "Person" if site.AUTHOR else "Organization"
    return {"@type": kind, "name": site.AUTHOR or site.NAME, "url": absolute(url_for("blog.home"))}


def _series(series: Series) -> dict[str, str]:
    told = {"@type": "CreativeWorkSeries", "name": series.title}
    slug = slug_of(series.title)
    return told | ({"url": absolute(url_for("blog.series", slug=slug))} if slug else {})


def _trail(post: Post, series: Series | None) -> list[dict[str, Any]]:
    steps = [(present().NAME, absolute(url_for("blog.home")))]
    if series and slug_of(series.title):
        steps.append((series.title, _series(series)["url"]))
    steps.append((post.title, absolute(path_of(post))))
    return [
        {"@type": "ListItem", "position": place, "name": name, "item": url}
        for place, (name, url) in enumerate(steps, start=1)
    ]
