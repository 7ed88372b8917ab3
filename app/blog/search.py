"""Full-text search by SQLite's FTS5: the one module of the blog that speaks a database's own language.

Every post has a row of words here, drafts too, written in the transaction that writes the post. What readers may
find is decided by `archive.public()`, so a post whose time comes is found without anything being written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape

from markupsafe import Markup, escape
from sqlalchemy import DDL, ColumnElement, Row, Select, bindparam, column, event, func, literal_column, select, table
from sqlalchemy.orm import Session

from app.blog import archive
from app.blog.markdown import without_demos
from app.blog.models import Post
from app.db import db
from app.errors import NotFound

LONGEST_QUERY = 200
MOST_WORDS = 12
LEAST = 3  # letters of a beginning
MOST_WORDS_ALIKE = 40
PAGE_SIZE = 10
SNIPPET_WORDS = 32
RANK = "bm25(post_words, 10.0, 4.0, 6.0, 1.0)"  # a word in the title says most, then a tag; smaller is nearer
ON, OFF = "\x02", "\x03"  # around a word that was found; no text has them

WORDS = table("post_words", *map(column, ("rowid", "title", "description", "tags", "text")))
HERE: ColumnElement[str] = literal_column("post_words")
# What a page of hits says: columns, not whole posts, whose making would cost as much again; put together once.
CUT = (
    select(Post.id, Post.kind, Post.slug, Post.lang, Post.published_at)
    .add_columns(*(func.highlight(HERE, place, ON, OFF) for place in (0, 1)))
    .add_columns(func.snippet(HERE, 3, ON, OFF, "…", SNIPPET_WORDS))
    .join(WORDS, WORDS.c.rowid == Post.id)
    .where(HERE.op("MATCH")(bindparam("match")), WORDS.c.rowid.in_(bindparam("ids", expanding=True)))
)
CREATE = """
CREATE VIRTUAL TABLE IF NOT EXISTS post_words USING fts5(
    title, description, tags, text, tokenize = "unicode61 remove_diacritics 2", prefix = "3"
)
"""
# The rows of a fresh schema, as in the tests; a site gets the same from its migrations.
event.listen(Post.__table__, "after_create", DDL(CREATE).execute_if(dialect="sqlite"))
event.listen(Post.__table__, "before_drop", DDL("DROP TABLE IF EXISTS post_words").execute_if(dialect="sqlite"))

UNSEEN = re.compile(
    r'<annotation.*?</annotation>|<a class="(?:headerlink|footnote-backref)".*?</a>|<sup id="fnref.*?</sup>'
    r"|[\x00-\x08\x0e-\x1f]",
    re.DOTALL,
)
WORD = re.compile(r"[^\W_]{3,}")
INLINE = re.compile(r"</?(?:a|abbr|b|code|em|i|kbd|mark|m[a-z]+|s|small|span|strong|sub|sup|u)\b[^>]*>")
MARKUP = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Hit:
    """What is said of a post that was found; the words that found it are marked in `title` and `words`."""

    kind: str
    slug: str
    lang: str
    published_at: datetime
    tags: list[str]
    title: Markup
    words: Markup


@dataclass(frozen=True)
class Results:
    """One page of what was found. `whole` is false when no post has all of the words, and these have some."""

    hits: list[Hit]
    total: int
    page: int
    whole: bool = True

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE_SIZE))


def find(query: str, page: int = 1) -> Results:
    """What readers may read that has the words of `query`, nearest first. Raises NotFound behind the last page.

    Nothing that can be typed is an error: every word is quoted. The last one need not be whole.
    """
    phrases = phrases_of(query)
    match, whole = " ".join(phrases), True
    nearest, total = _nearest(match, page)
    if not total and len(phrases) > 1:
        match, whole = " OR ".join(phrases), False
        nearest, total = _nearest(match, page)
    if not 1 <= page <= max(1, -(-total // PAGE_SIZE)):
        raise NotFound("There is no such page of what was found.")
    return Results(_hits(match, nearest) if nearest else [], total, page, whole)


def phrases_of(query: str) -> list[str]:
    """The words of `query` as FTS5 takes them literally; the last also as the beginning of a longer one, from three
    letters on: fewer begin half of all words."""
    chunks = [chunk for chunk in query[:LONGEST_QUERY].replace("\0", " ").split() if any(map(str.isalnum, chunk))]
    phrases = ['"{}"'.format(chunk.replace('"', '""')) for chunk in chunks[:MOST_WORDS]]
    return phrases[:-1] + [f"{phrase} *" if len(phrase) >= LEAST + 2 else phrase for phrase in phrases[-1:]]


def alike(post: Post) -> dict[int, float]:
    """How near other posts come to `post` by the words of its title and description: bm25, larger is nearer."""
    words = dict.fromkeys(WORD.findall(f"{post.title} {post.description}".casefold()))
    return {other: -rank for other, rank in _ranked(_any_of(words, "title description"), archive.published())}


def about(words: Iterable[str]) -> list[int]:
    """The public posts and pages with one of `words` in their title, description or tags, nearest first."""
    return [post_id for post_id, _ in _ranked(_any_of(words, "title description tags"), archive.public())]


def put(session: Session, post: Post) -> None:
    """Makes `post` found by the words it now has; part of the transaction that `session` is in."""
    forget(session, post.id)
    words = {"title": post.title, "description": post.description, "tags": " ".join(post.tags)}
    session.execute(WORDS.insert().values(rowid=post.id, text=text_of(post.html), **words))


def forget(session: Session, post_id: int) -> None:
    session.execute(WORDS.delete().where(WORDS.c.rowid == post_id))


def catch_up(session: Session) -> int:
    """Takes in the posts that have no words here yet, as after an upgrade; how many."""
    missing = session.scalars(select(Post).where(Post.id.not_in(select(WORDS.c.rowid)))).all()
    for post in missing:
        put(session, post)
    return len(missing)


def text_of(html: str) -> str:
    """The words of rendered `html` on one line: code too, but neither markup nor live demos nor TeX."""
    words = MARKUP.sub(" ", INLINE.sub("", UNSEEN.sub("", without_demos(html, lambda name: ""))))
    return " ".join(unescape(words).split())


def _nearest(match: str, page: int) -> tuple[list[int], int]:
    """The posts on one page of what fits an expression of FTS5, nearest first, and how many fit it in all. They are
    ranked and counted in one pass, and only those of the page come out of the database."""
    if not match:
        return [], 0
    fit = _fit(match, archive.public()).cte("fit").prefix_with("MATERIALIZED")
    total = select(func.count()).select_from(fit).scalar_subquery()
    behind = max(0, page - 1) * PAGE_SIZE
    found = select(fit.c.rowid, total).order_by(fit.c.rank, fit.c.rowid.desc()).limit(PAGE_SIZE).offset(behind)
    rows = db.session.execute(found).all()
    if not rows and behind:  # a page too far: how far is not said by a row
        return [], db.session.scalar(select(total)) or 0
    return [post_id for post_id, _ in rows], rows[0][1] if rows else 0


def _ranked(match: str, among: Select[Post]) -> Sequence[Row[int, float]]:
    """Ids and ranks of all that fit an expression of FTS5, nearest first."""
    if not match:
        return []
    found = _fit(match, among).order_by(literal_column("rank"), WORDS.c.rowid.desc())
    return db.session.execute(found).all()


def _fit(match: str, among: Select[Post]) -> Select[int, float]:
    rank: ColumnElement[float] = literal_column(RANK)
    return select(WORDS.c.rowid, rank.label("rank")).where(_matches(match), _is_among(among))


def _is_among(posts: Select[Post]) -> ColumnElement[bool]:
    """The plus keeps SQLite from looking each of the posts up in the index of words: it goes through that once."""
    rowid: ColumnElement[int] = literal_column("+post_words.rowid")
    return rowid.in_(posts.with_only_columns(Post.id).order_by(None))


def _any_of(words: Iterable[str], columns: str) -> str:
    """An expression of FTS5 for one of `words`, which are letters and digits alone, or for one that begins so."""
    quoted = [f'"{word}" *' for word in list(words)[:MOST_WORDS_ALIKE]]
    return f"{{{columns}}} : ({' OR '.join(quoted)})" if quoted else ""


def _hits(match: str, ids: list[int]) -> list[Hit]:
    """Snippets are cut for the posts of one page only: they cost more than finding them."""
    found = {row[0]: row[1:] for row in db.session.execute(CUT, {"match": match, "ids": ids})}
    tags = archive.tags_of(ids)
    return [_hit(tags[post_id], *found[post_id]) for post_id in ids if post_id in found]


def _hit(
    tags: list[str], kind: str, slug: str, lang: str, published_at: datetime, title: str, about: str, snippet: str
) -> Hit:
    words = snippet if ON in snippet or not about else about
    return Hit(kind, slug, lang, published_at, tags, _marked(title), _marked(words))


def _marked(text: str) -> Markup:
    return Markup(str(escape(text)).replace(ON, "<mark>").replace(OFF, "</mark>"))


def _matches(match: str) -> ColumnElement[bool]:
    return HERE.op("MATCH")(match)
