"""A run's own page, which works without JavaScript, and the pictures of the store."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.errors import wants_json
from app.jobs import recipe, reports, timelapse, wishes
from app.jobs.api import find, given_changes
from app.jobs.describe import described
from app.jobs.engine import engine
from app.jobs.models import Job
from app.jobs.pictures import shown
from app.jobs.reader import client_of_request
from app.jobs.store import TYPES
from app.jobs.sweep import erase

bp = Blueprint("jobs", __name__)


@bp.get("/jobs/<job_id>")
def page(job_id: str) -> ResponseReturnValue:
    job = find(job_id)
    described_job = described(job)
    covered = described_job["reported"] and "show" not in request.args
    bench = "" if covered else Markup(engine().demos.bench_of(job.demo, described_job))  # made by our own templates
    title = engine().demos.title_of(job.demo)
    html = render_template("jobs/page.html", job=described_job, bench=bench, title=title, covered=covered)
    return html, 200, {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


@bp.post("/jobs/<job_id>/cancel")
def cancel(job_id: str) -> ResponseReturnValue:
    return _asked(job_id, wishes.cancel)


@bp.post("/jobs/<job_id>/pause")
def pause(job_id: str) -> ResponseReturnValue:
    return _asked(job_id, wishes.pause)


@bp.post("/jobs/<job_id>/resume")
def resume(job_id: str) -> ResponseReturnValue:
    return _asked(job_id, wishes.resume)


@bp.post("/jobs/<job_id>/steer")
def steer(job_id: str) -> ResponseReturnValue:
    return _asked(job_id, lambda job: wishes.steer(job, given_changes()))


@bp.post("/jobs/<job_id>/report")
def report(job_id: str) -> ResponseReturnValue:
    """Say that something is wrong with it, by a form or by a page's script."""
    job = find(job_id)
    reports.file(job, given_changes(), client_of_request())
    return {"reported": True} if wants_json() else redirect(url_for("jobs.page", job_id=job_id), 303)


@bp.post("/jobs/<job_id>/erase")
def remove(job_id: str) -> ResponseReturnValue:
    job = find(job_id)
    demo = job.demo
    erase(job)
    return redirect(url_for("demos.page", name=demo), 303)


@bp.get("/jobs/<job_id>/recipe.png")
def recipe_png(job_id: str) -> ResponseReturnValue:
    """The result with what it was made from inside."""
    job = find(job_id)
    return _download(recipe.png(job), "png", f"{job.demo}-{job.id[:6]}.png")


@bp.get("/jobs/<job_id>/timelapse.<any(webp, gif):kind>")
def film(job_id: str, kind: str) -> ResponseReturnValue:
    """The run as a short film."""
    job = find(job_id)
    frames = timelapse.frames(job)
    tag = timelapse.tag(frames, kind)
    if tag in request.if_none_match:
        return Response(status=304)  # before it is made: that is what costs
    response = _download(timelapse.film(frames, kind), kind, f"{job.demo}-{job.id[:6]}.{kind}")
    response.set_etag(tag)
    return response


@bp.get("/pictures/<key>")
def picture(key: str) -> ResponseReturnValue:
    """A picture of the store, or an array for a script, that some job still holds."""
    held, data = shown(key)
    response = _sent(data, held.rpartition(".")[2])
    if held.endswith(".bin"):
        response.headers["Content-Disposition"] = "attachment"
    return response


def _asked(job_id: str, wish: Callable[[Job], None]) -> ResponseReturnValue:
    wish(find(job_id))
    return redirect(url_for("jobs.page", job_id=job_id), 303)


def _download(data: bytes, kind: str, name: str) -> Response:
    response = _sent(data, kind)
    response.headers["Content-Disposition"] = f"inline; filename={name}"  # shown by a browser, kept under this name
    return response


def _sent(data: bytes, kind: str) -> Response:
    """A file that no browser takes for more than it is, and that never changes at its address."""
    response = make_response(data)
    response.content_type = TYPES[kind]
    response.headers["Cache-Control"] = "private, max-age=86400, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
