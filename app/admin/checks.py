"""What should be mended in the posts, each with its line in the editor."""

from __future__ import annotations

from flask import render_template, request
from sqlalchemy import func, select

from app.admin.door import bp
from app.blog import checks
from app.blog.models import Post
from app.db import db
from app.errors import NotFound

PAGE = 10  # each is rendered again when it has changed, or what it links to may have: a tenth of a second and more


@bp.get("/checks", endpoint="checks")
def checked() -> str:
    number = request.args.get("page", 1, int)
    total = db.session.scalar(select(func.count()).select_from(Post)) or 0
    pages = max(1, -(-total // PAGE))
    if not 1 <= number <= pages:
        raise NotFound("There is no such page of posts.")
    found = list(checks.everything((number - 1) * PAGE, PAGE))
    wrong = [checked for checked in found if checked.remarks]
    given = {"wrong": wrong, "looked_at": len(found), "number": number, "pages": pages}
    return render_template("admin/checks.html", **given)
