"""A text as a page of this site: drafted in time, with its pictures, its demos, and what it links to."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import sha256
from urllib.parse import unquote, urlsplit

from flask import current_app
from sqlalchemy import select

from app.blog import archive
from app.blog.benches import KeptBenches
from app.blog.draft import Draft, Rendered
from app.blog.filling import Embed, filled
from app.blog.lines import with_lines
from app.blog.markdown import renderer_version
from app.blog.models import FormerAddress, Post
from app.blog.patience import draft_in_time
from app.blog.pictures import shelf
from app.db import db

POST = re.compile(r"/posts/([^/]+)")
NO_ALT = "Say in its alt text what each picture shows before readers see this post: {}."


def rendered(source: str) -> Rendered:
    """`source` as its page would show it. Raises InvalidInput where that takes too long."""
    return _filled(draft_in_time(source), embed())


def previewed(source: str) -> Rendered:
    """The same while it is written: blocks say their line, and benches are as an earlier preview had them."""
    draft = draft_in_time(source, lined=True)
    kept: KeptBenches = current_app.extensions.setdefault("blog.benches", KeptBenches())
    outcome = _filled(draft, kept.drawer(embed()))
    return replace(outcome, html=with_lines(outcome.html, draft.mark))


def rendered_to_keep(source: str, cover: str = "") -> Rendered:
    """The same for a text that is being saved: the site's own figures in it are kept in all widths first."""
    shelf.take_in_figures(f"{source}\n{cover}")
    return rendered(source)


def refusal(outcome: Rendered) -> dict[str, str]:
    """What keeps a text from being published: pictures that say nothing to those who cannot see them."""
    lines = [f"line {line}" for line in outcome.without_alt]
    listed = " and ".join(filter(None, [", ".join(lines[:-1]), *lines[-1:]]))
    return {"source": NO_ALT.format(listed)} if lines else {}


def render_key() -> str:
    """Changes whenever a stored page could come out differently: with the renderer, the demos and the figures."""
    made_with = (renderer_version(), getattr(embed(), "fingerprint", ""), shelf.figures_version())
    return sha256(" ".join(made_with).encode()).hexdigest()[:16]


def embed() -> Embed:
    handed: Embed = current_app.extensions["blog.embed"]
    return handed


def _filled(draft: Draft, embed: Embed) -> Rendered:
    pictures = shelf.found(image.text for image in draft.images)
    posts = _posts() if draft.links else set()
    return filled(draft, embed, pictures.get, lambda address: _exists(address, posts))


def _posts() -> set[str]:
    """The slugs under /posts that lead readers to a post, at once or from an earlier address."""
    public = archive.public().with_only_columns(Post.id, Post.slug).subquery()
    former = select(FormerAddress.slug).join(public, FormerAddress.post_id == public.c.id)
    return {*db.session.scalars(select(public.c.slug)), *db.session.scalars(former)}


def _exists(address: str, posts: set[str]) -> bool:
    """False for a post that readers could not open and a picture that is not there; the rest is not known here."""
    path = unquote(urlsplit(address).path)
    post = POST.fullmatch(path)
    return post[1] in posts if post else not shelf.is_missing(path)
