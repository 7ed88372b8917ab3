"""Where the cards are. No page draws one: a card is drawn when somebody asks for it, the first time."""

from __future__ import annotations

from flask import Blueprint, Response, request

from app.assets import FOR_EVER
from app.blog import archive, former
from app.blog.cards import card
from app.blog.models import Post
from app.errors import NotFound

bp = Blueprint("cards", __name__)


@bp.get("/card.png")
def site() -> Response:
    return _sent(*card.of_site())


@bp.get("/cards/<slug>.png")
def post(slug: str) -> Response:
    return _sent(*card.of_post(_readable(slug)))


def _readable(slug: str) -> Post:
    """A post or a page that readers may see. Raises NotFound."""
    found = archive.at(slug) or former.leads_to(slug)
    if found is None:
        raise NotFound("There is no post with this card.")
    return found


def _sent(version: str, drawn: bytes) -> Response:
    response = Response(drawn, mimetype="image/png")
    response.headers["Cache-Control"] = FOR_EVER if request.args.get("v") == version else "no-cache"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # it is for pages of other sites
    response.set_etag(version)
    return response.make_conditional(request)  # type: ignore[return-value]
