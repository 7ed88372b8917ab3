"""The blog: posts written in Markdown, rendered once when they are saved, and read from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.blog.markdown import Embed


def init_app(app: Flask, embed: Embed) -> None:
    """Adds the readers' pages; `embed(name, options)` draws a live demo: the blog itself knows none."""
    from app.blog import addresses, views
    from app.blog.feeds import views as feeds

    app.extensions["blog.embed"] = embed
    app.jinja_env.globals["absolute"] = addresses.absolute
    for room in (views, feeds):
        app.register_blueprint(room.bp)
