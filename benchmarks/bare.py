"""What is measured beside the site: the least that a server can say, the site with nothing kept, a folder of files."""

from __future__ import annotations

import gzip
import mimetypes
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HELLO = b"Hello, world!"


def hello(_environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(HELLO)))])
    return [HELLO]


def uncached() -> WSGIApplication:
    """The site as it is without anything in front of it."""
    from app import create_app
    from app.pages import Pages
    from app.statistics.hearing import Hearing

    hearing = create_app().wsgi_app
    assert isinstance(hearing, Hearing)
    pages = hearing.inner
    assert isinstance(pages, Pages)
    return pages.inner


def folder() -> WSGIApplication:
    """The files in FOLDER, compressed as a good web server would."""
    root = Path(os.environ["FOLDER"]).resolve()

    @cache
    def read(address: str) -> tuple[bytes, str, bool] | None:
        file = (root / address.strip("/")).resolve()
        file = file / "index.html" if file.is_dir() else file
        if not file.is_relative_to(root) or not file.is_file():
            return None
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        text = kind.startswith("text/") or kind in ("application/javascript", "application/xml", "image/svg+xml")
        return (gzip.compress(file.read_bytes(), 9), kind, True) if text else (file.read_bytes(), kind, False)

    def serve(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        found = read(environ["PATH_INFO"])
        data, kind, compressed = found or (b"There is nothing here.", "text/plain", False)
        headers = [("Content-Type", kind), ("Content-Length", str(len(data)))]
        start("200 OK" if found else "404 NOT FOUND", headers + [("Content-Encoding", "gzip")] * compressed)
        return [data]

    return serve
