"""What is typed and not saved: kept every few seconds by the editor’s script, beside the post and never in it."""

from __future__ import annotations

from flask import g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.admin import forms
from app.admin.door import bp
from app.blog import copies, editing, fields
from app.blog.conflicts import CopyConflict, EditConflict
from app.errors import wants_json


@bp.post("/copies")
def keep_text() -> ResponseReturnValue:
    """A text that is no post yet."""
    copy, rev = (forms.number_of(request.form, name) for name in ("copy", "rev"))
    try:
        return _kept(copies.keep_text(copy, rev, request.form))
    except CopyConflict as refusal:
        return _refused(refusal)


@bp.post("/posts/<int:post_id>/copy")
def keep(post_id: int) -> ResponseReturnValue:
    version, rev = forms.version_of(request.form), forms.number_of(request.form, "rev")
    try:
        return _kept(copies.keep(post_id, version, rev, request.form, g.sign_in.account.name))
    except EditConflict as refusal:  # the number stays the sender’s: it has not seen what is kept by now
        theirs = fields.of(refusal.post)
        return jsonify(error=refusal.message, version=refusal.post.version, rev=rev, theirs=theirs), refusal.status
    except CopyConflict as refusal:
        return _refused(refusal)


@bp.get("/posts/<int:post_id>/copy/newest")
def newest(post_id: int) -> ResponseReturnValue:
    """What an open editor asks for every few seconds: whether somebody saves or types elsewhere."""
    post, copy = editing.get(post_id), copies.of_post(post_id)
    return jsonify(version=post.version, rev=copy.rev if copy else 0)


@bp.post("/posts/<int:post_id>/copy/drop")
def drop(post_id: int) -> ResponseReturnValue:
    try:
        copies.drop(post_id, _seen())
    except CopyConflict as refusal:
        return _refused(refusal)
    return jsonify(dropped=True) if wants_json() else redirect(url_for("admin.edit", post_id=post_id), 303)


@bp.get("/copies/<int:copy_id>/drop")
def confirm_drop(copy_id: int) -> str:
    return render_template("admin/drop.html", copy=copies.of_text(copy_id))


@bp.post("/copies/<int:copy_id>/drop")
def drop_text(copy_id: int) -> ResponseReturnValue:
    try:
        copies.drop_text(copy_id, _seen())
    except CopyConflict as refusal:
        return _refused(refusal)
    return jsonify(dropped=True) if wants_json() else redirect(url_for("admin.index"), 303)


def _seen() -> int | None:
    """The number of the text that is to go; None where the form does not say."""
    return forms.number_of(request.form, "rev") if request.form.get("rev") else None


def _kept(kept: copies.Kept) -> ResponseReturnValue:
    return jsonify(copy=kept.copy, rev=kept.rev, kept_at=kept.kept_at.isoformat())


def _refused(refusal: CopyConflict) -> ResponseReturnValue:
    if not wants_json():
        raise refusal
    told = {"error": refusal.message, "version": refusal.version, "rev": refusal.rev, "theirs": refusal.fields}
    return jsonify(told), refusal.status
