"""Posts in and out: files are looked through first, then taken in as far as they are ticked; a zip of everything."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO

from flask import Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from app import site
from app.admin.door import answer, bp
from app.blog import editing
from app.blog.exchange import bundle, waiting
from app.blog.exchange import parcel as parcels
from app.blog.exchange.intake import Arrival, Edited, Intake
from app.blog.manuscript import slug_of
from app.blog.models import Post
from app.db import db, now
from app.errors import AppError, InvalidInput

PIECE = 1 << 16  # bytes
NO_FILE = "Choose a zip, or texts and the pictures that they show."
NONE_TICKED = "Tick the files that are to come in."


@bp.app_template_test("edited")
def edited(arrival: Arrival) -> bool:
    """Refused only because its author changed the post here, so that it may be asked for."""
    return isinstance(arrival.error, Edited)


@bp.get("/exchange")
def exchange() -> ResponseReturnValue:
    return _page()


@bp.post("/exchange")
def hand_in() -> ResponseReturnValue:
    """Keeps the files for an hour, and leads to what would become of them."""
    try:
        data = _handed_in()
    except AppError as error:
        return _page(error)
    return redirect(url_for("admin.look_through", word=waiting.keep(data)), 303)


@bp.get("/exchange/<word>")
def look_through(word: str) -> ResponseReturnValue:
    """What would become of each file; nothing is written."""
    try:
        return _looked_through(word)
    except AppError as error:
        return _page(error)


@bp.post("/exchange/<word>")
def take_in_posts(word: str) -> ResponseReturnValue:
    """Takes in the files that are ticked, and says what became of them."""
    wanted = set(request.form.getlist("file"))
    insisted = set(request.form.getlist("insisted"))
    try:
        if not wanted | insisted:
            return _looked_through(word, InvalidInput({"file": NONE_TICKED}))
        coming = Intake(waiting.opened(word), True, g.sign_in.account.name, insists=False, insisted=insisted)
        came = list(coming.taken_in(only=wanted | insisted))
        waiting.drop(word)
    except AppError as error:
        return _page(error)
    return render_template("admin/arrivals.html", came=came, word="", error=None)


@bp.post("/exchange/<word>/drop")
def drop_parcel(word: str) -> ResponseReturnValue:
    waiting.drop(word)
    return redirect(url_for("admin.exchange"), 303)


@bp.get("/exchange/download")
def download() -> ResponseReturnValue:
    """Every post as a zip, or the one that is asked for; it comes in again as it was."""
    asked = request.args.get("post", "", str)
    chosen = [editing.get(int(asked))] if asked.isascii() and asked.isdigit() and len(asked) < 12 else None
    out = tempfile.TemporaryFile()  # noqa: SIM115  closed when it is sent, or is not
    bundle.write(out, chosen)
    name = chosen[0].slug if chosen else slug_of(site.present().NAME) or "posts"
    response = Response(_pieces(out), mimetype="application/zip")
    response.call_on_close(out.close)
    response.headers["Content-Length"] = str(out.tell())
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{now():%Y-%m-%d}.zip"'
    return response


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        yield from iter(lambda: file.read(PIECE), b"")


def _handed_in() -> bytes:
    """The files of the form as one zip, checked as such. Raises AppError."""
    files = [file for file in request.files.getlist("files") if file.filename]
    if not files:
        raise InvalidInput({"files": NO_FILE})
    if len(files) == 1 and (files[0].filename or "").lower().endswith(".zip"):
        found, data = parcels.of_zip(files[0].stream), b""
        files[0].stream.seek(0)
        data = files[0].read()
    else:
        found = parcels.of_bytes({_name(file.filename or ""): file.read() for file in files})
        data = parcels.packed(found)
    if not found.texts:
        raise InvalidInput({"files": parcels.NOTHING})
    return data


def _name(filename: str) -> str:
    return re.sub(r"[\x00-\x1f]", "", PurePosixPath(filename.replace("\\", "/")).name)


def _looked_through(word: str, error: AppError | None = None) -> ResponseReturnValue:
    came = list(Intake(waiting.opened(word), replace=True, insists=False).looked_through())
    return answer(render_template("admin/arrivals.html", came=came, word=word, error=error), error)


def _page(error: AppError | None = None) -> ResponseReturnValue:
    posts = db.session.execute(select(Post.id, Post.title).order_by(Post.title)).all()
    return answer(render_template("admin/exchange.html", posts=posts, error=error), error)
