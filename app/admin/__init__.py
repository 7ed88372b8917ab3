"""The author's side: sign-in, the list of posts, the editor with its preview, and how the demos fare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

    from app.admin.jobs import Jobs
    from app.admin.picker import Demos


def init_app(app: Flask, jobs: Jobs, demos: Demos) -> None:
    """Adds the pages under /admin, all of them behind the door. What demos there are is handed in."""
    from app.admin import (  # noqa: F401  behind the door
        account,
        addresses,
        checks,
        conflict,
        copies,
        door,
        exchange,
        links,
        picker,
        picture,
        pictures,
        preview,
        reports,
        revisions,
        settings,
        signins,
        statistics,
        views,
        work,
    )
    from app.admin import demos as loads  # noqa: F401  behind the door too
    from app.admin.api import views as api

    app.extensions["admin"] = jobs
    app.extensions["admin.demos"] = demos
    for room in (door, api):
        app.register_blueprint(room.bp)
    app.jinja_env.globals["form_token"] = signins.form_token


def described() -> dict[str, dict[str, Any]]:
    """What the API’s description says of posts: paths, schemas, and how a program shows who it is."""
    from app.admin.api import description

    return {"paths": description.paths(), "schemas": description.SCHEMAS, "securitySchemes": description.SECURITY}
