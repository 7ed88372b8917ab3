"""The author's side: sign-in, the list of posts, and the editor with its preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    """Adds the pages under /admin, all of them behind the door."""
    from app.admin import door, signins, views  # noqa: F401  the views put themselves behind the door

    app.register_blueprint(door.bp)
    app.jinja_env.globals["form_token"] = signins.form_token
