"""Earlier addresses of a post: which lead to it, one more by hand, and one that shall lead nowhere any more."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.admin.door import bp
from app.blog import editing, former
from app.errors import InvalidInput


@bp.get("/posts/<int:post_id>/addresses")
def addresses(post_id: int) -> str:
    return _page(post_id)


@bp.post("/posts/<int:post_id>/addresses")
def add_address(post_id: int) -> ResponseReturnValue:
    given = request.form.get("address", "")
    try:
        former.add(post_id, given)
    except InvalidInput as error:
        return _page(post_id, given, error.message), error.status
    return redirect(url_for("admin.addresses", post_id=post_id), 303)


@bp.post("/posts/<int:post_id>/addresses/remove")
def remove_address(post_id: int) -> ResponseReturnValue:
    former.remove(post_id, request.form.get("address", ""))
    return redirect(url_for("admin.addresses", post_id=post_id), 303)


@bp.context_processor
def addresses_of() -> dict[str, object]:
    """For the editor's drawer, which has the post and asks for no more."""
    return {"addresses_of": former.addresses_of}


def _page(post_id: int, given: str = "", problem: str = "") -> str:
    return render_template("admin/addresses.html", post=editing.get(post_id), given=given, problem=problem)
