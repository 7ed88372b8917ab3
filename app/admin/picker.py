"""What an author can pick while writing: a live demo with its options, a picture, a tag, a series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from flask import current_app, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from app.admin.door import bp
from app.blog import suggestions
from app.blog.pictures import shelf


class Offered(Protocol):
    """What an author is told of a demo before it is chosen."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def still(self) -> str | None: ...


class Picked(Protocol):
    """A demo as it is set: its inputs as forms draw them, the line for a post, and its bench as HTML."""

    @property
    def demo(self) -> Offered: ...
    @property
    def fields(self) -> list[dict[str, Any]]: ...
    @property
    def values(self) -> dict[str, Any]: ...
    @property
    def line(self) -> str: ...
    @property
    def bench(self) -> str: ...
    @property
    def problems(self) -> dict[str, str]: ...


class Demos(Protocol):
    """What the admin is handed of the demos, which it does not know."""

    def offered(self) -> Sequence[Offered]: ...
    def picked(self, name: str, given: Mapping[str, str]) -> Picked: ...


@bp.get("/picker")
def picker() -> str:
    """Every demo there is."""
    return render_template("admin/picker.html", offered=demos().offered())


@bp.get("/picker/<name>")
def pick(name: str) -> str:
    """One demo with its options, its bench, and the line that a post needs for it."""
    return render_template("admin/pick.html", picked=demos().picked(name, request.args))


@bp.get("/library")
def library() -> ResponseReturnValue:
    """The pictures of the library, for the editor's script."""
    there = [(picture, shelf.shown(picture)) for picture in shelf.everything()]
    return jsonify(
        pictures=[
            {
                "name": picture.name,
                "alt": picture.alt,
                "url": shown.largest,
                "thumb": shown.files[0][0],
                "width": shown.width,
                "height": shown.height,
            }
            for picture, shown in there
        ]
    )


@bp.context_processor
def written_before() -> dict[str, object]:
    """For the editor, which offers in its drawer what has been written, and in its dialog the name to sign in with."""
    name = g.sign_in.account.name if g.get("sign_in") else ""
    return {"tags_before": suggestions.tags, "series_before": suggestions.series, "account_name": name}


def demos() -> Demos:
    handed: Demos = current_app.extensions["admin.demos"]
    return handed
