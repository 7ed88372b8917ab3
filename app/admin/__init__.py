"""The author's side: sign-in, the list of posts, the editor with its preview, and how the demos fare."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.admin.jobs import Jobs


def init_app(app: Flask, jobs: Jobs) -> None:
    """Adds the pages under /admin, all of them behind the door."""
    from app.admin import account, demos, door, links, pictures, reports, signins, views  # noqa: F401  behind the door

    app.extensions["admin"] = jobs
    app.register_blueprint(door.bp)
    app.jinja_env.globals["form_token"] = signins.form_token
