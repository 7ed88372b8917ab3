"""Visits, counted on the server and without cookies: how many, of which pages, from which sites. Never who."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask, pages: Collection[str], starts: Collection[str], author_cookie: str) -> None:
    """Notes visits of the endpoints `pages`, and runs that `starts` begin, around everything that answers."""
    from app import metrics
    from app.statistics import measures
    from app.statistics.hearing import Hearing

    hearing = Hearing(app, pages, starts, author_cookie)
    app.extensions["statistics"] = hearing
    metrics.offer(app, measures.measures)
    app.wsgi_app = hearing  # type: ignore[method-assign, assignment]
