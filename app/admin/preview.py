"""The page as it would be, while it is written: by the renderer of the site, with what should be mended in it."""

from __future__ import annotations

from flask import jsonify, render_template, request
from flask.typing import ResponseReturnValue

from app.admin.door import bp
from app.blog import checks, rendering
from app.blog.models import minutes_of
from app.errors import InvalidInput, wants_json


@bp.post("/preview")
def preview() -> ResponseReturnValue:
    """HTML, warnings by line, and words, as JSON; or a page, where no script asks."""
    source = request.form.get("source", "").replace("\r\n", "\n")
    if not wants_json():
        return _page(source)
    rendered = rendering.previewed(source)
    warnings = [{"line": remark.line, "sentence": remark.sentence} for remark in checks.of_text(rendered, source)]
    return jsonify(html=rendered.html, warnings=warnings, words=rendered.words, minutes=minutes_of(rendered.words))


def _page(source: str) -> ResponseReturnValue:
    try:
        rendered = rendering.previewed(source)
    except InvalidInput as error:
        return render_template("admin/preview.html", title=request.form.get("title"), error=error), error.status
    given = {"title": request.form.get("title"), "remarks": checks.of_text(rendered, source)}
    return render_template("admin/preview.html", rendered=rendered, **given)
