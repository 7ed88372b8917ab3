"""Style sheets, scripts and pictures under addresses with their content's hash, so browsers may keep them for ever.

The sheets that every page needs are several files for who writes them and one for who reads.
"""

from __future__ import annotations

import hashlib
import re
import time
from base64 import b64encode
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Flask, Response, request, url_for

FOR_EVER = "public, max-age=31536000, immutable"
STATIC = Path(__file__).parent / "static"
SITE = "css/site.css"
SHEETS = ("tokens", "base", "layout", "components", "blog")
PAPER = "print"
LAYERS = re.compile(r"^@layer [^{;]+;\n")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
BLANK = re.compile(r"\s*\n\s*")
LOOK_SECONDS = 1.0  # how long a file that somebody has just changed may go unnoticed

bp = Blueprint("assets", __name__)


class Address(str):
    """The address of a file, with what a browser can check it by (Subresource Integrity)."""

    integrity: str


def init_app(app: Flask) -> None:
    app.jinja_env.globals["asset"] = asset
    app.register_blueprint(bp)
    app.after_request(keep_versioned)


@bp.get(f"/static/{SITE}")
def sheet() -> Response:
    """Beside the sheets it is made of, so that the addresses in them hold."""
    response = Response(site_sheet(), mimetype="text/css")
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]


def asset(filename: str) -> Address:
    """The address of a file in app/static, or of the one sheet that is made of several."""
    file = STATIC / filename
    digest = hashlib.sha384(site_sheet()).digest() if filename == SITE else _digest(file, file.stat().st_mtime_ns)
    url = url_for("assets.sheet") if filename == SITE else url_for("static", filename=filename)
    address = Address(f"{url}?v={digest.hex()[:10]}")
    address.integrity = f"sha384-{b64encode(digest).decode()}"
    return address


def site_sheet() -> bytes:
    """The sheets of every page as one, as they are now."""
    files = [STATIC / f"css/{name}.css" for name in (*SHEETS, PAPER)]
    return _joined(tuple(files), max(file.stat().st_mtime_ns for file in files))


def version(file: Path) -> str:
    """Ten characters that change with the file's content."""
    return _hash(file, file.stat().st_mtime_ns)


def stamp() -> int:
    """Changes, within a second, when a sheet or a script does."""
    return _stamp(int(time.monotonic() / LOOK_SECONDS))


@lru_cache(maxsize=1)
def _stamp(_second: int) -> int:
    files = [*STATIC.glob("css/*.css"), *STATIC.glob("js/*.js")]
    return hash(tuple(file.stat().st_mtime_ns for file in sorted(files)))


@lru_cache(maxsize=1024)
def _hash(file: Path, _changed: int) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:10]


@lru_cache(maxsize=1024)
def _digest(file: Path, _changed: int) -> bytes:
    return hashlib.sha384(file.read_bytes()).digest()


@lru_cache(maxsize=4)
def _joined(files: tuple[Path, ...], _changed: int) -> bytes:
    """The sheets in their order, the last for paper only, without remarks and indentation."""
    order = LAYERS.match(files[0].read_text())
    assert order, "every sheet opens with the order of the layers"
    *screen, paper = (LAYERS.sub("", file.read_text()) for file in files)
    whole = f"{order[0]}{''.join(screen)}@media print {{\n{paper}}}\n"
    return BLANK.sub("\n", COMMENT.sub("", whole)).lstrip().encode()


def keep_versioned(response: Response) -> Response:
    endpoints = ("static", "assets.sheet", "demos.asset", "demos.thumbnail")
    if request.endpoint in endpoints and "v" in request.args and response.status_code == 200:
        response.headers["Cache-Control"] = FOR_EVER
    return response
