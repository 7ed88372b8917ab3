"""What runs now, what waits, what failed, what is kept; and erasing what a reader asks to be gone."""

from __future__ import annotations

from typing import NamedTuple

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import disk
from app.admin.door import bp
from app.admin.jobs import handed
from app.errors import AppError, InvalidInput

WHAT = {"run": "This run", "reader": "Everything of the reader who made it"}
NO_CHOICE = "Say what is to be erased: the run, or everything of its reader."
UNSURE = "Tick the box as well: what is erased is gone for good."
ROOMS = {
    "database": "Database",
    "runs": "Pictures of runs",
    "posts": "Pictures of posts",
    "networks": "Networks",
    "other": "Everything else",
}


class Space(NamedTuple):
    title: str
    size: int


@bp.get("/work")
def work() -> str:
    return _page()


@bp.post("/work/<job_id>/again")
def try_again(job_id: str) -> ResponseReturnValue:
    try:
        handed().again(job_id)
    except AppError as error:
        return _page(error=error), error.status
    return redirect(url_for("admin.work"), 303)


@bp.post("/work/<job_id>/erase")
def erase_failed(job_id: str) -> ResponseReturnValue:
    handed().erase_run(job_id)
    return redirect(url_for("admin.work"), 303)


@bp.post("/work/erase")
def erase_on_request() -> ResponseReturnValue:
    """A form that is answered with what went; nothing of it is in an address."""
    given = request.form.to_dict()
    try:
        if problems := _problems(given):
            raise InvalidInput(problems)
        erase = handed().erase_reader if given["what"] == "reader" else handed().erase_on_request
        return _page(done=erase(given.get("run", "")).words)
    except AppError as error:
        return _page(given, error), error.status


def _problems(given: dict[str, str]) -> dict[str, str]:
    problems = {}
    if given.get("what") not in WHAT:
        problems["what"] = NO_CHOICE
    if not given.get("sure"):
        problems["sure"] = UNSURE
    return problems


def _page(values: dict[str, str] | None = None, error: AppError | None = None, done: str = "") -> str:
    jobs, settings = handed(), current_app.config["SETTINGS"]
    told = {
        "going": jobs.going_on(),
        "lines": [line for line in jobs.line_by_demo() if line.runs],
        "failures": jobs.failures(),
        "alive": jobs.worker_alive(),
    }
    told |= {"devices": jobs.devices(), "oldest": jobs.oldest_kept(), "loads": jobs.loads()}
    told |= {"spaces": _spaces(), "free": disk.free(settings.DATA), "what": WHAT}
    problems = error.problems if error else {}
    return render_template("admin/work.html", values=values or {}, problems=problems, error=error, done=done, **told)


def _spaces() -> list[Space]:
    """What lies in the folder of data, by what it is."""
    return [Space(ROOMS[what], size) for what, size in disk.rooms(current_app.config["SETTINGS"].DATA).items()]
