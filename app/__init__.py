"""Playpress: a blog whose posts run. `create_app` wires the rooms together and does nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.config import Settings


COUNTED = ("blog.home", "blog.post", "blog.standing", "demos.page")  # endpoints whose visits are counted
STARTS = ("demos.start", "demos_api.start")  # and those by which a run is started from such a page


def create_app(settings: Settings | None = None) -> Flask:
    # Flask is imported here so that app.algorithms works where it is not installed.
    from flask import Flask

    from app import (
        admin,
        assets,
        blog,
        cli,
        compression,
        config,
        db,
        demos,
        depth,
        errors,
        headers,
        health,
        jobs,
        metrics,
        oembed,
        pages,
        site,
        statistics,
    )
    from app.blog import shown
    from app.demos import picking

    app = Flask(__name__)
    config.init_app(app, settings or config.Settings.from_env())
    for room in (errors, depth, compression, headers, assets, db, site, oembed, metrics, cli):
        room.init_app(app)
    health.init_app(app, worker_alive=jobs.worker_alive)
    demos.init_app(app, beside=admin.described)
    jobs.init_app(app, demos)
    blog.init_app(app, embed=demos.embed, places=demos.addresses)
    admin.init_app(app, jobs, demos=picking)
    pages.init_app(app, shown.ADDRESSES, (*shown.TABLES, site.ChosenSetting), shown.next_appearance)
    statistics.init_app(app, COUNTED, STARTS, author_cookie="session")
    config.believe_proxies(app)
    return app
