"""The blog: posts written in Markdown, rendered once when they are saved, and read from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.blog.markdown import Embed
    from app.blog.sitemap import Places


def init_app(app: Flask, embed: Embed, places: Places = tuple) -> None:
    """Adds the readers' pages. What the blog itself knows nothing of is handed in: `embed(name, options)` draws a live
    demo, `places()` gives the addresses that the site has beside the blog.
    """
    from app import metrics
    from app.blog import (
        drafts,
        filters,
        measures,
        oembed,
        sitemap,
        views,
    )
    from app.blog.cards import views as cards
    from app.blog.feeds import views as feeds
    from app.blog.pictures import views as pictures
    from app.oembed import offer

    app.extensions["blog.embed"] = embed
    app.extensions["blog.places"] = places
    app.jinja_env.globals |= _told_to_templates()
    filters.init_app(app)
    app.before_request(views.send_on)
    for room in (views, drafts, feeds, cards, sitemap, pictures):
        app.register_blueprint(room.bp)
    offer(app, oembed.ENDPOINTS)
    metrics.offer(app, measures.measures)


def _told_to_templates() -> dict[str, object]:
    """What every template can ask, by the name it asks with."""
    from app.blog import addresses, archive, manuscript, nearby, reply, structured
    from app.blog.pictures import views as pictures

    return {
        "absolute": addresses.absolute,
        "path_of": addresses.path_of,
        "slug_of": manuscript.slug_of,
        "cover": pictures.cover,
        "covers_of": pictures.covers_of,
        "structured": structured,
        "standing_pages": archive.all_standing,
        "meant": nearby.meant,
        "reply_address": reply.reply_address,
    }
