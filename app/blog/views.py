"""The readers' pages: home, posts, pages, lists, search. None sets a cookie; all answer 304 when they can."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.blog import archive, former, frontmatter, search
from app.blog.addresses import path_of
from app.blog.models import Post
from app.blog.nearby import near_tags
from app.blog.related import related
from app.blog.transfer import manuscript_of
from app.errors import NotFound

bp = Blueprint("blog", __name__)


@bp.get("/")
def home() -> str:
    size = current_app.config["SETTINGS"].PAGE_SIZE
    page = archive.page(request.args.get("page", 1, int), size)
    return render_template("blog/home.html", page=page, posts=page.items, lengths=archive.series_lengths())


@bp.get("/posts/<slug>")
def post(slug: str) -> ResponseReturnValue:
    post = archive.at(slug)
    if post is None or post.kind != "post":
        return _moved(post or former.leads_to(slug))
    series = archive.series_of(post)
    earlier, later = archive.neighbours(post, series)
    beside = {other.id for other in (earlier, later, *(series.posts if series else ())) if other}
    given = {"series": series, "earlier": earlier, "later": later, "related": related(post, beside)}
    return render_template("blog/post.html", post=post, **given)


@bp.get("/<slug>")
def standing(slug: str) -> ResponseReturnValue:
    """A page beside the posts; a post is sent for where it is."""
    page = archive.at(slug)
    if page is None or page.kind != "page":
        return _moved(page or former.leads_to(slug))
    return render_template("blog/standing.html", post=page)


@bp.get("/<slug>.md")
def source(slug: str) -> ResponseReturnValue:
    """A post or a page as its author wrote it."""
    post = archive.at(slug) or former.leads_to(slug)
    if post is None:
        raise NotFound("There is no post at this address.")
    if post.slug != slug:
        return redirect(url_for("blog.source", slug=post.slug), 301)
    return Response(frontmatter.write(manuscript_of(post)), content_type="text/markdown; charset=utf-8")


@bp.get("/tags")
def tags() -> str:
    return render_template("blog/tags.html", tags=archive.tags())


@bp.get("/tags/<tag>")
def tag(tag: str) -> str:
    return render_template("blog/tag.html", tag=tag, posts=archive.tagged(tag), lengths=archive.series_lengths())


@bp.get("/series/<slug>")
def series(slug: str) -> str:
    series = archive.series_at(slug)
    lengths = {series.title: series.of}
    return render_template("blog/series.html", series=series, posts=series.posts, lengths=lengths)


@bp.get("/archive", endpoint="archive")
def by_year() -> str:
    return render_template("blog/archive.html", years=archive.years(), series=archive.series_lengths())


@bp.get("/search", endpoint="search")
def found() -> str:
    query = " ".join(request.args.get("q", "").replace("\0", " ").split())[: search.LONGEST_QUERY]
    results = search.find(query, request.args.get("page", 1, int)) if query else None
    tags = archive.tags() if results is None or not results.hits else {}
    near = near_tags(query, tags) if results else []
    return render_template("blog/search.html", query=query, results=results, tags=tags, near=near)


@bp.get("/opensearch.xml")
def opensearch() -> Response:
    """Tells browsers how this site is searched (OpenSearch 1.1)."""
    return Response(render_template("blog/opensearch.xml"), mimetype="application/opensearchdescription+xml")


@bp.after_request
def revalidate(response: Response) -> Response:
    """Browsers ask every time whether a page has changed; mostly the answer is a bare 304."""
    if response.status_code in (200, 301):  # a post may move back to where it was
        response.headers["Cache-Control"] = "no-cache"
    if response.status_code == 200:
        response.add_etag()
        response.make_conditional(request)
    return response


def send_on() -> ResponseReturnValue | None:
    """Before any request: addresses that the site never had, but a post once had on another site, lead to the post."""
    if request.routing_exception is None or request.method not in ("GET", "HEAD") or request.path.startswith("/api/"):
        return None
    post = former.leads_to(request.path)
    return redirect(path_of(post), 301) if post else None


def _moved(post: Post | None) -> ResponseReturnValue:
    """To where `post` is now, in one step."""
    if post is None:
        raise NotFound("There is nothing at this address.")
    return redirect(path_of(post), 301)
