"""Draft links of a post: make one, which is shown this once, and take them back."""

from __future__ import annotations

from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.admin.door import bp
from app.blog import editing, links
from app.blog.addresses import absolute
from app.errors import InvalidInput, wants_json


@bp.get("/posts/<int:post_id>/links")
def draft_links(post_id: int) -> str:
    return _page(post_id)


@bp.post("/posts/<int:post_id>/links")
def make_link(post_id: int) -> ResponseReturnValue:
    """The new link stands on the answer itself: after a redirect it could not be shown without being kept."""
    try:
        token, link = links.make(post_id, request.form.get("lasts", ""))
    except InvalidInput as error:
        if wants_json():
            raise
        return _page(post_id, problem=error.message), error.status
    url = absolute(url_for("drafts.draft", token=token))
    if wants_json():
        return jsonify(url=url, expires_at=link.expires_at.isoformat()), 201
    return _page(post_id, made=url), 201


@bp.post("/posts/<int:post_id>/links/<int:link_id>/take-back")
def take_back_link(post_id: int, link_id: int) -> ResponseReturnValue:
    links.take_back(post_id, link_id)
    return redirect(url_for("admin.draft_links", post_id=post_id), 303)


@bp.post("/posts/<int:post_id>/links/take-back")
def take_back_links(post_id: int) -> ResponseReturnValue:
    links.take_back(post_id)
    return redirect(url_for("admin.draft_links", post_id=post_id), 303)


@bp.context_processor
def draft_links_of() -> dict[str, object]:
    """For the editor's drawer, which has the post and asks for no more."""
    return {"draft_links_of": links.of}


def _page(post_id: int, made: str = "", problem: str = "") -> str:
    return render_template("admin/links.html", post=editing.get(post_id), made=made, problem=problem)
