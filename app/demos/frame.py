"""The frame that shows a bench on another site's page, as HTML to put there."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode, urljoin

from flask import url_for

from app.demos.base import Demo

HEIGHT, TALL = 800, 1100  # in pixels; tall where the controls stand under the stage
NARROW = 704  # the width, in pixels, below which they do


def frame(demo: Demo, options: Mapping[str, str], site: str, width: int | str = "100%", height: int = HEIGHT) -> str:
    """The bench of the site at `site` with `options`, as its address asks for them."""
    query = f"?{urlencode(options)}" if options else ""
    src = urljoin(site, url_for("embed.page", name=demo.name) + query)
    return (
        f'<iframe src="{escape(src)}" title="{escape(demo.title)}" width="{width}" height="{height}" '
        'style="border: 0" loading="lazy" allow="camera; clipboard-write"></iframe>'
    )
