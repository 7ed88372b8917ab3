"""Writing posts: create, save, delete, render anew. Rendering happens here and never while a page is read."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

from flask import current_app
from sqlalchemy import select

from app.blog import archive, former, rendering, search
from app.blog.draft import Rendered
from app.blog.manuscript import Manuscript, refuse, slug_of
from app.blog.models import Post, Tag
from app.db import db, now, writing
from app.errors import Conflict, InvalidInput, NotFound

log = logging.getLogger(__name__)

COPIED = "kind title slug source description series part status published_at updated_at lang cover cover_alt extra"


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
    return rendering.rendered(source)


def get(post_id: int) -> Post:
    """Any post, drafts too: for its author only."""
    post = db.session.get(Post, post_id)
    if post is None:
        raise NotFound("There is no such post; it may have been deleted.")
    return post


def everything() -> list[Post]:
    """All posts, drafts too, the one changed last first."""
    return list(db.session.scalars(archive.light(select(Post)).order_by(Post.updated_at.desc(), Post.id.desc())))


def create(manuscript: Manuscript) -> Post:
    """A new post. Raises InvalidInput."""
    refuse(settled(manuscript).check())
    outcome = _outcome(manuscript)
    manuscript = settled(manuscript)  # the clock is read after the rendering, which takes its time
    post = Post(version=1)
    with writing() as session:
        _refuse_taken(manuscript, None)
        _fill(post, manuscript, outcome)
        session.add(post)
        session.flush()
        former.keep(session, post, manuscript.aliases)
        search.put(session, post)
    return post


def save(post_id: int, version: int, manuscript: Manuscript) -> Post:
    """The post with what the author made of `version`. Raises InvalidInput, EditConflict, NotFound."""
    refuse(settled(manuscript).check())
    outcome = _outcome(manuscript)
    manuscript = settled(manuscript)  # the clock is read after the rendering, which takes its time
    with writing() as session:
        post = get(post_id)
        if post.version != version:
            raise EditConflict(post)
        _refuse_taken(manuscript, post.id)
        known = (post.slug,) if archive.is_public(post.id) else ()
        former.keep(session, post, known + manuscript.aliases)
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
    key, renewed = rendering.render_key(), 0
    stale = db.session.execute(select(Post.id, Post.source, Post.cover).where(Post.render_key != key)).all()
    for post_id, source, cover in stale:
        try:
            outcome = rendering.rendered_to_keep(source, cover)
        except InvalidInput as refusal:
            log.warning("post %s stays as it was rendered: %s", post_id, refusal.message)
            continue
        with writing() as session:
            post = session.get(Post, post_id)
            if post is not None and post.source == source:
                _show(post, outcome)
                search.put(session, post)
                renewed += 1
    return renewed


def take_in_words() -> int:
    """Makes posts findable that are older than the search; how many."""
    with writing() as session:
        return search.catch_up(session)


def settled(manuscript: Manuscript) -> Manuscript:
    """What the author left open: the address from the title, the dates from the clock."""
    at = now().replace(microsecond=0)
    appears = manuscript.published_at or (at if manuscript.status == "published" else None)
    changed = (manuscript.updated_at or at).replace(microsecond=0)
    slug = manuscript.slug or slug_of(manuscript.title)
    return replace(manuscript, slug=slug, published_at=appears, updated_at=changed)


def _outcome(manuscript: Manuscript) -> Rendered:
    """The page that is kept with a post. Raises InvalidInput for one that readers should not see as it is."""
    outcome = rendering.rendered_to_keep(manuscript.source, manuscript.cover)
    if manuscript.status == "published":
        refuse(rendering.refusal(outcome))
    return outcome


def _refuse_taken(manuscript: Manuscript, post_id: int | None) -> None:
    problems = {}
    if sentence := former.refusal(manuscript.slug, post_id):
        problems["slug"] = sentence
    elif manuscript.kind == "page" and manuscript.slug in _own_addresses():
        problems["slug"] = f"The site itself uses the address “{manuscript.slug}”."
    if sentence := next(filter(None, (former.refusal(alias, post_id) for alias in manuscript.aliases)), None):
        problems["aliases"] = sentence
    refuse(problems)


def _own_addresses() -> set[str]:
    """The first parts of the addresses that the site answers without any post."""
    return {rule.rule.split("/")[1] for rule in current_app.url_map.iter_rules()}


def _fill(post: Post, manuscript: Manuscript, outcome: Rendered) -> None:
    for name in COPIED.split():
        setattr(post, name, getattr(manuscript, name))
    kept: dict[str, Any] = {label.name: label for label in post.labels}
    post.labels = [kept.get(name) or Tag(name=name) for name in manuscript.tags]
    for position, label in enumerate(post.labels):
        label.position = position
    _show(post, outcome)


def _show(post: Post, outcome: Rendered) -> None:
    post.html, post.contents, post.excerpt_html = outcome.html, outcome.contents, outcome.excerpt_html
    post.word_count, post.demos, post.render_key = outcome.words, list(outcome.demos), rendering.render_key()
