"""A post's cover as a file of this site; a cover from elsewhere has none."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from flask import current_app
from werkzeug.utils import safe_join


def file_of(address: str) -> Path | None:
    """The file at an author's `address`, if it is one of the site's own."""
    parts = urlsplit(address)
    static = current_app.static_url_path or "/static"
    if parts.netloc or not parts.path.startswith(f"{static}/"):
        return None
    found = safe_join(str(current_app.static_folder), unquote(parts.path).removeprefix(f"{static}/"))
    return Path(found) if found and Path(found).is_file() else None
