"""The blog: posts written in Markdown, rendered once when they are saved, and read from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.blog.markdown import Embed
    from app.blog.sitemap import Places


def init_app(app: Flask, embed: Embed, places: Places = tuple) -> None:
    """Adds the readers' pages; `embed(name, options)` draws a live demo: the blog itself knows none."""
    from app.blog import addresses, oembed, views
    from app.blog.cards import views as cards
    from app.blog.feeds import views as feeds
    from app.oembed import offer

    app.extensions["blog.embed"] = embed
    app.extensions["blog.places"] = places
    app.jinja_env.globals["absolute"] = addresses.absolute
    for room in (views, feeds, cards):
        app.register_blueprint(room.bp)
    offer(app, oembed.ENDPOINTS)
