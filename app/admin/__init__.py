"""The author's side: sign-in, the list of posts, the editor with its preview, and how the demos fare."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.admin.jobs import Jobs
    from app.admin.picker import Demos


def init_app(app: Flask, jobs: Jobs, demos: Demos) -> None:
    """Adds the pages under /admin, all of them behind the door. What demos there are is handed in."""
    from app.admin import (  # noqa: F401  behind the door
        account,
        addresses,
        conflict,
        copies,
        door,
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
    )
    from app.admin import demos as loads  # noqa: F401  behind the door too

    app.extensions["admin"] = jobs
    app.extensions["admin.demos"] = demos
    app.register_blueprint(door.bp)
    app.jinja_env.globals["form_token"] = signins.form_token
