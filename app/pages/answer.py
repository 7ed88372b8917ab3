"""One answer of the application, whole: how it is asked for, and how it is given again to whoever asks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from app.compression import BEST, LEAST, TEXT, accepted, squeezed

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Headers = list[tuple[str, str]]

OF_THE_BODY = {"content-length", "content-encoding", "content-type", "content-language"}
OF_THE_VERSION = {"etag", "content-length", "date"}  # the server dates what it sends
TAG = re.compile(r'(?:W/)?"([^"]*)"')
OVERHEAD = 2000  # bytes that an answer takes beside its content


@dataclass(frozen=True)
class Answer:
    """Status, headers and content as the application gave them to a reader who sent no conditions and no cookie."""

    status: str
    headers: Headers
    content: bytes

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Give it, as this reader can take it: compressed, without content, or only the word that it is unchanged."""
        if (known := environ.get("HTTP_IF_NONE_MATCH")) and self._is_among(known):
            start("304 NOT MODIFIED", list(self.unchanged))
            return []
        if self.compressed and accepted(environ.get("HTTP_ACCEPT_ENCODING", "")):
            headers, content = self.with_compressed, self.compressed
        else:
            headers, content = self.with_content, self.content
        start(self.status, list(headers))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [content]

    @cached_property
    def tag(self) -> str:
        """What stands between the quotes of its ETag; empty when it has none."""
        found = TAG.fullmatch(self._header("etag"))
        return found[1] if found else ""

    @cached_property
    def is_text(self) -> bool:
        return self._header("content-type").partition(";")[0].strip() in TEXT

    @cached_property
    def compressed(self) -> bytes:
        """Empty when that is no gain."""
        return squeezed(self.content, BEST) if self.is_text and len(self.content) >= LEAST else b""

    @cached_property
    def with_content(self) -> Headers:
        return [*self._common, ("Content-Length", str(len(self.content)))]

    @cached_property
    def with_compressed(self) -> Headers:
        return [*self._common, ("Content-Encoding", "gzip"), ("Content-Length", str(len(self.compressed)))]

    @cached_property
    def unchanged(self) -> Headers:
        return [(name, value) for name, value in self._common if name.lower() not in OF_THE_BODY]

    @property
    def may_be_kept(self) -> bool:
        """Whether it is the same for everybody, and can be told from another."""
        varies = self._header("vary").lower() not in ("", "accept-encoding")
        return self.status.startswith("200") and bool(self.tag) and not self._header("set-cookie") and not varies

    @property
    def size(self) -> int:
        return len(self.content) + len(self.compressed) + OVERHEAD

    def _is_among(self, known: str) -> bool:
        named = known.strip() == "*" or self.tag in TAG.findall(known)
        return named and bool(self.tag) and self.status.startswith("200")

    @cached_property
    def _common(self) -> Headers:
        """Of all versions. Its ETag is weak, since it names the text and not the bytes that travel."""
        own = [(name, value) for name, value in self.headers if name.lower() not in OF_THE_VERSION]
        if self.tag:
            own.append(("ETag", f'W/"{self.tag}"' if self.is_text else f'"{self.tag}"'))
        return own

    def _header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name), "")


def asked(app: WSGIApplication, environ: WSGIEnvironment) -> Answer:
    """What the application answers to this request."""
    said: list[tuple[str, Headers]] = []

    def start(status: str, headers: Headers, _error: Any = None) -> Callable[[bytes], object]:
        said[:] = [(status, headers)]
        return _written_directly

    body = app(environ, start)
    try:
        content = b"".join(body)
    finally:
        if close := getattr(body, "close", None):
            close()
    return Answer(*said[0], content)


def _written_directly(_content: bytes) -> None:
    raise AssertionError("Flask gives its answers back, it does not write them")
