"""Addresses that also work outside the site: in a feed reader, in a search engine, in somebody's notes."""

from __future__ import annotations

from typing import Protocol
from urllib.parse import urljoin, urlsplit

from flask import current_app, request, url_for


def absolute(address: str, base: str = "") -> str:
    """`address` with the site in front, seen from the page `base`; one that is none stays as it is."""
    try:
        return urljoin(urljoin(site(), base), address)
    except ValueError:  # half an IPv6 address
        return address


def absolute_srcset(srcset: str, base: str) -> str:
    """The same for each of the pictures in a `srcset`."""
    pairs = (part.split(None, 1) for part in srcset.split(",") if part.strip())
    return ", ".join(" ".join([absolute(address, base), *width]) for address, *width in pairs)


def site() -> str:
    """The address of the home page: as the settings have it, else as this request found it."""
    return (current_app.config["SETTINGS"].SITE_URL or request.url_root).rstrip("/") + "/"


def host() -> str:
    """The name of this site among all others."""
    return urlsplit(site()).hostname or "localhost"


class Placed(Protocol):
    """What an address is made of: a post, a page, or some columns of one."""

    @property
    def kind(self) -> str: ...

    @property
    def slug(self) -> str: ...


def path_of(post: Placed) -> str:
    """Where readers find `post`: posts below /posts, pages beside them."""
    return url_for("blog.standing" if post.kind == "page" else "blog.post", slug=post.slug)
