"""Posts by their addresses, for who shows a token. Cookies are not looked at, so no other site's page can use one."""

from __future__ import annotations

import io
from pathlib import PurePosixPath
from typing import Any

from flask import Blueprint, Response, g, jsonify, make_response, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from app.admin import tokens
from app.blog import archive, editing, former, frontmatter
from app.blog.addresses import path_of
from app.blog.conflicts import EditConflict
from app.blog.exchange import parcel as parcels
from app.blog.exchange import reading
from app.blog.exchange.intake import Arrival, Intake
from app.blog.exchange.parcel import Parcel
from app.blog.models import FormerAddress, Post
from app.blog.transfer import manuscript_of
from app.db import db
from app.errors import AppError, InvalidInput, NotFound

bp = Blueprint("posts_api", __name__, url_prefix="/api/v1")

LARGEST, MOST_PARTS, ON_A_PAGE = 64 << 20, 400, 100
MARKDOWN, NOTEBOOK, ZIP = (
    {"text/markdown", "text/plain"},
    {"application/x-ipynb+json", "application/json"},
    "application/zip",
)
YES = {"1", "true", "yes"}

NO_KIND = "Send text/markdown, application/x-ipynb+json, application/zip, or files as multipart/form-data."
ONE = "This address takes one post; POST to /api/v1/posts takes several."
ANOTHER = "The text says its address is “{}”; leave that out, or send it there."
CHANGED = "This post is at version {} now, and not at the one that you have seen."


class Unsupported(AppError):
    status = 415


@bp.before_request
def guard() -> None:
    """Nothing is read of a request without a token; with one it may be larger than what strangers send."""
    g.author = tokens.holder(request.headers.get("Authorization", ""), request.remote_addr or "")
    request.max_content_length = LARGEST
    request.max_form_parts = MOST_PARTS


