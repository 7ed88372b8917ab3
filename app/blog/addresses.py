"""Addresses that also work outside the site: in a feed reader, in a search engine, in somebody's notes."""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import urljoin

from flask import current_app, request

ADDRESS = re.compile(r'(?<= )(href|src|cite)="([^"]*)"')
ADDRESSES = re.compile(r'(?<= )srcset="([^"]*)"')


def absolute(address: str, base: str = "") -> str:
    """`address` with the site in front, seen from the page `base`."""
    site = current_app.config["SETTINGS"].SITE_URL or request.url_root
    return urljoin(urljoin(site.rstrip("/") + "/", base), address)


def with_absolute_addresses(html: str, base: str) -> str:
    """Rendered `html` of the page `base` whose links and pictures work anywhere."""
    html = ADDRESS.sub(lambda found: f'{found[1]}="{escape(absolute(unescape(found[2]), base))}"', html)
    return ADDRESSES.sub(lambda found: f'srcset="{_each_absolute(unescape(found[1]), base)}"', html)


def _each_absolute(srcset: str, base: str) -> str:
    pairs = (part.split(None, 1) for part in srcset.split(",") if part.strip())
    return ", ".join(escape(" ".join([absolute(address, base), *width])) for address, *width in pairs)
