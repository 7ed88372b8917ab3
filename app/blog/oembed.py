"""What other sites are told of a post: its title, who wrote it, and its card where there is room for it."""

from __future__ import annotations

from typing import Any

from app.blog import archive, former
from app.blog.cards import card
from app.blog.models import Post
from app.errors import NotFound
from app.oembed import Question
from app.site import present


def describe(question: Question) -> dict[str, Any]:
    """The post as a link with a picture. Raises NotFound where there is none that readers may see."""
    post = _post(question.args["slug"])
    site = present()
    told: dict[str, Any] = {
        "type": "link",
        "title": post.title,
        "author_name": site.AUTHOR or site.NAME,
        "author_url": question.site,
    }
    if question.fits(card.WIDTH, card.HEIGHT):
        told["thumbnail_url"] = question.absolute(card.address(post))
        told |= {"thumbnail_width": card.WIDTH, "thumbnail_height": card.HEIGHT}
    return told


def _post(slug: str) -> Post:
    """The post at this address, or the one that once was. Raises NotFound."""
    post = archive.at(slug) or former.leads_to(slug)
    if post is None or post.kind != "post":
        raise NotFound("There is no post at this address.")
    return post


ENDPOINTS = {"blog.post": describe}
