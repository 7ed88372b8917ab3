"""oEmbed 1.0: another site asks what an address of this one can show, and is told in JSON or XML.

It knows no page: each room offers to describe its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit
from xml.etree import ElementTree

from flask import Blueprint, Flask, Response, current_app, jsonify, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from app.errors import AppError, InvalidInput, NotFound
from app.site import present

FOREIGN = "This is no address of a post or a demo here."
DECLARED = '<?xml version="1.0" encoding="utf-8"?>\n'
KEEP = 86_400  # seconds for which a site that embeds need not ask again

bp = Blueprint("oembed", __name__)


@dataclass(frozen=True)
class Question:
    """An address of this site, taken apart, and the room that there is for what it shows, in pixels."""

    site: str
    args: Mapping[str, Any]
    query: Mapping[str, str]
    width: int | None
    height: int | None

    def absolute(self, address: str) -> str:
        return urljoin(self.site, address)

    def fits(self, width: int, height: int) -> bool:
        return width <= (self.width or width) and height <= (self.height or height)


Describe = Callable[[Question], dict[str, Any]]


def init_app(app: Flask) -> None:
    app.extensions.setdefault("oembed", {})
    app.register_blueprint(bp)


def offer(app: Flask, described: Mapping[str, Describe]) -> None:
    """What a room can describe, by the endpoint of the page. A function that finds nothing there raises NotFound."""
    app.extensions.setdefault("oembed", {}).update(described)


@bp.get("/oembed")
def answer() -> Response:
    form = request.args.get("format", "json")
    if form not in ("json", "xml"):
        raise _unwritten(form)
    endpoint, question = _question(request.args.get("url", ""))
    site = present()
    common = {"version": "1.0", "provider_name": site.NAME, "provider_url": question.site, "cache_age": KEEP}
    told = common | current_app.extensions["oembed"][endpoint](question)
    response = jsonify(told) if form == "json" else Response(_xml(told), mimetype="text/xml")
    response.headers["Access-Control-Allow-Origin"] = "*"  # scripts of other sites may ask, too
    response.headers["Cache-Control"] = f"public, max-age={KEEP}"
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]


def _question(url: str) -> tuple[str, Question]:
    """Which page `url` is, and what is asked of it. Raises NotFound for what is not ours to embed."""
    site = (current_app.config["SETTINGS"].SITE_URL or request.url_root).rstrip("/") + "/"
    try:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or parts.netloc not in (urlsplit(site).netloc, request.host):
            raise NotFound(FOREIGN)
        endpoint, args = current_app.url_map.bind(parts.netloc).match(unquote(parts.path))
    except (HTTPException, RequestRedirect, ValueError):
        raise NotFound(FOREIGN) from None
    if endpoint not in current_app.extensions["oembed"]:
        raise NotFound(FOREIGN)
    query = dict(reversed(parse_qsl(parts.query)))  # the first of a name counts, as in a request
    return endpoint, Question(site, args, query, _room("maxwidth"), _room("maxheight"))


def _room(name: str) -> int | None:
    text = request.args.get(name, "")
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or int(text[:9]) == 0:
        raise InvalidInput({name: f"{name} is a whole number of pixels from 1."})
    return int(text[:9])


def _unwritten(form: str) -> AppError:
    error = AppError(f"There is no format “{form[:40]}” here; ask for json or xml.")
    error.status = 501  # as the specification has it
    return error


def _xml(told: Mapping[str, Any]) -> str:
    root = ElementTree.Element("oembed")
    for name, value in told.items():
        ElementTree.SubElement(root, name).text = str(value)
    return DECLARED + ElementTree.tostring(root, encoding="unicode")
