"""A run's own page, which works without JavaScript, and the pictures of the store."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy import select

from app.db import db
from app.errors import NotFound
from app.jobs.api import find
from app.jobs.describe import described
from app.jobs.engine import engine
from app.jobs.models import JobPicture
from app.jobs.store import TYPES
from app.jobs.sweep import erase

bp = Blueprint("jobs", __name__)


@bp.get("/jobs/<job_id>")
def page(job_id: str) -> ResponseReturnValue:
    job = find(job_id)
    described_job = described(job)
    bench = Markup(engine().demos.bench_of(job.demo, described_job))  # made by our own templates
    html = render_template("jobs/page.html", job=described_job, bench=bench, title=engine().demos.title_of(job.demo))
    return html, 200, {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


@bp.post("/jobs/<job_id>/cancel")
def cancel(job_id: str) -> ResponseReturnValue:
    find(job_id).cancel()
    return redirect(url_for("jobs.page", job_id=job_id), 303)


@bp.post("/jobs/<job_id>/erase")
def remove(job_id: str) -> ResponseReturnValue:
    job = find(job_id)
    demo = job.demo
    erase(job)
    return redirect(url_for("demos.page", name=demo), 303)


@bp.get("/pictures/<key>")
def picture(key: str) -> ResponseReturnValue:
    """A picture of the store that some job still holds. The key that is read is the row's, not the address's."""
    held = db.session.scalar(select(JobPicture.key).where(JobPicture.key == key).limit(1))
    try:
        data = engine().store.read(held) if held else b""
    except FileNotFoundError:  # erased between the two
        data = b""
    if not held or not data:
        raise NotFound("This picture has been erased.")
    response = make_response(data)
    response.content_type = TYPES[held.rpartition(".")[2]]
    response.headers["Cache-Control"] = "private, max-age=86400, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
