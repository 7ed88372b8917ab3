"""The texts that a post had: the list, each beside the present text, and how one becomes the present one again."""

from __future__ import annotations

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.admin import forms
from app.admin.door import bp
from app.blog import copies, differences, editing, fields, revisions
from app.errors import AppError, Conflict, InvalidInput

WORDS = {
    "auto": "Typed, not saved",
    "manual": "Saved",
    "publish": "Published",
    "restore": "Taken back from an earlier one",
    "import": "Imported",
}


@bp.get("/posts/<int:post_id>/revisions")
def history(post_id: int) -> str:
    post, before = editing.get(post_id), forms.number_of(request.args, "before") or None
    lines = revisions.of_post(post_id, before)
    older = lines[-1].number if len(lines) == revisions.ON_A_PAGE else 0
    copy = copies.changed().get(post_id)
    return render_template("admin/revisions.html", post=post, lines=lines, words=WORDS, older=older, copy=copy)


@bp.get("/posts/<int:post_id>/revisions/<int:number>")
def revision(post_id: int, number: int) -> str:
    return _page(post_id, number)


@bp.post("/posts/<int:post_id>/revisions/<int:number>/restore")
def restore(post_id: int, number: int) -> ResponseReturnValue:
    """Never over a text that its author has not seen, nor to one: the page is shown again with what is there by now.

    A revision of what is typed is replaced while typing goes on, so the form says as of when it was seen.
    """
    try:
        if request.form.get("at", "") not in ("", revisions.get(post_id, number).at.isoformat()):
            raise Conflict("Typing went on in this revision meanwhile. This is its text by now.")
        editing.restore(post_id, forms.version_of(request.form), number, g.sign_in.account.name)
    except (InvalidInput, Conflict) as refusal:
        return _page(post_id, number, refusal), refusal.status
    return redirect(url_for("admin.edit", post_id=post_id), 303)


def _page(post_id: int, number: int, error: AppError | None = None) -> str:
    """What taking the revision back would change of the present text."""
    post, old = editing.get(post_id), revisions.get(post_id, number)
    present, copy = fields.of(post), copies.changed().get(post_id)
    names = [name for name in (*editing.RESTORED.split(), "tags", "part") if name != "source"]
    others = [
        (name, tuple(differences.words(present[name], old.fields.get(name, ""))))
        for name in names
        if present[name] != old.fields.get(name, "")
    ]
    rows = differences.rows(post.source, old.source)
    return render_template(
        "admin/revision.html",
        post=post,
        old=old,
        kind=WORDS[old.kind],
        rows=rows,
        others=others,
        copy=copy,
        error=error,
    )