@bp.after_request
def keep_out_of_caches(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    if response.status_code == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


@bp.get("/posts")
def index() -> ResponseReturnValue:
    """Every post, drafts too, by address; a hundred at a time."""
    wanted = archive.light(select(Post)).where(Post.slug > request.args.get("after", "")).order_by(Post.slug)
    found = list(db.session.scalars(wanted.limit(ON_A_PAGE + 1)))
    more = found[ON_A_PAGE - 1].slug if len(found) > ON_A_PAGE else None
    return jsonify(posts=[_described(post) for post in found[:ON_A_PAGE]], next=more)


@bp.get("/posts/<slug>")
def get(slug: str) -> ResponseReturnValue:
    """One, with the file that it is; as that file for who asks for text/markdown."""
    post = _named(slug)
    text = frontmatter.write(manuscript_of(post))
    best = request.accept_mimetypes.best_match(["application/json", "text/markdown"], "application/json")
    response = make_response(text) if best == "text/markdown" else jsonify(_described(post) | {"markdown": text})
    if best == "text/markdown":
        response.content_type = "text/markdown; charset=utf-8"
    response.set_etag(str(post.version))
    return response.make_conditional(request)


@bp.post("/posts")
def push() -> ResponseReturnValue:
    """Posts as they are, wherever they belong: those that are new, and those that were pushed before."""
    parcel = _parcel(PurePosixPath(request.args.get("name", "")).name)
    if not parcel.texts:
        raise InvalidInput({"body": parcels.NOTHING})
    coming = Intake(parcel, replace=True, author=g.author, insists=_asked("replace"))
    came = list(coming.looked_through() if _asked("dry_run") else coming.taken_in())
    if len(came) == 1 and came[0].error:
        raise came[0].error
    status = 201 if any(each.outcome == "added" for each in came) else 200
    return jsonify(posts=[_told(each) for each in came]), status


@bp.put("/posts/<slug>")
def put(slug: str) -> ResponseReturnValue:
    """The post at an address; with If-Match only where it is still what the sender has seen."""
    there = _found(slug)
    parcel = _parcel(f"{slug}.ipynb" if request.mimetype in NOTEBOOK else f"{slug}.md")
    if len(parcel.texts) != 1:
        raise InvalidInput({"body": ONE if parcel.texts else parcels.NOTHING})
    if request.if_match and (there is None or not request.if_match.contains(str(there.version))):
        return _both(there, parcel)
    _refuse_another(slug, there, parcel)
    insists = _asked("replace") or bool(request.if_match)
    (came,) = Intake(parcel, replace=True, author=g.author, insists=insists, onto=there).taken_in()
    if isinstance(came.error, EditConflict):
        return _both(_found(slug), parcel)
    if came.error:
        raise came.error
    post = editing.get(came.post_id or 0)
    response = jsonify(_described(post) | _told(came))
    response.set_etag(str(post.version))
    response.headers["Location"] = url_for("posts_api.get", slug=post.slug)
    return response, 201 if came.outcome == "added" else 200


def _refuse_another(slug: str, there: Post | None, parcel: Parcel) -> None:
    """A new post has the address that it is put at."""
    if there is None:
        said = reading.read(parcel, parcel.texts[0]).manuscript.slug
        if said != slug:
            raise InvalidInput({"slug": ANOTHER.format(said)})


def _both(there: Post | None, parcel: Parcel) -> ResponseReturnValue:
    """412, with what is there and what was sent."""
    theirs = frontmatter.write(manuscript_of(there)) if there else None
    yours = parcel.text(parcel.texts[0])
    version = there.version if there else None
    error = CHANGED.format(version) if there else "There is no post at this address."
    return jsonify(error=error, version=version, theirs=theirs, yours=yours), 412


def _parcel(name: str) -> Parcel:
    """What was sent, as files. Raises AppError."""
    kind = request.mimetype
    if kind == ZIP:
        return parcels.of_zip(io.BytesIO(request.get_data()))
    if kind == "multipart/form-data":
        sent = [file for files in request.files.listvalues() for file in files if file.filename]
        if len(sent) == 1 and (sent[0].filename or "").lower().endswith(".zip"):
            return parcels.of_zip(io.BytesIO(sent[0].read()))
        return parcels.of_bytes({file.filename or "": file.read() for file in sent})
    if kind in MARKDOWN | NOTEBOOK:
        suffix = ".ipynb" if kind in NOTEBOOK else ".md"
        known = PurePosixPath(name).suffix.lower() in parcels.TEXTS
        return parcels.of_bytes({name if known else f"{name or 'post'}{suffix}": request.get_data()})
    raise Unsupported(NO_KIND)


def _named(slug: str) -> Post:
    post = _found(slug)
    if post is None:
        raise NotFound("There is no post at this address.")
    return post


def _found(slug: str) -> Post | None:
    """The post at an address, or the one that had it once."""
    held = select(FormerAddress.post_id).where(FormerAddress.slug == slug).scalar_subquery()
    there = db.session.scalar(select(Post).where(Post.slug == slug))
    return there or db.session.scalar(select(Post).where(Post.id == held))


def _asked(name: str) -> bool:
    return request.args.get(name, "").lower() in YES


def _described(post: Post) -> dict[str, Any]:
    public = post.status == "published" and not post.scheduled
    return {
        "slug": post.slug,
        "title": post.title,
        "kind": post.kind,
        "status": post.status,
        "version": post.version,
        "tags": post.tags,
        "published_at": post.published_at.isoformat() if post.published_at else None,
        "updated_at": post.updated_at.isoformat(),
        "url": url_for("posts_api.get", slug=post.slug),
        "public_url": path_of(post) if public else None,
        "aliases": list(former.addresses_of(post)),
    }


def _told(came: Arrival) -> dict[str, Any]:
    """What became of a file; of one that is kept, also what should be mended in it."""
    remarks = list(came.remarks)
    if came.outcome in ("added", "replaced") and came.post_id:
        remarks += editing.rendered(editing.get(came.post_id).source).warnings
    told = {"file": came.path, "outcome": came.outcome, "slug": came.slug, "title": came.title}
    told["remarks"] = [{"line": remark.line, "sentence": remark.sentence} for remark in remarks]  # type: ignore[assignment]
    return told | ({"error": came.sentence} if came.sentence else {})
