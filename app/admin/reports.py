"""What readers have reported, for the author to look at: erase the run, or say that nothing is wrong with it."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.admin.door import bp
from app.admin.jobs import handed
from app.admin.places import PLACES


@bp.context_processor
def bar() -> dict[str, object]:
    """The bar on every page of the admin, and how many reports wait."""
    return {"places": PLACES, "reported": len(handed().reported())}


@bp.get("/reports")
def reports() -> str:
    return render_template("admin/reports.html", reports=handed().reported())


@bp.post("/reports/<job_id>/erase")
def erase_reported(job_id: str) -> ResponseReturnValue:
    handed().erase_run(job_id)
    return redirect(url_for("admin.reports"), 303)


@bp.post("/reports/<job_id>/dismiss")
def dismiss_report(job_id: str) -> ResponseReturnValue:
    handed().dismiss(job_id)
    return redirect(url_for("admin.reports"), 303)
