"""What is measured beside the site: the least that a server can say, the site with nothing kept, a folder of files."""

from __future__ import annotations

import gzip
import mimetypes
import os
import time
from collections.abc import Iterable
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from app.config import Settings
    from app.statistics.hearing import Hearing

HELLO = b"Hello, world!"
METER, DEAF = "/meter", "HTTP_X_DEAF"


def hello(_environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(HELLO)))])
    return [HELLO]


def uncached() -> WSGIApplication:
    """The site as it is without anything in front of it."""
    from app.pages import Pages

    pages = hearing_site().inner
    assert isinstance(pages, Pages)
    return pages.inner


def counting() -> WSGIApplication:
    """The site, whose visits are counted but for those that say DEAF, and METER: what it has cost so far.

    One process for both, since two processes of the same code differ by more than what is looked for.
    """
    hearing, asked = hearing_site(), count()
    hearing.start()

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] != METER:
            next(asked)
            return (hearing.inner if DEAF in environ else hearing)(environ, start)
        hearing.write()  # what was heard until now is of those who asked until now
        start("200 OK", [("Content-Type", "text/plain")])
        return [f"{time.process_time()} {next(asked)}".encode()]

    return answer


def hearing_site(settings: Settings | None = None) -> Hearing:
    from app import create_app
    from app.statistics.hearing import Hearing

    hearing = create_app(settings).wsgi_app
    assert isinstance(hearing, Hearing)
    return hearing


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
