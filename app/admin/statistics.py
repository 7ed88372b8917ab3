"""What is read and from where, in counts; nothing here is about one visitor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from flask import render_template, request, url_for

from app.admin import chart
from app.admin.door import bp
from app.admin.picker import demos
from app.blog import editing, former
from app.blog.addresses import path_of
from app.blog.models import Post
from app.errors import NotFound
from app.statistics import summary
from app.statistics.summary import Counts

STRETCHES = {"7": "7 days", "30": "30 days", "365": "a year"}
NO_STRETCH = "Statistics are of 7, 30 or 365 days."
HOME = "Home page"


class Row(NamedTuple):
    """A page, and how often it was read; a post by its title, at whichever address it was read."""

    title: str
    address: str
    counts: Counts


@bp.get("/statistics")
def statistics() -> str:
    days = request.args.get("days", "30")
    if days not in STRETCHES:
        raise NotFound(NO_STRETCH)
    found = summary.of_last(int(days))
    told = {"found": found, "rows": _rows(found.pages), "chart": chart.of_days(found.days)}
    return render_template("admin/statistics.html", days=days, stretches=STRETCHES, **told)


def _rows(pages: Sequence[tuple[str, Counts]]) -> list[Row]:
    """The most read first; what a post was read at under an earlier address is counted with it."""
    posts = {path_of(post): post for post in editing.everything()}
    others = {url_for("demos.page", name=demo.name): demo.title for demo in demos().offered()}
    others[url_for("blog.home")] = HOME
    rows: dict[str, Row] = {}
    for path, counts in pages:
        post = posts.get(path) or (None if path in others else _that_was_at(path))
        title, address = (post.title, path_of(post)) if post else (others.get(path, path), path)
        before = rows.get(address)
        rows[address] = Row(title, address, before.counts + counts if before else counts)
    return sorted(rows.values(), key=lambda row: (-row.counts.views, row.title))


def _that_was_at(path: str) -> Post | None:
    return former.leads_to(path.rsplit("/", 1)[1])
