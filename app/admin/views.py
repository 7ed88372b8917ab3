"""The author's pages: the list of posts, the editor, its preview. A save that cannot be done loses nothing."""

from __future__ import annotations

from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.admin import forms
from app.admin.door import bp
from app.blog import editing
from app.blog.addresses import path_of
from app.blog.models import Post
from app.errors import AppError, InvalidInput, NotFound, wants_json


@bp.get("")
def index() -> str:
    return render_template("admin/index.html", posts=editing.everything())


@bp.get("/posts/new")
def new() -> str:
    return _editor(forms.EMPTY, None)


@bp.post("/posts")
def create() -> ResponseReturnValue:
    try:
        post = editing.create(forms.manuscript_of(request.form))
    except InvalidInput as error:
        return _again(None, error)
    return _saved(post, 201)


@bp.get("/posts/<int:post_id>")
def edit(post_id: int) -> str:
    post = editing.get(post_id)
    return _editor(forms.values_of(post), post)


@bp.post("/posts/<int:post_id>")
def save(post_id: int) -> ResponseReturnValue:
    try:
        manuscript = forms.manuscript_of(request.form, editing.get(post_id))
        return _saved(editing.save(post_id, forms.version_of(request.form), manuscript))
    except InvalidInput as error:
        return _again(editing.get(post_id), error)
    except editing.EditConflict as conflict:
        return _both(conflict)
    except NotFound:
        return _again(None, editing.Deleted())


@bp.get("/posts/<int:post_id>/delete")
def confirm_delete(post_id: int) -> str:
    return render_template("admin/delete.html", post=editing.get(post_id))


@bp.post("/posts/<int:post_id>/delete")
def delete(post_id: int) -> ResponseReturnValue:
    editing.delete(post_id)
    return redirect(url_for("admin.index"), 303)


@bp.post("/preview")
def preview() -> ResponseReturnValue:
    """The page as it would be, by the renderer of the site, and what should be mended in it."""
    rendered = editing.rendered(request.form.get("source", ""))
    if not wants_json():
        return render_template("admin/preview.html", title=request.form.get("title"), rendered=rendered)
    warnings = [{"line": remark.line, "sentence": remark.sentence} for remark in rendered.warnings]
    return jsonify(html=rendered.html, warnings=warnings, words=rendered.words)


def _editor(values: dict[str, str], post: Post | None, error: AppError | None = None) -> str:
    problems = error.problems if error else {}
    return render_template("admin/editor.html", values=values, post=post, error=error, problems=problems)


def _saved(post: Post, status: int = 200) -> ResponseReturnValue:
    url = url_for("admin.edit", post_id=post.id)
    if not wants_json():
        return redirect(url, 303)
    public = post.status == "published" and not post.scheduled
    answer = {
        "url": url,
        "public_url": path_of(post) if public else None,
        "version": post.version,
        "slug": post.slug,
        "saved_at": post.updated_at.isoformat(),
    }
    return jsonify(answer), status


def _again(post: Post | None, error: AppError) -> ResponseReturnValue:
    """The same form with everything that was in it, and what is wrong with it."""
    if wants_json():
        raise error
    return _editor(request.form.to_dict(), post, error), error.status


def _both(conflict: editing.EditConflict) -> ResponseReturnValue:
    """Both texts, and the choice between them."""
    post, mine = conflict.post, request.form.to_dict()
    if wants_json():
        theirs = {"title": post.title, "source": post.source}
        return jsonify(error=conflict.message, version=post.version, theirs=theirs), conflict.status
    return render_template("admin/conflict.html", post=post, mine=mine, error=conflict), conflict.status
