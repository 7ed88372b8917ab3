"""Writing posts: create, save, delete, render anew. Rendering happens here and never while a page is read."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import defer

from app.blog import search
from app.blog.manuscript import Manuscript, refuse, slug_of
from app.blog.markdown import Embed, Rendered, render, renderer_version
from app.blog.models import Post, Tag
from app.db import db, now, writing
from app.errors import Conflict, InvalidInput, NotFound

COPIED = "title slug source description series part status published_at lang cover cover_alt extra"


class EditConflict(Conflict):
    """The post was saved by somebody else since it was opened; `post` is what it is now."""

    def __init__(self, post: Post) -> None:
        super().__init__("This post was changed elsewhere since you opened it. Nothing of yours is lost.")
        self.post = post


class Deleted(Conflict):
    """The post went away while it was being edited."""

    def __init__(self) -> None:
        super().__init__("This post was deleted meanwhile. Your text is here; saving makes a new post of it.")


def rendered(source: str) -> Rendered:
    """`source` as its page would show it, demos included."""
    return render(source, _embed())


def get(post_id: int) -> Post:
    """Any post, drafts too: for its author only."""
    post = db.session.get(Post, post_id)
    if post is None:
        raise NotFound("There is no such post; it may have been deleted.")
    return post


def everything() -> list[Post]:
    """All posts, drafts too, the one changed last first."""
    light = select(Post).options(defer(Post.source), defer(Post.html), defer(Post.contents))
    return list(db.session.scalars(light.order_by(Post.updated_at.desc(), Post.id.desc())))


def create(manuscript: Manuscript) -> Post:
    """A new post. Raises InvalidInput."""
    manuscript = settled(manuscript)
    refuse(manuscript.check())
    outcome = rendered(manuscript.source)
    post = Post(version=1)
    with writing() as session:
        _refuse_taken(manuscript.slug, None)
        _fill(post, manuscript, outcome)
        session.add(post)
        session.flush()
        search.put(session, post)
    return post


def save(post_id: int, version: int, manuscript: Manuscript) -> Post:
    """The post with what the author made of `version`. Raises InvalidInput, EditConflict, NotFound."""
    manuscript = settled(manuscript)
    refuse(manuscript.check())
    outcome = rendered(manuscript.source)
    with writing() as session:
        post = get(post_id)
        if post.version != version:
            raise EditConflict(post)
        _refuse_taken(manuscript.slug, post.id)
        _fill(post, manuscript, outcome)
        post.version += 1
        search.put(session, post)
    return post


def delete(post_id: int) -> None:
    with writing() as session:
        session.delete(get(post_id))
        search.forget(session, post_id)


def rerender_stale() -> int:
    """Renders again what an older renderer, or other demos, had rendered; how many posts. Versions stay."""
    key = render_key()
    stale = db.session.execute(select(Post.id, Post.source).where(Post.render_key != key)).all()
    for post_id, source in stale:
        outcome = rendered(source)
        with writing() as session:
            post = session.get(Post, post_id)
            if post is not None and post.source == source:
                _show(post, outcome)
                search.put(session, post)
    return len(stale)


def settled(manuscript: Manuscript) -> Manuscript:
    """What the author left open: the address from the title, the date of appearance from the clock."""
    appears = manuscript.published_at
    if appears is None and manuscript.status == "published":
        appears = now().replace(microsecond=0)
    return replace(manuscript, slug=manuscript.slug or slug_of(manuscript.title), published_at=appears)


def render_key() -> str:
    """Changes whenever a stored page could come out differently: with the renderer, and with the demos."""
    return sha256(f"{renderer_version()} {getattr(_embed(), 'fingerprint', '')}".encode()).hexdigest()[:16]


def _embed() -> Embed:
    embed: Embed = current_app.extensions["blog.embed"]
    return embed


def _refuse_taken(slug: str, post_id: int | None) -> None:
    other = db.session.scalar(select(Post.id).where(Post.slug == slug, Post.id != (post_id or 0)))
    if other:
        raise InvalidInput({"slug": f"Another post already has the address “{slug}”."})


def _fill(post: Post, manuscript: Manuscript, outcome: Rendered) -> None:
    for name in COPIED.split():
        setattr(post, name, getattr(manuscript, name))
    post.updated_at = (manuscript.updated_at or now()).replace(microsecond=0)
    kept: dict[str, Any] = {label.name: label for label in post.labels}
    post.labels = [kept.get(name) or Tag(name=name) for name in manuscript.tags]
    for position, label in enumerate(post.labels):
        label.position = position
    _show(post, outcome)


def _show(post: Post, outcome: Rendered) -> None:
    post.html, post.contents, post.excerpt_html = outcome.html, outcome.contents, outcome.excerpt_html
    post.word_count, post.demos, post.render_key = outcome.words, list(outcome.demos), render_key()
