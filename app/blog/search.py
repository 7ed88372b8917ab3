"""Full-text search by SQLite's FTS5: the one module of the blog that speaks a database's own language.

Every post has a row of words here, drafts too, written in the transaction that writes the post. What readers may
find is decided by `archive.public()`, so a post whose time comes is found without anything being written.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from sqlalchemy import DDL, column, event, table, text

from app.blog.markdown import without_demos
from app.blog.models import Post

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

WORDS = table("post_words", column("rowid"), column("title"), column("description"), column("tags"), column("text"))
CREATE = """
CREATE VIRTUAL TABLE IF NOT EXISTS post_words USING fts5(
    title, description, tags, text, tokenize = "unicode61 remove_diacritics 2", prefix = "2 3"
)
"""
# The rows of a fresh schema, as in the tests; a site gets the same from its migrations.
event.listen(Post.__table__, "after_create", DDL(CREATE).execute_if(dialect="sqlite"))
event.listen(Post.__table__, "before_drop", DDL("DROP TABLE IF EXISTS post_words").execute_if(dialect="sqlite"))

UNSEEN = re.compile(r"<annotation.*?</annotation>|<a class=\"headerlink\".*?</a>|[\x00-\x08\x0e-\x1f]", re.DOTALL)
MARKUP = re.compile(r"<[^>]*>")


def put(session: Session, post: Post) -> None:
    """Makes `post` found by the words it now has; part of the transaction that `session` is in."""
    forget(session, post.id)
    words = {"title": post.title, "description": post.description, "tags": " ".join(post.tags)}
    session.execute(WORDS.insert().values(rowid=post.id, text=text_of(post.html), **words))


def forget(session: Session, post_id: int) -> None:
    session.execute(WORDS.delete().where(WORDS.c.rowid == post_id))


def catch_up(session: Session) -> int:
    """Takes in the posts that have no words here yet, as after an upgrade; how many."""
    missing = session.query(Post).where(Post.id.not_in(text("SELECT rowid FROM post_words"))).all()
    for post in missing:
        put(session, post)
    return len(missing)


def text_of(html: str) -> str:
    """The words of rendered `html` on one line: code too, but neither markup nor live demos nor TeX."""
    words = MARKUP.sub(" ", UNSEEN.sub("", without_demos(html, lambda name: "")))
    return " ".join(unescape(words).split())
