"""Visits are noted outside of everything that answers, since most pages are answered before Flask is asked.

Noting one is a look at the answer's status and an entry in a list, in microseconds; counting is done elsewhere, every
few seconds, and when the server stops. A process that is killed loses the counts of those seconds and nothing else.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from app.errors import AppError
from app.statistics import ledger
from app.statistics.visit import Visit, is_left_out, page_before, visit

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from flask import Flask

log = logging.getLogger(__name__)

WRITE_SECONDS = 5.0
MOST_HEARD = 50_000  # visits that wait to be counted; of more, the oldest are forgotten
SEEN = ("200", "304")
ACCEPTED = ("202", "303")  # a run, for a script and for a form


class Hearing:
    """The application, with its visits noted once `start` was called."""

    def __init__(self, app: Flask, pages: Collection[str], starts: Collection[str], author_cookie: str) -> None:
        self.app: Flask = app
        self.inner: WSGIApplication = app.wsgi_app
        self.pages, self.starts, self.author_cookie = frozenset(pages), frozenset(starts), f"{author_cookie}="
        self.heard: deque[Visit] = deque(maxlen=MOST_HEARD)
        self.endpoint_of: Callable[[str, str], str] = lru_cache(maxsize=4096)(self._endpoint_of)
        self.page_of: Callable[[str], str] = lru_cache(maxsize=4096)(self._page_of)
        self.stopping = threading.Event()
        self.writer: threading.Thread | None = None
        self.listening = False

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        if not self.listening or (method != "GET" and method != "POST") or is_left_out(environ, self.author_cookie):
            return self.inner(environ, start)
        path = environ["PATH_INFO"]  # routing may change it on the way

        def noting(status: str, headers: list[tuple[str, str]], error: Any = None, /) -> Callable[[bytes], object]:
            if status[:3] in (SEEN if method == "GET" else ACCEPTED):
                self._note(environ, method, path)
            return start(status, headers, error) if error else start(status, headers)

        return self.inner(environ, noting)

    def start(self) -> None:
        """Listen, and count every few seconds, in a thread of this process. Called after the fork."""
        self.listening = True
        self.writer = threading.Thread(target=self._write_on, name="visits", daemon=True)
        self.writer.start()

    def stop(self) -> None:
        """Count what was heard last."""
        self.stopping.set()
        if self.writer:
            self.writer.join(timeout=WRITE_SECONDS)

    def write(self) -> None:
        """Count what has been heard; what cannot be written now waits for the next time."""
        batch = [self.heard.popleft() for _ in range(len(self.heard))]
        with self.app.app_context():
            try:
                ledger.keep(batch) if batch else ledger.forget()
            except (SQLAlchemyError, AppError) as error:
                log.warning("%s visits could not be counted yet: %s", len(batch), error)
                self.heard.extendleft(reversed(batch))

    def _note(self, environ: WSGIEnvironment, method: str, path: str) -> None:
        started = method == "POST" and self.endpoint_of(method, path) in self.starts
        if started:
            path = page_before(environ)
        if (method == "GET" or started) and (page := self.page_of(path)):
            self.heard.append(visit(environ, page, started=started))

    def _page_of(self, path: str) -> str:
        """The page at a path, in letters; empty for what is not counted."""
        return _in_unicode(path) if self.endpoint_of("GET", path) in self.pages else ""

    def _endpoint_of(self, method: str, path: str) -> str:
        try:
            return str(self.app.url_map.bind("").match(_in_unicode(path), method)[0])
        except (HTTPException, UnicodeError):
            return ""

    def _write_on(self) -> None:
        while not self.stopping.wait(WRITE_SECONDS):
            self.write()
        self.write()


def _in_unicode(path: str) -> str:
    """A path as WSGI carries it, in letters."""
    return path.encode("latin-1").decode()
