"""Writing posts: create, save, restore, delete, render anew. Rendering happens here and never while a page is read."""

from __future__ import annotations

import logging
from dataclasses import replace
from itertools import chain, count
from typing import TYPE_CHECKING, Any

from flask import current_app
from sqlalchemy import func, select

from app.blog import archive, copies, former, rendering, revisions, search
from app.blog.conflicts import EditConflict
from app.blog.draft import Rendered
from app.blog.manuscript import Manuscript, refuse, slug_of, tags_of
from app.blog.models import DeletedPost, Post, Tag
from app.db import db, now, writing
from app.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

log = logging.getLogger(__name__)

COPIED = "kind title slug source description series part status published_at updated_at lang cover cover_alt extra"
RESTORED = "title source description series lang cover cover_alt"  # a revision’s; address, state and date stay


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


def create(manuscript: Manuscript, *, kind: str = "manual", author: str = "", copy: int = 0, rev: int = 0) -> Post:
    """A new post, and its first revision, made of the working copy `copy` as of `rev`. Raises InvalidInput."""
    refuse(settled(manuscript).check())
    outcome = _outcome(manuscript)
    manuscript = settled(manuscript)  # the clock is read after the rendering, which takes its time
    post = Post(version=1)
    with writing() as session:
        _refuse_taken(manuscript, None)
        post.id = _unused_number(session)
        _fill(post, manuscript, outcome)
        session.add(post)
        session.flush()
        former.keep(session, post, manuscript.aliases)
        search.put(session, post)
        revisions.write(session, post, _kind(kind, manuscript, None), author)
        copies.consume_text(session, copy, rev)
    return post


def save(
    post_id: int, version: int, manuscript: Manuscript, *, kind: str = "manual", author: str = "", rev: int = 0
) -> Post:
    """The post with what the author made of `version`, and a revision of it; its working copy, as of `rev`, is none
    any more. Raises InvalidInput, EditConflict, NotFound."""
    refuse(settled(manuscript).check())
    outcome = _outcome(manuscript)
    manuscript = settled(manuscript)  # the clock is read after the rendering, which takes its time
    with writing() as session:
        post = get(post_id)
        if post.version != version:
            raise EditConflict(post)
        _refuse_taken(manuscript, post.id)
        revisions.write_first(session, post)
        kind, known = _kind(kind, manuscript, post), (post.slug,) if archive.is_public(post.id) else ()
        former.keep(session, post, known + manuscript.aliases)
        _fill(post, manuscript, outcome)
        post.version += 1
        search.put(session, post)
        revisions.write(session, post, kind, author)
        copies.consume(session, post, rev)
    return post


def restore(post_id: int, version: int, number: int, author: str = "") -> Post:
    """The post with the text of its revision `number`, as a new revision: so this too can be taken back.

    Raises as `save` does.
    """
    post, revision = get(post_id), revisions.get(post_id, number)
    said = {"source": revision.source, **revision.fields}
    shown = {"tags": ", ".join(post.tags), "part": str(post.part or "")}
    words: dict[str, Any] = {name: said[name] for name in RESTORED.split() if name in said}
    tags = tuple(post.tags) if said["tags"] == shown["tags"] else tags_of(said["tags"])
    part = int(said["part"]) if said["part"].isdecimal() else None
    manuscript = replace(Manuscript(**{name: getattr(post, name) for name in COPIED.split()}), **words)
    manuscript = replace(manuscript, tags=tags, part=part, updated_at=None)
    return save(post_id, version, manuscript, kind="restore", author=author)


def delete(post_id: int, version: int | None = None) -> None:
    """Takes a post away with all that is kept of it. Raises EditConflict where it is not `version` any more."""
    with writing() as session:
        post = get(post_id)
        if version is not None and post.version != version:
            raise EditConflict(post)
        session.add(DeletedPost(id=post.id))
        session.delete(post)
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


def beside(manuscript: Manuscript) -> Manuscript:
    """A text of a post that stays as it is, as a draft of its own, under the first address that is free."""
    wanted = settled(manuscript).slug
    numbered = (f"{wanted[:110]}-{number}" for number in count(2))
    slug = next(slug for slug in chain([wanted], numbered) if former.refusal(slug, None) is None)
    return replace(manuscript, slug=slug, status="draft", published_at=None)


def settled(manuscript: Manuscript) -> Manuscript:
    """What the author left open: the address from the title, the dates from the clock."""
    at = now().replace(microsecond=0)
    appears = manuscript.published_at or (at if manuscript.status == "published" else None)
    changed = (manuscript.updated_at or at).replace(microsecond=0)
    slug = manuscript.slug or slug_of(manuscript.title)
    return replace(manuscript, slug=slug, published_at=appears, updated_at=changed)


def _kind(kind: str, manuscript: Manuscript, before: Post | None) -> str:
    """A save by which a text comes out is a revision of its own kind."""
    comes_out = manuscript.status == "published" and (before is None or before.status != "published")
    return "publish" if kind == "manual" and comes_out else kind


def _unused_number(session: Session) -> int:
    highest = (session.scalar(select(func.max(number))) or 0 for number in (Post.id, DeletedPost.id))
    return max(highest) + 1


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
