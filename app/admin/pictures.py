"""The pictures of posts as a library: what there is, where it is shown, and a form that takes in one or many."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import PurePosixPath
from types import MappingProxyType

from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from app.admin.door import bp
from app.blog.pictures import library, shelf
from app.blog.pictures.models import Picture
from app.blog.pictures.widths import InvalidPicture
from app.errors import InvalidInput, wants_json

LONGEST_ALT, LONGEST_NAME, LONGEST_QUERY = 1000, 100, 200
NONE: Mapping[str, str] = MappingProxyType({})
NO_FILE = "Choose a picture: a PNG, JPEG, WebP or SVG."
NO_ALT = "Say what the picture shows, for those who cannot see it."
TOO_LONG = "This may have 1,000 characters at most."
TAKEN = "Another picture is named “{}” already. Give this one another name; posts mean the one that is there."


@bp.get("/pictures")
def pictures() -> str:
    return _page({}, {})


@bp.post("/pictures")
def take_in_picture() -> ResponseReturnValue:
    """One picture under a name of its own, or several under those of their files; JSON for the editor’s script."""
    try:
        taken, refused = _taken_in(_handed_in())
    except InvalidInput as error:
        if wants_json():
            raise
        return _page(request.form.to_dict(), error.problems), error.status
    if wants_json():
        return _described(taken, refused)
    if refused:
        return _page({}, {}, taken=taken, refused=refused), 422
    anchor = f"picture-{taken[0].name}" if len(taken) == 1 else None
    return redirect(url_for("admin.pictures", _anchor=anchor), 303)


@bp.app_template_filter("kilobytes")
def kilobytes(size: int) -> str:
    """Such as 48 kB, 1.2 MB."""
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} kB"


@bp.app_template_filter("as_markdown")
def as_markdown(picture: Picture) -> str:
    """What a post says to show it."""
    alt = picture.alt.replace("[", "(").replace("]", ")")
    return f"![{alt}]({picture.name})"


def alt_of(text: str) -> str:
    """A description on one line. Raises InvalidInput for one that is too long."""
    alt = " ".join(text.split())
    if len(alt) > LONGEST_ALT:
        raise InvalidInput({"alt": TOO_LONG})
    return alt


def _handed_in() -> list[FileStorage]:
    """The files of the form. Raises InvalidInput, with a sentence for each field, where one lacks something."""
    given = [*request.files.getlist("file"), *request.files.getlist("picture")]
    files = [file for file in given if file.filename]
    alt = " ".join(request.form.get("alt", "").split())
    problems = {}
    if not files:
        problems["file"] = NO_FILE
    if len(alt) > LONGEST_ALT:
        problems["alt"] = TOO_LONG
    if not alt and len(files) < 2 and not wants_json():  # of several, and in the editor, it is said afterwards
        problems["alt"] = NO_ALT
    if problems:
        raise InvalidInput(problems)
    return files


def _taken_in(files: list[FileStorage]) -> tuple[list[Picture], dict[str, str]]:
    """The pictures that are there now, and why others are not, by file. Raises InvalidInput where one alone is not."""
    alt, asked = alt_of(request.form.get("alt", "")), request.form.get("name", "")
    if len(files) == 1:
        return [_kept(files[0], asked, alt)], {}
    taken, refused = [], {}
    for file in files:
        try:
            taken.append(_kept(file, "", alt, renamed=True))
        except InvalidInput as error:
            refused[file.filename or ""] = error.message
    return taken, refused


def _kept(file: FileStorage, asked: str, alt: str, *, renamed: bool = False) -> Picture:
    """The picture in `file`. Who cannot be asked for another name, a script or many files, gets the next free one."""
    data, wanted = file.read(), _name(asked, file.filename or "")
    for number in count(1):
        name = wanted if number == 1 else _numbered(wanted, number)
        try:
            return shelf.take_in(data, name, alt, alone=True)
        except InvalidPicture as refusal:
            raise InvalidInput({"file": str(refusal)}) from None
        except shelf.NameTaken:
            if not (renamed or wants_json()):
                raise InvalidInput({"name": TAKEN.format(name)}) from None
    raise AssertionError("there is always a next number")


def _name(asked: str, filename: str) -> str:
    """A name that needs no quotation in Markdown: letters, digits, dots and hyphens, with the file's own ending."""
    last = PurePosixPath((asked or filename).replace("\\", "/")).name
    plain = re.sub(r"[^\w.]+", "-", last).strip("-.")[:LONGEST_NAME].lower() or "picture"
    return plain if "." in plain else plain + PurePosixPath(filename).suffix.lower()


def _numbered(name: str, number: int) -> str:
    """Such as lake-2.jpg."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem}-{number}{dot}{ending}" if dot else f"{name}-{number}"


def _described(taken: list[Picture], refused: dict[str, str]) -> ResponseReturnValue:
    """What the editor puts into a text; of several, the first stands at the top too."""
    if not taken:
        raise InvalidInput(refused)
    told = [
        {
            "name": picture.name,
            "url": shelf.shown(picture).usual,
            "markdown": as_markdown(picture),
            "alt": picture.alt,
            "width": picture.width,
            "height": picture.height,
        }
        for picture in taken
    ]
    return jsonify(told[0] | {"pictures": told, "refused": refused}), 201


def _page(
    values: dict[str, str], problems: dict[str, str], taken: Sequence[Picture] = (), refused: Mapping[str, str] = NONE
) -> str:
    query = " ".join(request.args.get("q", "").split())[:LONGEST_QUERY]
    only = request.args.get("only", "")
    only = only if only in library.ONLY else ""
    leaf = library.leaf(query, only, request.args.get("page", 1, int))
    given = {"leaf": leaf, "query": query, "only": only, "values": values, "problems": problems}
    return render_template("admin/pictures.html", **given, taken=taken, refused=refused)
