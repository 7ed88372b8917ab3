"""What the command line says to the posts' API of a site: a text and its pictures, as one zip, with a token."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from app.blog.exchange import parcel as parcels
from app.errors import AppError

TOKEN = "PLAYPRESS_TOKEN"
SECONDS = 120
NEARBY = {"localhost", "127.0.0.1", "::1"}

NO_TOKEN = f"Give a token with --token, or in {TOKEN}. One is made on the account’s page or by flask user token NAME."
NO_SITE = "Write the site as https://example.org."
IN_CLEAR = "A token sent over http can be read on the way. Write the site with https."
MOVED = "The site sends this on to {}; push there."
SILENT = "{} does not answer: {}."

Open = Callable[[urllib.request.Request], Any]


class _Stays(urllib.request.HTTPRedirectHandler):
    """A token goes to the site that it was given for, and nowhere else."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        raise AppError(MOVED.format(args[-1]))


def push(file: Path, site: str, token: str | None, *, replace: bool, send: Open | None = None) -> list[dict[str, Any]]:
    """What became of `file` on `site`. Raises AppError with the site's own sentence where it refuses."""
    known = token or os.environ.get(TOKEN, "")
    if not known:
        raise AppError(NO_TOKEN)
    query = urlencode({"replace": "1"} if replace else {})
    request = urllib.request.Request(f"{_address(site)}/api/v1/posts?{query}", data=_zipped(file), method="POST")
    request.add_header("Authorization", f"Bearer {known}")
    request.add_header("Content-Type", "application/zip")
    try:
        with (send or _open)(request) as answer:
            told: list[dict[str, Any]] = json.load(answer)["posts"]
    except urllib.error.HTTPError as refusal:
        raise AppError(f"{file.name}: {_sentence(refusal)}") from None
    except (urllib.error.URLError, OSError) as error:
        raise AppError(SILENT.format(site, getattr(error, "reason", error))) from None
    except (ValueError, KeyError):
        raise AppError(f"{site} answers, and not as Playpress does.") from None
    return told


def _open(request: urllib.request.Request) -> Any:
    return urllib.request.build_opener(_Stays).open(request, timeout=SECONDS)


def _address(site: str) -> str:
    parts = urlsplit(site)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise AppError(NO_SITE)
    if parts.scheme == "http" and parts.hostname not in NEARBY:
        raise AppError(IN_CLEAR)
    return site.rstrip("/")


def _zipped(file: Path) -> bytes:
    return file.read_bytes() if file.suffix.lower() == ".zip" else parcels.packed(parcels.of_path(file))


def _sentence(refusal: urllib.error.HTTPError) -> str:
    try:
        return str(json.load(refusal)["error"])
    except (ValueError, KeyError, TypeError):
        return f"the site answers {refusal.code}"
