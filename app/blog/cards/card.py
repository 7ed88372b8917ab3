"""Which card a post has: what decides it, its address, and the file in DATA that is drawn once."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import current_app, url_for

from app.assets import version as version_of_file
from app.blog import archive
from app.blog.cards import drawing
from app.blog.cards.colours import TOKENS
from app.blog.cards.lettering import OURS
from app.blog.covers import cover_of
from app.blog.models import Post
from app.db import db
from app.disk import write_whole
from app.site import present

WIDTH, HEIGHT = drawing.WIDTH, drawing.HEIGHT


def address(post: Post | None, series: archive.Series | None = None) -> str:
    """Where the card of a post is, or that of the site. It changes with the card, so that it can be kept for ever."""
    if post is None:
        return url_for("cards.site", v=version(_words(None, None), None))
    words = _words(post, series or archive.series_of(post))
    return url_for("cards.post", slug=post.slug, v=version(words, _picture(post)))


def of_post(post: Post) -> tuple[str, bytes]:
    """The version of a post's card, and the card, drawn now if it has not been."""
    return _card(post.id, _words(post, archive.series_of(post)), _picture(post))


def of_site() -> tuple[str, bytes]:
    return _card(0, _words(None, None), None)


def version(words: drawing.Words, cover: Path | None) -> str:
    """Changes with whatever a card shows and how it is drawn."""
    shown = f"{words} {version_of_file(cover) if cover else ''} {_drawn_by()}"
    return sha256(shown.encode()).hexdigest()[:16]


def _words(post: Post | None, series: archive.Series | None) -> drawing.Words:
    site = present()
    if post is None:
        return drawing.Words(site.NAME, "", site.AUTHOR or "")
    above = f"{series.title}, part {series.part} of {series.of}" if series else ""
    return drawing.Words(post.title, above, site.NAME)


def _picture(post: Post) -> Path | None:
    cover = cover_of(post)
    return cover.file if cover else None


def _card(number: int, words: drawing.Words, cover: Path | None) -> tuple[str, bytes]:
    folder, name = current_app.config["SETTINGS"].DATA / "cards", version(words, cover)
    file = folder / f"{number}-{name}.png"
    try:
        return name, file.read_bytes()
    except FileNotFoundError:
        drawn = drawing.draw(words, cover)
    write_whole(file, drawn)  # another process may be reading
    _sweep(folder, number, file.name)
    return name, drawn


def _sweep(folder: Path, number: int, current: str) -> None:
    """Erases earlier versions of this card, and cards of posts that readers no longer see."""
    public = {0, *db.session.scalars(archive.public().with_only_columns(Post.id))}
    for file in folder.glob("*-*.png"):
        owner = int(file.name.partition("-")[0])
        if owner not in public or (owner == number and file.name != current):
            file.unlink(missing_ok=True)


@cache
def _drawn_by() -> str:
    here = sorted(Path(__file__).parent.glob("*.py"))
    files = [*here, TOKENS, *sorted(OURS.glob("*.woff2"))]
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]
