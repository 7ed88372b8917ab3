"""What the site says of itself, chosen on a page: it holds over the environment's, at once, until it is reset."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import site
from app.admin.door import bp
from app.blog import editing
from app.errors import InvalidInput, NotFound

UNKNOWN = "There is no such setting here."


class Field(NamedTuple):
    name: str
    label: str
    help: str
    lines: int = 1


FIELDS = (
    Field("NAME", "Name", "On the home page, in the feed and in every title."),
    Field(
        "TAGLINE", "Line under the name", "What this is about, on the home page, in the feed and in search engines.", 3
    ),
    Field("AUTHOR", "Who writes here", "In the foot, the feed and on the cards; empty leaves the name of the site."),
    Field("REPLY", "Where replies go", "An e-mail or an https address below every post; empty asks for none."),
    Field("LINKS", "Links", "One a line: a title, then an address. In the foot of every page and on the home page.", 4),
)


@bp.get("/settings")
def settings() -> str:
    present = site.present()
    return _page({field.name: getattr(present, field.name) for field in FIELDS}, {})


@bp.post("/settings")
def choose_settings() -> ResponseReturnValue:
    given = {field.name: request.form.get(field.name, "") for field in FIELDS if field.name in request.form}
    try:
        site.choose(given)
    except InvalidInput as error:
        return _page(given, error.problems), error.status
    return redirect(url_for("admin.settings", done="saved"), 303)


@bp.post("/settings/<name>/reset")
def reset_setting(name: str) -> ResponseReturnValue:
    if name not in {field.name for field in FIELDS}:
        raise NotFound(UNKNOWN)
    site.reset(name)
    return redirect(url_for("admin.settings", done="reset", _anchor=f"setting-{name}"), 303)


def _page(values: Mapping[str, str], problems: Mapping[str, str]) -> str:
    defaults = {field.name: getattr(current_app.config["SETTINGS"], field.name) for field in FIELDS}
    told = {"fields": FIELDS, "values": values, "problems": problems, "chosen": site.chosen(), "defaults": defaults}
    pages = [post for post in editing.everything() if post.kind == "page"]
    return render_template("admin/settings.html", pages=pages, done=request.args.get("done"), **told)
