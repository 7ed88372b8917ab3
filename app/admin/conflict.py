"""Two texts of one post: what was typed, and what was saved meanwhile. Both are shown, and the author chooses."""

from __future__ import annotations

from flask import g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.admin import forms
from app.admin.door import bp
from app.blog import copies, editing, fields, merge, revisions
from app.blog.conflicts import EditConflict
from app.blog.models import Post
from app.errors import wants_json

KEPT_ALREADY = "This was typed on an earlier version of the post and is not in it."


@bp.get("/posts/<int:post_id>/copy")
def both(post_id: int) -> ResponseReturnValue:
    """The text that is kept of an earlier version, beside the present one."""
    post, copy = editing.get(post_id), copies.of_post(post_id)
    if copy is None or copy.base_version == post.version:
        return redirect(url_for("admin.edit", post_id=post_id), 303)
    mine = fields.of(post) | copy.fields | {"rev": str(copy.rev), "copy": str(copy.id)}
    return _page(post, mine, copy.base_version, KEPT_ALREADY)


def answer(refusal: EditConflict) -> ResponseReturnValue:
    """To a save on a version that is no more the present one."""
    post, rev = refusal.post, forms.number_of(request.form, "rev")
    if wants_json():
        theirs = fields.of(post)
        return jsonify(error=refusal.message, version=post.version, rev=rev, theirs=theirs), refusal.status
    mine = {name: value for name, value in forms.sent(request.form).items() if name in forms.TYPED}
    mine |= fields.typed(mine)
    return _page(post, mine, forms.version_of(request.form), refusal.message), refusal.status


def _page(post: Post, mine: dict[str, str], version: int, told: str) -> str:
    base = revisions.at_version(post.id, version)
    latest = revisions.at_version(post.id, post.version)
    source = mine.get("source", "")
    merged = merge.three_ways(base.source, source, post.source) if base else None
    return render_template(
        "admin/conflict.html",
        post=post,
        mine=mine,
        told=told,
        base=base,
        merged=merged,
        others=_others(mine, post),
        by=latest.author if latest and latest.author != g.sign_in.account.name else "",
    )


def _others(mine: dict[str, str], post: Post) -> list[tuple[str, str, str]]:
    """Fields beside the text that the two do not agree in: name, mine, theirs."""
    theirs = fields.of(post)
    names = [name for name in fields.NAMES if name not in ("source", "title") and name in mine]
    return [(name, mine[name], theirs[name]) for name in names if fields.differ({name: mine[name]}, post)]
