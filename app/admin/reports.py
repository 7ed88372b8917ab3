"""What readers have reported, for the author to look at: erase the run, or say that nothing is wrong with it."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.admin.door import bp
from app.admin.jobs import handed


@bp.context_processor
def waiting() -> dict[str, int]:
    """How many wait, for the bar on every page of the admin."""
    return {"reported": len(handed().reported())}


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
