"""A post's cover for readers elsewhere: its widest file, and where that lies if it is one of this site's."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from flask import current_app
from werkzeug.utils import safe_join

from app.blog.models import Post
from app.blog.pictures import files, shelf


@dataclass(frozen=True)
class Cover:
    """An address, as seen from the post's page, and the file there; none where it is another site's."""

    address: str
    file: Path | None


def cover_of(post: Post) -> Cover | None:
    if not post.cover:
        return None
    if known := shelf.find(post.cover):
        file = files.path(known.largest.rpartition("/")[2])
        return Cover(known.largest, file if file.is_file() else None)
    try:
        return Cover(post.cover, _static(post.cover))
    except ValueError:  # no address: half one of IPv6, or with a NUL
        return None


def _static(address: str) -> Path | None:
    """The file at an author's `address`, if it is in the folder that is served as it is."""
    parts, static = urlsplit(address), f"{current_app.static_url_path or '/static'}/"
    if parts.netloc or not parts.path.startswith(static):
        return None
    found = safe_join(str(current_app.static_folder), unquote(parts.path).removeprefix(static))
    return Path(found) if found and Path(found).is_file() else None
