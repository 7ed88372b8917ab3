"""Public pages, kept whole and answered before Flask is asked.

They are the same for everybody, so what was drawn once is given to all, as it is or compressed, until the moment it was
drawn for is over (app.edition). Nothing is ever answered that a page drawn now would not say: the moment is asked for
after the request has come in, and what is drawn is kept under the moment from before it was drawn.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from app import assets
from app.db import Base
from app.pages.answer import Answer, asked
from app.pages.edition import Moment, Turn, Watch, follow
from app.pages.shelf import MOST_BYTES, Key, Shelf

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from flask import Flask

Whole = Mapping[str, tuple[str, ...]]  # endpoint: the parameters in an address that it heeds

COUNTED = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)  # the one way to write a number: others would be pages of their own
LONGEST_QUERY = 1000
# What a reader sends that changes nothing about the page, only how it travels.
PERSONAL = {
    *("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_ACCEPT_ENCODING", "HTTP_RANGE", "HTTP_IF_RANGE"),
    *("HTTP_IF_MATCH", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE"),
}


def init_app(app: Flask, whole: Whole, shown: Iterable[type[Base]], turn: Turn) -> None:
    """Puts the pages of the endpoints `whole` in front of the application.

    They change when the tables `shown` do, and by themselves when `turn(time)` selects the next time they do.
    """
    from app.db import db

    follow(*shown)
    with app.app_context():
        watch = Watch(db.engine, turn)
    app.wsgi_app = Pages(app, whole, watch)  # type: ignore[method-assign, assignment]


class Pages:
    """The application, with its public pages kept."""

    def __init__(self, app: Flask, whole: Whole, watch: Watch, most: int = MOST_BYTES) -> None:
        self.app: Flask = app
        self.inner: WSGIApplication = app.wsgi_app
        self.whole, self.watch, self.most = whole, watch, most
        self.heeded = {name for names in whole.values() for name in names}
        self.shelf = Shelf(Moment(-1, 0, 0), 0, most)
        self.drawing = [threading.Lock() for _ in range(64)]  # readers who ask for one page wait for one drawing of it

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.inner(environ, start)
        query = self._query(environ.get("QUERY_STRING", ""))
        if query is None:
            return self.inner(environ, start)
        try:
            return self._answer(environ, query)(environ, start)
        except (Elsewhere, SQLAlchemyError):  # not a public page, or no database: Flask has the words for it
            return self.inner(environ, start)

    def _answer(self, environ: WSGIEnvironment, query: str) -> Answer:
        """Raises Elsewhere."""
        key = _key(environ, query)
        if answer := self._shelf().get(key):
            return answer
        if not self._is_whole(environ["PATH_INFO"], query):
            raise Elsewhere
        with self.drawing[hash(key) % len(self.drawing)]:
            return self._shelf().get(key) or self._drawn(key, environ, query)

    def _drawn(self, key: Key, environ: WSGIEnvironment, query: str) -> Answer:
        shelf = self._shelf()  # before anything is read for the page
        answer = asked(self.inner, _for_everybody(environ, query))
        if answer.may_be_kept and self.watch.holds(shelf.moment):
            shelf.put(key, answer)
        return answer

    def _shelf(self) -> Shelf:
        """The present moment's. One that is over is let go with all that is on it."""
        moment, stamp = self.watch.moment(), assets.stamp()
        shelf = self.shelf
        if shelf.moment is not moment or shelf.stamp != stamp:
            self.shelf = shelf = Shelf(moment, stamp, self.most)
        return shelf

    def _is_whole(self, path: str, query: str) -> bool:
        try:
            path = path.encode("latin-1").decode()
            endpoint, _ = self.app.url_map.bind("").match(path, "GET")
        except (HTTPException, UnicodeError):
            return False
        names = self.whole.get(str(endpoint))
        return names is not None and (not query or query.partition("=")[0] in names)

    def _query(self, raw: str) -> str | None:
        """What of a query the pages heed, in its one form; None where it is odd."""
        if not raw:
            return ""
        if len(raw) > LONGEST_QUERY:
            return None
        given = [(name, value) for name, value in parse_qsl(raw, keep_blank_values=True) if name in self.heeded]
        if len(given) > 1 or any(not COUNTED.fullmatch(value) for _, value in given):
            return None
        return "".join(f"{name}={value}" for name, value in given)


class Elsewhere(Exception):
    """This address is none of a public page."""


def _key(environ: WSGIEnvironment, query: str) -> Key:
    # Feeds and links to itself name the site as the reader does, so two names are two pages.
    get: Any = environ.get
    return environ["wsgi.url_scheme"], get("HTTP_HOST", ""), get("SCRIPT_NAME", ""), environ["PATH_INFO"], query


def _for_everybody(environ: WSGIEnvironment, query: str) -> WSGIEnvironment:
    plain = {name: value for name, value in environ.items() if name not in PERSONAL}
    return plain | {"REQUEST_METHOD": "GET", "QUERY_STRING": query}
