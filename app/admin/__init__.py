"""The author's side: sign-in, the list of posts, the editor with its preview, and how the demos fare."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.admin.jobs import Jobs


def init_app(app: Flask, jobs: Jobs) -> None:
    """Adds the pages under /admin, all of them behind the door."""
    from app.admin import (  # noqa: F401  behind the door
        account,
        conflict,
        copies,
        demos,
        door,
        links,
        pictures,
        preview,
        reports,
        revisions,
        settings,
        signins,
        statistics,
        views,
    )

    app.extensions["admin"] = jobs
    app.register_blueprint(door.bp)
    app.jinja_env.globals["form_token"] = signins.form_token
