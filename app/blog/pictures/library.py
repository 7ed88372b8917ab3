"""The pictures as a library: what there is and where it is shown, and throwing away what is shown nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Delete, delete, select, update

from app.blog import editing
from app.blog.figures import Shown
from app.blog.models import Post
from app.blog.pictures import files, shelf
from app.blog.pictures.models import Picture
from app.blog.pictures.uses import Use, Uses, uses
from app.db import db, now, writing
from app.errors import Conflict, NotFound

PAGE = 48
DAYS = 30  # that a picture is left alone although nothing shows it: its post may still be in somebody's head

IN_USE = "This picture is shown by {}. Take it out there first; then it can be deleted."


@dataclass(frozen=True)
class Entry:
    """A picture of the library, its files, and the texts that show it."""

    picture: Picture
    shown: Shown
    uses: list[Use]


@dataclass(frozen=True)
class Leaf:
    """One page of entries, and how many pages and entries there are."""

    entries: list[Entry]
    number: int
    pages: int
    total: int


ONLY: dict[str, Callable[[Picture, Uses], bool]] = {
    "": lambda picture, where: True,
    "unused": lambda picture, where: not where.of(picture.hash),
    "silent": lambda picture, where: not picture.alt,
}


def leaf(query: str = "", only: str = "", number: int = 1) -> Leaf:
    """The pictures whose name or alt text has `query` in it, the last one first; `only` is a key of ONLY.

    Raises NotFound behind the last page.
    """
    where, wanted = uses(), query.casefold()
    found = [
        picture
        for picture in shelf.everything()
        if wanted in f"{picture.name}\n{picture.alt}".casefold() and ONLY[only](picture, where)
    ]
    pages = max(1, -(-len(found) // PAGE))
    if not 1 <= number <= pages:
        raise NotFound("There is no such page of pictures.")
    shown = found[(number - 1) * PAGE : number * PAGE]
    return Leaf([_entry(picture, where) for picture in shown], number, pages, len(found))


def entries(key: str) -> list[Entry]:
    """The picture with this hash under each of its names. Raises NotFound."""
    where = uses()
    return [_entry(picture, where) for picture in _rows(key)]


def describe(key: str, alt: str) -> None:
    """Says what the picture shows, from now on also in the posts that say nothing of their own."""
    with writing() as session:
        _rows(key)
        session.execute(update(Picture).where(Picture.hash == key).values(alt=alt))
        session.execute(update(Post).where(Post.html.contains(key)).values(render_key=""))
    editing.rerender_stale()


def throw_away(key: str) -> None:
    """Deletes a picture that no text shows. Raises Conflict, which names those that do, and NotFound."""
    with writing() as session:
        rows = _rows(key)
        if found := uses().of(key):
            raise Conflict(IN_USE.format(_listed(found)))
        names = _files_of(rows)
        session.execute(_rows_away(key))
    _remove_files(names)


def unused(days: int = DAYS) -> list[Entry]:
    """The pictures that no text shows and that nobody has taken in within so many days, each under one of its names."""
    where, since = uses(), now() - timedelta(days=days)
    newest = {picture.hash: picture for picture in reversed(shelf.everything())}
    return [
        _entry(picture, where)
        for picture in newest.values()
        if picture.created_at < since and not where.of(picture.hash)
    ]


def throw_away_unused(keys: Iterable[str], days: int = DAYS) -> int:
    """Deletes those of `keys` that are unused still; how many."""
    confirmed = set(keys)
    with writing() as session:
        names = _files_of(entry.picture for entry in unused(days) if entry.picture.hash in confirmed)
        for key in names:
            session.execute(_rows_away(key))
    _remove_files(names)
    return len(names)


def _entry(picture: Picture, where: Uses) -> Entry:
    return Entry(picture, shelf.shown(picture), where.of(picture.hash))


def _rows(key: str) -> list[Picture]:
    theirs = select(Picture).where(Picture.hash == key, ~Picture.name.startswith("/"))
    found = list(db.session.scalars(theirs.order_by(Picture.created_at.desc(), Picture.name)))
    if not found:
        raise NotFound("There is no such picture; it may have been deleted.")
    return found


def _rows_away(key: str) -> Delete:
    """The site's own figures stay, should one be the same picture."""
    return delete(Picture).where(Picture.hash == key, ~Picture.name.startswith("/"))


def _files_of(pictures: Iterable[Picture]) -> dict[str, list[str]]:
    """File names by hash."""
    return {picture.hash: [name for name, _ in picture.files] for picture in pictures}


def _remove_files(names: dict[str, list[str]]) -> None:
    """Once their rows are gone for good: whoever takes the same picture in meanwhile finds its files, or makes them."""
    with writing() as session:
        for key, kept in names.items():
            if session.scalar(select(Picture.hash).where(Picture.hash == key).limit(1)) is None:
                for name in kept:
                    files.remove(name)


def _listed(found: list[Use]) -> str:
    words = {"post": "“{}”", "copy": "what is typed and not saved of “{}”", "revision": "an earlier text of “{}”"}
    named = [words[use.kind].format(use.title or "a text without a title") for use in found]
    return " and ".join(filter(None, [", ".join(named[:-1]), *named[-1:]]))
