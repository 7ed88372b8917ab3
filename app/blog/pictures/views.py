"""The files of pictures, which anyone may keep for ever, and a post's cover as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask import Blueprint, Response, request
from markupsafe import Markup, escape
from sqlalchemy import select

from app.assets import FOR_EVER
from app.blog.figures import Shown
from app.blog.models import Post
from app.blog.pictures import files, shelf
from app.blog.pictures.models import Picture
from app.db import db
from app.errors import NotFound

bp = Blueprint("pictures", __name__)

TYPES = {"webp": "image/webp", "svg": "image/svg+xml"}
ALONE = {  # a drawing may have styles of its own, and nothing else
    "webp": "default-src 'none'; sandbox",
    "svg": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
}
COVER = 136  # pixels of a cover's square on a list


# Runs have pictures under /pictures too, by keys twice as long.
@bp.get("/pictures/<string(length=32):key>-<int:width>.webp")
def file(key: str, width: int) -> Response:
    """A picture in one of its widths."""
    return _answer(key, f"{key}-{width}.webp")


@bp.get("/pictures/<string(length=32):key>.svg")
def drawing(key: str) -> Response:
    return _answer(key, f"{key}.svg")


def covers_of(posts: Iterable[Post]) -> dict[str, Shown]:
    """The pictures that are covers of `posts`, asked for at once; for `cover`."""
    return shelf.found(post.cover for post in posts if post.cover)


def cover(post: Post, among: Mapping[str, Shown] | None = None, *, lazy: bool = True) -> Markup:
    """A post’s cover for a list, as small as is sharp there; its alt text is empty, for the title stands beside it."""
    known = shelf.find(post.cover) if among is None else among.get(post.cover)
    address = known.files[0][0] if known else post.cover
    waits = Markup(' loading="lazy"') if lazy else ""
    return Markup('<img src="{}" alt="" width="{}" height="{}"{} decoding="async">').format(
        escape(address), COVER, COVER, waits
    )


def _answer(key: str, name: str) -> Response:
    """One file of a picture. Its name is looked up among those that the picture's row gives."""
    picture = db.session.scalar(select(Picture).where(Picture.hash == key).limit(1))
    known = next((known for known, _ in picture.files if known == name), None) if picture else None
    if picture is None or known is None or not files.path(known).is_file():
        raise NotFound("There is no such picture.")
    response = Response(files.path(known).read_bytes(), mimetype=TYPES[picture.kind])
    response.headers["Cache-Control"] = FOR_EVER
    response.headers["Content-Security-Policy"] = ALONE[picture.kind]
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # feeds are read on other sites
    response.set_etag(known)
    return response.make_conditional(request)  # type: ignore[return-value]
