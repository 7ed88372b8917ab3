"""The files of pictures, which anyone may keep for ever, and a post's cover as HTML."""

from __future__ import annotations

import re

from flask import Blueprint, Response, send_file
from markupsafe import Markup, escape
from sqlalchemy import select

from app.assets import FOR_EVER
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


@bp.get("/pictures/<name>")
def file(name: str) -> Response:
    """One file of a picture. Its name is looked up among those that the picture's row gives."""
    key = re.match(r"[0-9a-f]{32}", name)
    picture = db.session.scalar(select(Picture).where(Picture.hash == key[0]).limit(1)) if key else None
    known = next((known for known, _ in picture.files if known == name), None) if picture else None
    if picture is None or known is None or not files.path(known).is_file():
        raise NotFound("There is no such picture.")
    # Flask takes a relative path from the application's folder, and DATA is from where the site was started.
    response = send_file(files.path(known).resolve(), mimetype=TYPES[picture.kind], etag=known)
    response.headers["Cache-Control"] = FOR_EVER
    response.headers["Content-Security-Policy"] = ALONE[picture.kind]
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # feeds are read on other sites
    return response


def cover(post: Post, *, lazy: bool = True) -> Markup:
    """A post’s cover for a list, as small as is sharp there; its alt text is empty, for the title stands beside it."""
    known = shelf.find(post.cover)
    address = known.files[0][0] if known else post.cover
    waits = Markup(' loading="lazy"') if lazy else ""
    return Markup('<img src="{}" alt="" width="{}" height="{}"{} decoding="async">').format(
        escape(address), COVER, COVER, waits
    )
