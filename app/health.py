"""Two addresses for whoever watches the site: is the process alive, and can it serve?"""

from __future__ import annotations

import os
from collections.abc import Callable

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Blueprint, Flask, current_app
from flask.typing import ResponseReturnValue

from app.db import db

bp = Blueprint("health", __name__)

NO_WORKER = "No worker runs jobs: readers' runs wait. Start flask work, or set JOB_ENGINE to thread."


def init_app(app: Flask, worker_alive: Callable[[], bool]) -> None:
    app.extensions["health"] = worker_alive
    app.register_blueprint(bp)


@bp.get("/healthz")
def alive() -> ResponseReturnValue:
    return {"ok": True}, 200, {"Cache-Control": "no-store"}


@bp.get("/readyz")
def ready() -> ResponseReturnValue:
    """200 when the database answers with the schema of this version and DATA can be written, else 503.

    Without a worker the site still serves posts, examples and what browsers compute, so that is a warning.
    """
    checks = {"database": _database(), "data_folder": os.access(current_app.config["SETTINGS"].DATA, os.W_OK)}
    ok = all(checks.values())
    warnings = [NO_WORKER] if ok and not current_app.extensions["health"]() else []
    return {"ok": ok, "checks": checks, "warnings": warnings}, 200 if ok else 503, {"Cache-Control": "no-store"}


def _database() -> bool:
    scripts = ScriptDirectory(str(current_app.extensions["migrate"].directory))
    try:
        return MigrationContext.configure(db.session.connection()).get_current_revision() == scripts.get_current_head()
    except Exception:
        current_app.logger.exception("the database does not answer")
        return False
