"""Every demo's page, its form, and its files: written once for all."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app import demos, jobs
from app.demos import bench, instant
from app.demos.assets import TYPES, asset, thumbnail
from app.demos.base import Demo
from app.demos.form import inputs_of_request, origin_of_request, refuse_early
from app.demos.outputs import Told
from app.demos.preset import Preset, of_form, of_options, of_query
from app.demos.readout import fragment, of_job
from app.errors import AppError, InvalidInput, NotFound, wants_json
from app.jobs.api import answer_new, find
from app.jobs.describe import described

bp = Blueprint("demos", __name__, url_prefix="/demos", template_folder=".")


@bp.get("", strict_slashes=False)
def index() -> ResponseReturnValue:
    return render_template("demos/index.html", demos=[bench.summary(demo) for demo in demos.every()])


@bp.get("/<name>")
def page(name: str) -> ResponseReturnValue:
    """The demo with what the address asks for; what it cannot ask for is said, and left out."""
    demo = demos.get(name)
    if demo.instant:
        return _answered(demo)
    preset = of_query(demo, request.args)
    html, notes = bench.on_page(demo, preset), list(preset.problems.values())
    answer = Response(_page(demo, html, notes, demo.titled(preset.values)))
    if request.args:
        answer.headers["X-Robots-Tag"] = "noindex"  # one page, however it is set
    return answer


@bp.post("/<name>/jobs")
def start(name: str) -> ResponseReturnValue:
    """Put a run in line and show its page; a refused form comes back with what was entered."""
    demo = instant.in_line(name)
    try:
        refuse_early()
        job = jobs.submit(demo, inputs_of_request(demo), jobs.client_of_request(), origin=origin_of_request())
    except AppError as error:
        if wants_json():
            raise
        problems = error.problems if isinstance(error, InvalidInput) else {"": error.message}
        answer = Response(_page(demo, bench.on_page(demo, of_form(demo, request.form), problems)), error.status)
        if error.retry_after is not None:
            answer.headers["Retry-After"] = str(error.retry_after)
        return answer
    return answer_new(job) if wants_json() else redirect(url_for("jobs.page", job_id=job.id), 303)


@bp.get("/<name>/outputs/<job_id>")
def outputs(name: str, job_id: str) -> ResponseReturnValue:
    """What a run has said so far, as a piece of HTML for its bench."""
    demo, job = demos.get(name), find(job_id)
    if job.demo != demo.name:
        raise NotFound("This is a run of another demo.")
    return fragment(demo, of_job(described(job))), 200, {"Cache-Control": "no-store"}


@bp.get("/<name>/outputs")
def outputs_at_once(name: str) -> ResponseReturnValue:
    """What an instant demo answers to this address, as a piece of HTML for its bench."""
    demo = instant.at_once(name)
    answer = instant.answer(demo, demo.parse(request.args.to_dict()))
    return instant.kept(Response(fragment(demo, Told([answer]))))


@bp.get("/<name>/assets/<folder>/<file>", endpoint="asset")
def send_asset(name: str, folder: str, file: str) -> ResponseReturnValue:
    found = asset(demos.get(name), folder, file)
    return _sent(found.read_bytes(), TYPES[found.suffix])


@bp.get("/<name>/thumbnails/<folder>/<file>", endpoint="thumbnail")
def send_thumbnail(name: str, folder: str, file: str) -> ResponseReturnValue:
    found = asset(demos.get(name), folder, file)
    if not TYPES[found.suffix].startswith("image/"):
        raise AppError("Only pictures have thumbnails.")
    return _sent(thumbnail(found), "image/webp")


def _answered(demo: Demo) -> Response:
    """An instant demo with its answer to this address; what is refused comes back with a sentence beside it."""
    strange = [name for name in request.args if name not in {field.name for field in demo.fields}]
    notes = [f"{demo.name} has no input “{name[:40]}”." for name in strange]
    try:
        values = of_options(demo, {name: text for name, text in request.args.items() if name not in strange})
        html = bench.on_page(demo, Preset(values), answer=instant.answer_of_values(demo, values))
    except InvalidInput as error:
        return Response(_page(demo, bench.on_page(demo, of_form(demo, request.args), error.problems)), error.status)
    answer = instant.kept(Response(_page(demo, html, notes, demo.titled(values))))
    if request.args:
        answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _page(demo: Demo, html: str, notes: Sequence[str] = (), title: str | None = None) -> str:
    shown = {"notes": notes, "title": title or demo.title, "picture": bench.still(demo)}
    return render_template("demos/page.html", demo=demo, bench=Markup(html), **shown)  # our own templates' HTML


def _sent(data: bytes, mimetype: str) -> Response:
    response = Response(data, mimetype=mimetype)
    response.add_etag()
    response.make_conditional(request)
    return response
