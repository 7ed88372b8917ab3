"""What a draft link opens: the draft as its page would be, for whoever has the link, and for no machine to keep."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template
from flask.typing import ResponseReturnValue

from app.blog import archive, links
from app.blog.addresses import path_of

bp = Blueprint("drafts", __name__)

# The address is the key, so it is told to no other site, kept by no cache and shown by no search engine.
HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}


@bp.get("/drafts/<token>")
def draft(token: str) -> ResponseReturnValue:
    """The post as it was last saved; once it is public, the link leads to its page."""
    post, ends = links.opened(token)
    if archive.is_public(post.id):
        return redirect(path_of(post), 302)
    return render_template("blog/draft.html", post=post, ends=ends)


@bp.after_request
def keep_private(response: Response) -> Response:
    response.headers.update(HEADERS)
    return response
