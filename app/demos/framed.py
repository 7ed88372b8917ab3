"""A bench by itself, for a frame on anybody’s page: around it nothing of the site but a line that says whose it is."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from markupsafe import Markup

from app import demos
from app.demos import bench, instant
from app.demos.base import Demo
from app.demos.preset import Preset, of_form, of_query
from app.errors import InvalidInput
from app.headers import embeddable

bp = Blueprint("embed", __name__, url_prefix="/demos")


@bp.get("/<name>/embed")
def page(name: str) -> Response:
    """The bench with what the address asks for; what it cannot ask for is said, and left out."""
    demo = demos.get(name)
    preset = of_query(demo, request.args)
    try:
        answer = instant.answer_of_values(demo, preset.values) if demo.instant else None
        response = _framed(demo, preset, answer=answer)
    except InvalidInput as error:
        response = _framed(demo, of_form(demo, request.args), problems=error.problems)
        response.status_code = error.status
        return response
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]


def _framed(
    demo: Demo, preset: Preset, problems: dict[str, str] | None = None, answer: dict[str, object] | None = None
) -> Response:
    html = bench.on_page(demo, preset, problems, answer, where="embed")
    shown = {"title": demo.titled(preset.values) or demo.title, "notes": list(preset.problems.values())}
    response = embeddable(Response(render_template("demos/embed.html", demo=demo, bench=Markup(html), **shown)))
    response.headers["X-Robots-Tag"] = "noindex"  # the demo's own page is the one to find
    return response
