"""Addresses of style sheets, scripts and pictures with their content's hash, so browsers may keep them for ever."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, request, url_for

FOR_EVER = "public, max-age=31536000, immutable"


def init_app(app: Flask) -> None:
    app.jinja_env.globals["asset"] = asset
    app.after_request(keep_versioned)


def asset(filename: str) -> str:
    """The address of a file in app/static."""
    file = Path(__file__).parent / "static" / filename
    return url_for("static", filename=filename, v=version(file))


def version(file: Path) -> str:
    """Ten characters that change with the file's content."""
    return _hash(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=1024)
def _hash(file: Path, _changed: int) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:10]


def keep_versioned(response: Response) -> Response:
    if (
        request.endpoint in ("static", "demos.asset", "demos.thumbnail")
        and "v" in request.args
        and response.status_code == 200
    ):
        response.headers["Cache-Control"] = FOR_EVER
    return response
