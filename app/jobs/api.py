"""Jobs for programs and for the bench's script: JSON, long-poll, server-sent events, and what readers ask of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, jsonify, make_response, request, stream_with_context
from flask.typing import ResponseReturnValue

from app.db import db
from app.errors import Busy, InvalidInput, NotFound
from app.jobs import reports, wishes
from app.jobs.describe import described, updates_after
from app.jobs.engine import engine
from app.jobs.models import Job
from app.jobs.reader import client_of_request
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
    """Server-sent events: `state`, `update` (with an id), and `done` or `paused`, after which it closes."""
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
    return _asked(find(job_id), wishes.cancel)


@bp.post("/<job_id>/pause")
def pause(job_id: str) -> ResponseReturnValue:
    """Ask it to lay itself aside, with all it needs to go on."""
    return _asked(find(job_id), wishes.pause)


@bp.post("/<job_id>/resume")
def resume(job_id: str) -> ResponseReturnValue:
    """Put a paused one in line again."""
    return _asked(find(job_id), wishes.resume)


@bp.post("/<job_id>/steer")
def steer(job_id: str) -> ResponseReturnValue:
    """Change live inputs, by form or by JSON; it goes on with them."""
    return _asked(find(job_id), lambda job: wishes.steer(job, given_changes()))


@bp.post("/<job_id>/report")
def report(job_id: str) -> ResponseReturnValue:
    """Say that something is wrong with it."""
    return _asked(find(job_id), lambda job: reports.file(job, given_changes(), client_of_request()))


@bp.delete("/<job_id>")
def remove(job_id: str) -> ResponseReturnValue:
    """Erase the run with its pictures, now."""
    erase(find(job_id))
    return "", 204


def given_changes() -> dict[str, Any]:
    """The inputs that this request changes, as they were sent. Raises InvalidInput when they are no object."""
    if not request.is_json:
        return request.form.to_dict()
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise InvalidInput({"": "The body must be a JSON object with the inputs to change."})
    return body


def answer_new(job: Job) -> ResponseReturnValue:
    """What a program is told of the job it has just ordered: 202 while it is to be done, 200 when it is known."""
    body = described(job)
    response = _fresh(body)
    response.status_code = 202 if job.live else 200
    response.headers["Location"] = body["urls"]["self"]
    return response


def _asked(job: Job, wish: Callable[[Job], None]) -> ResponseReturnValue:
    wish(job)
    return _fresh(described(job))


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
