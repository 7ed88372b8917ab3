"""Jobs for programs and for the bench's script: JSON, long-poll, server-sent events, cancel, erase."""

from __future__ import annotations

import hashlib

from flask import Blueprint, Response, jsonify, make_response, request, stream_with_context
from flask.typing import ResponseReturnValue

from app.db import db
from app.errors import Busy, InvalidInput, NotFound
from app.jobs.describe import described, updates_after
from app.jobs.engine import engine
from app.jobs.models import Job
from app.jobs.stream import follow, wait_for_news
from app.jobs.sweep import erase

LONGEST_WAIT = 20

bp = Blueprint("jobs_api", __name__, url_prefix="/api/v1/jobs")


def find(job_id: str) -> Job:
    """The job at this address. Raises NotFound with a sentence."""
    job = db.session.get(Job, job_id)
    if job is None:
        raise NotFound("There is no such run. It may have been erased, or the address is incomplete.")
    return job


@bp.get("/<job_id>")
def show(job_id: str) -> ResponseReturnValue:
    """The job; with ?wait=SECONDS (20 at most) once it has news, with ?after=SEQ also its reports since."""
    find(job_id)
    after, wait = _number("after", -1), min(_number("wait", 0), LONGEST_WAIT)
    if wait > 0:
        wait_for_news(job_id, max(after, 0), wait)
    job = find(job_id)
    body = described(job) | ({"updates": updates_after(job, after)} if after >= 0 else {})
    return _tagged(jsonify(body))


@bp.get("/<job_id>/events")
def events(job_id: str) -> ResponseReturnValue:
    """Server-sent events: `state`, `update` (with an id), and `done`, after which it closes."""
    find(job_id)
    last = request.headers.get("Last-Event-ID", "")
    after = int(last) if last.isdecimal() else _number("after", 0)
    streams = engine().streams
    if not streams.acquire(blocking=False):
        raise Busy(
            "Too many readers follow their runs at once. Ask for the job itself every two seconds.",
            retry_after=5,
        )
    response = Response(stream_with_context(follow(job_id, after)), mimetype="text/event-stream")
    response.call_on_close(streams.release)
    response.headers.update({"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
    return response


@bp.post("/<job_id>/cancel")
def cancel(job_id: str) -> ResponseReturnValue:
    """Ask it to stop; whatever state it is in, the answer is the job as it is now."""
    job = find(job_id)
    job.cancel()
    return _fresh(described(job))


@bp.delete("/<job_id>")
def remove(job_id: str) -> ResponseReturnValue:
    """Erase the run with its pictures, now."""
    erase(find(job_id))
    return "", 204


def answer_new(job: Job) -> ResponseReturnValue:
    """What a program is told of the job it has just ordered: 202 while it is to be done, 200 when it is known."""
    body = described(job)
    response = _fresh(body)
    response.status_code = 202 if job.live else 200
    response.headers["Location"] = body["urls"]["self"]
    return response


def _fresh(body: dict[str, object]) -> Response:
    response = jsonify(body)
    response.headers["Cache-Control"] = "no-store"
    return response


def _tagged(response: Response) -> ResponseReturnValue:
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:20])
    return make_response(response).make_conditional(request)


def _number(name: str, default: int) -> int:
    text = request.args.get(name, str(default))
    if not text.removeprefix("-").isdecimal() or len(text) > 9:
        raise InvalidInput({name: f"{name} must be a whole number."})
    return int(text)
