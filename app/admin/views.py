"""The author's pages: the list of posts, the editor, saving, deleting. A save that cannot be done loses nothing."""

from __future__ import annotations

from flask import g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.admin import conflict, forms
from app.admin.door import bp
from app.blog import copies, editing, fields, revisions
from app.blog.addresses import path_of
from app.blog.conflicts import Deleted, EditConflict
from app.blog.models import Post, WorkingCopy
from app.errors import AppError, Busy, DiskFull, InvalidInput, NotFound, wants_json


@bp.get("")
def index() -> str:
    return render_template(
        "admin/index.html", posts=editing.everything(), changed=copies.changed(), texts=copies.texts()
    )


@bp.get("/posts/new")
def new() -> str:
    if copy_id := forms.number_of(request.args, "copy"):
        copy = copies.of_text(copy_id)
        return _editor(forms.values_of_text(copy), None, copy)
    return _editor(forms.EMPTY, None)


@bp.post("/posts")
def create() -> ResponseReturnValue:
    copy, rev = (forms.number_of(request.form, name) for name in ("copy", "rev"))
    as_copy = "as_new" in request.form  # of a post that was changed elsewhere, whose address stays its own
    try:
        manuscript = forms.manuscript_of(forms.sent(request.form))
        manuscript = editing.beside(manuscript) if as_copy else manuscript
        post = editing.create(manuscript, author=g.sign_in.account.name, copy=copy, rev=rev)
    except (InvalidInput, Busy, DiskFull) as error:
        return _again(None, error)
    return _saved(post, 201)


@bp.get("/posts/<int:post_id>")
def edit(post_id: int) -> ResponseReturnValue:
    post, copy = editing.get(post_id), copies.of_post(post_id)
    if copy is not None and copy.base_version != post.version:  # typed on an earlier one: nothing of it is dropped
        return redirect(url_for("admin.both", post_id=post.id), 303)
    return _editor(forms.values_of(post, copy), post, copy)


@bp.post("/posts/<int:post_id>")
def save(post_id: int) -> ResponseReturnValue:
    version, rev = forms.version_of(request.form), forms.number_of(request.form, "rev")
    author = g.sign_in.account.name
    try:
        manuscript = forms.manuscript_of(forms.sent(request.form), editing.get(post_id))
        return _saved(editing.save(post_id, version, manuscript, author=author, rev=rev))
    except (InvalidInput, Busy, DiskFull) as error:
        return _again(editing.get(post_id), error)
    except EditConflict as refusal:
        return conflict.answer(refusal)
    except NotFound:
        return _again(None, Deleted())


@bp.get("/posts/<int:post_id>/delete")
def confirm_delete(post_id: int) -> str:
    return _deletion(editing.get(post_id))


@bp.post("/posts/<int:post_id>/delete")
def delete(post_id: int) -> ResponseReturnValue:
    try:
        editing.delete(post_id, forms.version_of(request.form) or None)
    except EditConflict as refusal:
        return _deletion(refusal.post, refusal), refusal.status
    return redirect(url_for("admin.index"), 303)


def _editor(
    values: dict[str, str], post: Post | None, copy: WorkingCopy | None = None, error: AppError | None = None
) -> str:
    problems = error.problems if error else {}
    return render_template(
        "admin/editor.html",
        values=values,
        post=post,
        copy=copy,
        error=error,
        problems=problems,
        public=_is_public(post),
    )


def _deletion(post: Post, error: EditConflict | None = None) -> str:
    copy = copies.changed().get(post.id)
    return render_template("admin/delete.html", post=post, error=error, copy=copy, revisions=revisions.count(post.id))


def _is_public(post: Post | None) -> bool:
    return post is not None and post.status == "published" and not post.scheduled


def _saved(post: Post, status: int = 200) -> ResponseReturnValue:
    url = url_for("admin.edit", post_id=post.id)
    if not wants_json():
        return redirect(url, 303)
    answer = {
        "url": url,
        "public_url": path_of(post) if _is_public(post) else None,
        "version": post.version,
        "slug": post.slug,
        "published_at": fields.of(post)["published_at"],
        "saved_at": post.updated_at.isoformat(),
    }
    return jsonify(answer), status


def _again(post: Post | None, error: AppError) -> ResponseReturnValue:
    """The same form with everything that was in it, and what is wrong with it."""
    if wants_json():
        raise error
    typed = {name: value for name, value in forms.sent(request.form).items() if name in forms.TYPED}
    copy = copies.of_post(post.id) if post else None
    seen = copy if copy is not None and str(copy.rev) == typed.get("rev") else None
    return _editor(forms.EMPTY | typed, post, seen, error), error.status
