"""A demo's own files for browsers: its panel's script and style, its ready-made pictures, and small ones of those.

What an operator has made for this site with `flask demo NAME --all` lies beside its data and is served alike.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from flask import current_app, has_app_context, url_for
from PIL import Image

from app.assets import version
from app.demos.base import Demo
from app.errors import NotFound

TYPES = {
    ".webp": "image/webp",
    ".png": "image/png",
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".bin": "application/octet-stream",
}
THUMBNAIL_SIDE = 176  # sharp at 88 CSS pixels on a dense screen
MADE = "made"


def asset_url(demo: Demo, file: Path, endpoint: str = "demos.asset") -> str:
    return url_for(endpoint, name=demo.name, folder=_folder(demo, file), file=file.name, v=version(file))


def asset(demo: Demo, folder: str, file: str) -> Path:
    """The file at this address. Addresses are looked up among the files there are; none becomes a path."""
    found = _assets(demo.folder).get((folder, file)) or _files(made(demo.name)).get((folder, file))
    if found is None:
        raise NotFound("There is no such file.")
    return found


def made(name: str) -> Path:
    """Where the files lie that an operator makes for the demo of this name; without a site, in a folder right here."""
    data = current_app.config["SETTINGS"].DATA if has_app_context() else Path()
    return Path(data) / MADE / name


@cache
def thumbnail(file: Path) -> bytes:
    """A square WebP from the middle of a picture."""
    with Image.open(file) as image:
        side = min(image.size)
        left, top = (image.width - side) // 2, (image.height - side) // 2
        small = image.convert("RGB").resize((THUMBNAIL_SIDE,) * 2, box=(left, top, left + side, top + side))
    out = io.BytesIO()
    small.save(out, "WEBP", quality=80)
    return out.getvalue()


@cache
def _assets(demo_folder: Path) -> dict[tuple[str, str], Path]:
    return _files(demo_folder)


def _files(root: Path) -> dict[tuple[str, str], Path]:
    """The files for browsers in a folder, by address; none where there is no such folder."""
    files = [file for file in root.rglob("*") if file.suffix in TYPES]
    return {(_name(file.parent.relative_to(root)), file.name): file for file in files}


def _folder(demo: Demo, file: Path) -> str:
    root = demo.folder if file.is_relative_to(demo.folder) else made(demo.name)
    return _name(file.parent.relative_to(root))


def _name(folder: Path) -> str:
    """A folder inside a demo's, as one part of an address."""
    return ".".join(folder.parts) or "-"
