"""Which texts show a picture: posts as they were saved, what is typed and not saved, and the latest earlier texts.

What is only named in a text counts, whether or not it is shown: a picture too many is kept sooner than one is lost.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import unquote

from sqlalchemy import select

from app.blog.figures import ATTRIBUTE, IMAGE
from app.blog.models import Post, Revision, WorkingCopy
from app.blog.pictures.models import Picture
from app.db import db, now

RECENT = timedelta(days=30)  # of earlier texts: an author may still bring those back
WORD = re.compile(r"[\w./%-]+")
OWN = re.compile(r"/pictures/([0-9a-f]{32})(?=[-.])")
OWN_WHOLE = re.compile(r"/pictures/[0-9a-f]{32}[-.]")


@dataclass(frozen=True)
class Use:
    """A text that shows a picture: a `post`, a working `copy`, or the last `revision` of a post that does.

    `number` is that of the copy or of the revision.
    """

    kind: str
    title: str
    post_id: int | None
    number: int = 0


class Uses:
    """All uses of all pictures, looked up by picture."""

    def __init__(self, texts: Iterable[tuple[Use, str]]) -> None:
        self.by_key: dict[str, list[Use]] = {}
        newest = select(Picture.name, Picture.hash).order_by(Picture.created_at)
        self.meant = {name: key for name, key in db.session.execute(newest)}  # of two with one name, the last
        for use, text in texts:
            for key in names_in(text) & self.meant.keys() | set(OWN.findall(text)):
                self._note(self.meant.get(key, key), use)

    def of(self, key: str) -> list[Use]:
        """The texts that show the picture with this hash."""
        return self.by_key.get(key, [])

    def _note(self, key: str, use: Use) -> None:
        noted = self.by_key.setdefault(key, [])
        if not any((use.kind, use.post_id) == (other.kind, other.post_id) and use.post_id for other in noted):
            noted.append(use)


def uses(earlier: timedelta = RECENT) -> Uses:
    """All of them; of earlier texts, those that are no older than `earlier`."""
    return Uses([*_posts(), *_copies(), *_revisions(now() - earlier)])


def names_in(text: str) -> set[str]:
    """Every word of a text that could be a picture's name, as Markdown, HTML and addresses write it."""
    plain = html.unescape(text.replace("\\", "")) if "\\" in text or "&" in text else text
    words = set(WORD.findall(plain))
    odd = {word for word in words if "%" in word or word.startswith("./") or word.endswith(".")}
    return words - odd | {unquote(word).removeprefix("./").rstrip(".") for word in odd}


def alts_of(key: str) -> list[tuple[str, str]]:
    """What posts say that the picture with this hash shows: the post's title and its words, in no post twice."""
    said: dict[tuple[str, str], None] = {}
    shows = select(Post.title, Post.html).where(Post.html.contains(key)).order_by(Post.title)
    for title, page in db.session.execute(shows):
        for image in IMAGE.finditer(page):
            if key in image[1]:
                attributes = dict(ATTRIBUTE.findall(image[0]))
                said[title, html.unescape(attributes.get("alt", ""))] = None
    return list(said)


def _posts() -> Iterator[tuple[Use, str]]:
    columns = select(Post.id, Post.title, Post.source, Post.cover, Post.html).order_by(Post.id)
    for post_id, title, source, cover, page in db.session.execute(columns):
        # What a name meant when the page was rendered is shown there still, whatever the name means by now.
        addresses = " ".join(set(OWN_WHOLE.findall(page)))
        yield Use("post", title, post_id), f"{source}\n{cover}\n{addresses}"


def _copies() -> Iterator[tuple[Use, str]]:
    for copy in db.session.scalars(select(WorkingCopy).order_by(WorkingCopy.id)):
        if copy.fields:
            yield Use("copy", copy.title, copy.post_id, copy.id), "\n".join(map(str, copy.fields.values()))


def _revisions(since: datetime) -> Iterator[tuple[Use, str]]:
    columns = select(Revision.post_id, Revision.number, Revision.source, Revision.fields, Post.title).join(Post)
    newest = columns.where(Revision.at >= since).order_by(Revision.post_id, Revision.number.desc())
    post, seen = None, set[str]()
    for post_id, number, source, fields, title in db.session.execute(newest):
        if post_id != post:
            post, seen = post_id, set()
        lines = {*source.split("\n"), *map(str, fields.values())} - seen  # names in others were found in a later one
        seen |= lines
        yield Use("revision", title, post_id, number), "\n".join(lines)
