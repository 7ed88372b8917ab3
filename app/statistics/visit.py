"""A visit as it is heard, and what of it is never looked at: robots, the author, readers who ask not to be counted."""

from __future__ import annotations

import hashlib
import re
import time
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

# Programs name themselves; a browser's name has none of these words in it, but for the phones of Cubot.
ROBOT = re.compile(
    r"(?<!cu)bot\b|bot[/_-]|crawl|spider|slurp|scrap|fetch|monitor|preview|headless|lighthouse|archiv|validator|feed|"
    r"curl|wget|python|httpx|aiohttp|okhttp|java/|go-http|ruby|perl|libwww|axios|node|scan|check|facebookexternal|"
    r"whatsapp|telegram|embedly|mediapartners|nutch|pingdom|uptime|probe",
    re.IGNORECASE,
)
HOST = re.compile(r"[a-z0-9][a-z0-9.-]{0,98}[a-z0-9]")
MARK_BYTES = 16
DAY_SECONDS = 86_400


class Visit(NamedTuple):
    """One answer that a reader got, for the few seconds until it is counted. A second one that day is its equal."""

    page: str
    day: date  # UTC
    address: str
    agent: str
    referrer: str  # another site's host; empty where there is none
    started: bool = False  # a run, from this page

    def mark(self, salt: bytes, page: str) -> bytes:
        """Who it was, for one page and one day: the same for the same address and browser, and otherwise nothing."""
        told = "\0".join((self.address, self.agent, page)).encode("utf-8", "surrogateescape")
        return hashlib.blake2b(told, key=salt, digest_size=MARK_BYTES).digest()


def visit(environ: WSGIEnvironment, page: str, *, started: bool = False) -> Visit:
    get = environ.get
    referrer = _other_site(get("HTTP_REFERER", ""), get("HTTP_HOST", ""))
    day = _day(int(time.time() // DAY_SECONDS))
    return Visit(page, day, get("REMOTE_ADDR", ""), get("HTTP_USER_AGENT", ""), referrer, started)


@lru_cache(maxsize=4096)
def is_robot(agent: str) -> bool:
    """Whether a browser that calls itself so is none, or says nothing."""
    return not agent or ROBOT.search(agent) is not None


def is_left_out(environ: WSGIEnvironment, author_cookie: str) -> bool:
    """Who asks not to be counted, a browser that fetches ahead of its reader, and the author."""
    get = environ.get
    if get("HTTP_DNT") == "1" or get("HTTP_SEC_GPC") == "1":
        return True
    if "prefetch" in get("HTTP_SEC_PURPOSE", "") or get("HTTP_PURPOSE") == "prefetch":
        return True
    return author_cookie in get("HTTP_COOKIE", "")


def page_before(environ: WSGIEnvironment) -> str:
    """The path of the page of this site from which something was asked; empty where that is not told."""
    came = _split(environ.get("HTTP_REFERER", ""))
    return came[1] if came and came[0] == environ.get("HTTP_HOST", "").lower() else ""


@lru_cache(maxsize=2)
def _day(number: int) -> date:
    """By its number since 1970."""
    return datetime.fromtimestamp(number * DAY_SECONDS, UTC).date()


@lru_cache(maxsize=1024)
def _other_site(address: str, here: str) -> str:
    came = _split(address) if address else None
    if came is None or came[0] == here.lower():
        return ""
    host = came[0].partition(":")[0].removeprefix("www.")
    return host if HOST.fullmatch(host) and host != here.lower().partition(":")[0].removeprefix("www.") else ""


def _split(address: str) -> tuple[str, str] | None:
    """Host with port, and path, of a web address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return (parts.netloc.lower(), parts.path) if parts.scheme in ("http", "https") else None
