"""One picture: how a post calls it, what it shows, where it is shown; and throwing away what is shown nowhere."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.admin.door import bp
from app.admin.pictures import alt_of
from app.blog.pictures import library
from app.blog.pictures.uses import alts_of
from app.errors import Conflict, InvalidInput

MOST_DAYS = 3650


@bp.get("/pictures/<key>")
def picture(key: str) -> str:
    return _page(key)


@bp.post("/pictures/<key>/alt")
def describe_picture(key: str) -> ResponseReturnValue:
    try:
        library.describe(key, alt_of(request.form.get("alt", "")))
    except InvalidInput as error:
        return _page(key, problem=error.message), error.status
    return redirect(url_for("admin.picture", key=key), 303)


@bp.post("/pictures/<key>/delete")
def delete_picture(key: str) -> ResponseReturnValue:
    try:
        library.throw_away(key)
    except Conflict as error:
        return _page(key, refusal=error.message), error.status
    return redirect(url_for("admin.pictures"), 303)


@bp.get("/pictures/unused")
def unused_pictures() -> str:
    """What would go at once, for the author to look at before it does."""
    days = _days(request.args.get("days", ""))
    return render_template("admin/unused.html", entries=library.unused(days), days=days)


@bp.post("/pictures/unused")
def delete_unused_pictures() -> ResponseReturnValue:
    """Only what was on the page is meant, and of that only what no text has come to show meanwhile."""
    library.throw_away_unused(request.form.getlist("key"), _days(request.form.get("days", "")))
    return redirect(url_for("admin.pictures"), 303)


def _days(text: str) -> int:
    return min(int(text), MOST_DAYS) if text.isdecimal() and len(text) < 6 else library.DAYS


def _page(key: str, problem: str = "", refusal: str = "") -> str:
    entries = library.entries(key)
    given = {"entries": entries, "uses": entries[0].uses, "alts": alts_of(key)}
    return render_template("admin/picture.html", **given, problem=problem, refusal=refusal)
