"""The pictures of posts: what there is, how a text calls it, and a form that takes one in and asks what it shows."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from app.admin.door import bp
from app.blog.pictures import shelf
from app.blog.pictures.widths import InvalidPicture
from app.errors import InvalidInput, wants_json

LONGEST_ALT, LONGEST_NAME = 1000, 100
NO_FILE = "Choose a picture: a PNG, JPEG, WebP or SVG."
NO_ALT = "Say what the picture shows, for those who cannot see it."
TOO_LONG = "This may have 1,000 characters at most."
TAKEN = "Another picture is named “{}” already. Give this one another name; posts mean the one that is there."


@bp.get("/pictures")
def pictures() -> str:
    return _page({}, {})


@bp.post("/pictures")
def take_in_picture() -> ResponseReturnValue:
    try:
        name = _taken_in()
    except InvalidInput as error:
        if wants_json():
            raise
        return _page(request.form.to_dict(), error.problems), error.status
    return redirect(url_for("admin.pictures", _anchor=f"picture-{name}"), 303)


@bp.app_template_filter("kilobytes")
def kilobytes(size: int) -> str:
    """Such as 48 kB, 1.2 MB."""
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} kB"


def _taken_in() -> str:
    """The name of the picture that was handed in. Raises InvalidInput, with a sentence for each field."""
    file, alt = request.files.get("file"), " ".join(request.form.get("alt", "").split())
    problems = {}
    if file is None or not file.filename:
        problems["file"] = NO_FILE
    if not alt or len(alt) > LONGEST_ALT:
        problems["alt"] = NO_ALT if not alt else TOO_LONG
    name = _name(request.form.get("name", ""), (file.filename or "") if file else "")
    if problems or file is None:
        raise InvalidInput(problems)
    return _kept(file, name, alt)


def _kept(file: FileStorage, name: str, alt: str) -> str:
    data = file.read()
    if shelf.means_another(name, data):
        raise InvalidInput({"name": TAKEN.format(name)})
    try:
        return shelf.take_in(data, name, alt).name
    except InvalidPicture as refusal:
        raise InvalidInput({"file": str(refusal)}) from None


def _name(asked: str, filename: str) -> str:
    """A name that needs no quotation in Markdown: letters, digits, dots and hyphens, with the file's own ending."""
    last = PurePosixPath((asked or filename).replace("\\", "/")).name
    plain = re.sub(r"[^\w.]+", "-", last).strip("-.")[:LONGEST_NAME].lower() or "picture"
    return plain if "." in plain else plain + PurePosixPath(filename).suffix.lower()


def _page(values: dict[str, str], problems: dict[str, str]) -> str:
    there = [(picture, shelf.shown(picture)) for picture in shelf.everything()]
    return render_template("admin/pictures.html", pictures=there, values=values, problems=problems)
