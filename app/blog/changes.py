"""What rendering stale posts again would change for their readers, without changing it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from sqlalchemy import select

from app.blog import rendering
from app.blog.models import Post
from app.db import db

SHOWN = 100  # characters of a line


@dataclass(frozen=True)
class Change:
    """Lines of a post's page that would go and come, each with the number of its line."""

    slug: str
    gone: tuple[tuple[int, str], ...]
    come: tuple[tuple[int, str], ...]

    def summary(self, most: int = 3) -> str:
        """One line about the post, and at most `most` of the lines that go and come, cut to a hundred characters."""
        if not self.gone and not self.come:
            return f"{self.slug}: the same page, by a newer renderer"
        lines = [f"{self.slug}: −{len(self.gone)} +{len(self.come)} lines"]
        lines += [f"  - {number}: {line[:SHOWN]}" for number, line in self.gone[:most]]
        lines += [f"  + {number}: {line[:SHOWN]}" for number, line in self.come[:most]]
        return "\n".join(lines)


def changes() -> Iterator[Change]:
    """One for each post that `editing.rerender_stale` would render again."""
    stale = select(Post.slug, Post.source, Post.html).where(Post.render_key != rendering.render_key())
    for slug, source, html in db.session.execute(stale.order_by(Post.slug)).all():
        yield change_of(slug, html, rendering.rendered(source).html)


def change_of(slug: str, before: str, after: str) -> Change:
    old, new = before.splitlines(), after.splitlines()
    gone: list[tuple[int, str]] = []
    come: list[tuple[int, str]] = []
    for kind, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            gone += enumerate(old[first:last], start=first + 1)
            come += enumerate(new[start:end], start=start + 1)
    return Change(slug, tuple(gone), tuple(come))
