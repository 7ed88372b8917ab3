"""Answers that are text travel compressed; pictures are so by themselves, and streams must not wait to be.

Personal pages are left as they are: how well a page that carries a secret can be compressed tells of the secret when a
stranger can put words into it (Gluck, Harris and Prado, BREACH, 2013).
"""

from __future__ import annotations

import gzip
from functools import lru_cache

from flask import Flask, Response, request

TEXT = {
    "application/atom+xml",
    "application/feed+json",
    "application/javascript",
    "application/json",
    "application/manifest+json",
    "application/opensearchdescription+xml",
    "application/rss+xml",
    "application/xml",
    "image/svg+xml",
    "text/css",
    "text/html",
    "text/javascript",
    "text/markdown",
    "text/plain",
    "text/xml",
}
PERSONAL = {"admin"}  # blueprints whose pages carry the token of a form
FILES = {"static", "assets.sheet", "demos.asset"}  # the same bytes for everybody: compressed once, as well as it gets
LEAST, MOST_KEPT = 256, 2**20  # bytes: less is not worth a header, more is not worth the memory
FAST, BEST = 5, 9


def init_app(app: Flask) -> None:
    app.after_request(compress)


def compress(response: Response) -> Response:
    """The response with its text compressed, where the browser takes that and nothing forbids it."""
    if response.status_code == 304:
        return _still_weak(response)
    if not _is_text(response):
        return response
    response.vary.add("Accept-Encoding")
    if not accepted(request.headers.get("Accept-Encoding", "")):
        return response
    response.direct_passthrough = False  # a file is read, since what is sent is not the file
    data = response.get_data()
    if len(data) < LEAST:
        return response
    response.set_data(kept(data) if request.endpoint in FILES and len(data) <= MOST_KEPT else squeezed(data, FAST))
    response.headers["Content-Encoding"] = "gzip"
    response.headers.pop("Accept-Ranges", None)
    etag, _ = response.get_etag()
    if etag:
        response.set_etag(etag, weak=True)  # the same text in other bytes
    return response


@lru_cache(maxsize=256)
def accepted(header: str) -> bool:
    """Whether an Accept-Encoding takes gzip (RFC 9110, 12.5.3)."""
    weights: dict[str, float] = {}
    for part in header.lower().split(","):
        coding, _, rest = part.partition(";")
        name, _, weight = rest.strip().partition("=")
        try:
            weights[coding.strip()] = float(weight) if name.strip() == "q" else 1.0
        except ValueError:
            weights[coding.strip()] = 0.0
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0))) > 0


def squeezed(data: bytes, level: int) -> bytes:
    """Compressed, and the same each time."""
    return gzip.compress(data, level, mtime=0)


@lru_cache(maxsize=256)
def kept(data: bytes) -> bytes:
    return squeezed(data, BEST)


def _is_text(response: Response) -> bool:
    stream = response.is_streamed and not response.direct_passthrough
    return (
        response.status_code not in (204, 206)
        and response.mimetype in TEXT
        and not stream
        and "Content-Encoding" not in response.headers
        and request.blueprint not in PERSONAL
    )


def _still_weak(response: Response) -> Response:
    """A bare “not modified” names the version as the answer that the browser has did."""
    etag, weak = response.get_etag()
    if etag and not weak and f'W/"{etag}"' in request.headers.get("If-None-Match", ""):
        response.set_etag(etag, weak=True)
    return response
