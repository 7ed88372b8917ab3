"""Demos for programs: what there is, and how to start a run."""

from __future__ import annotations

from flask import Blueprint, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from app import demos, jobs
from app.demos import instant
from app.demos.form import inputs_of_request, origin_of_request, refuse_early
from app.demos.openapi import document
from app.jobs.api import answer_new

bp = Blueprint("demos_api", __name__, url_prefix="/api/v1")


@bp.get("/demos")
def index() -> ResponseReturnValue:
    """Every demo with the schema of its inputs."""
    return jsonify(
        [{"name": d.name, "title": d.title, "summary": d.summary, "inputs": d.schema} for d in demos.every()]
    )


@bp.get("/demos/<name>")
def answer(name: str) -> ResponseReturnValue:
    """What a demo answers at once to the inputs in the address; anyone may keep it."""
    return instant.answer_of_query(name)


@bp.post("/demos/<name>")
def answer_large(name: str) -> ResponseReturnValue:
    """The same for inputs that are too large for an address, as JSON or a form."""
    return instant.answer_of_body(name)


@bp.post("/demos/<name>/jobs")
def start(name: str) -> ResponseReturnValue:
    """Start a run: 202 and its address, or 200 when the same one has been run before."""
    return _started(name, request.headers.get("Idempotency-Key", "")[:200] or None)


@bp.put("/demos/<name>/jobs/<string(maxlength=200):key>")
def start_as(name: str, key: str) -> ResponseReturnValue:
    """Start the run that its caller calls `key`, or give it again: the same request can be sent until it is answered.

    Raises Conflict when that name stands for other inputs. Source: Cog's `PUT /predictions/<id>`.
    """
    return _started(name, key)


@bp.get("/openapi.json")
def openapi() -> ResponseReturnValue:
    return jsonify(document(demos.every(), current_app.extensions["demos.beside"]()))


def _started(name: str, key: str | None) -> ResponseReturnValue:
    demo = instant.in_line(name)
    if key is None:  # with one, it may be a run that there is
        refuse_early()
    client, origin = jobs.client_of_request(), origin_of_request()
    return answer_new(jobs.submit(demo, inputs_of_request(demo), client, key, origin=origin))
