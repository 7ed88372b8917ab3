"""A site with the blog alone: what the wiring hands it is a small drawing of a demo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import ChoiceLoader, DictLoader

from app import admin, blog, config, db, errors, headers, jobs, site
from app.blog import editing
from app.blog.manuscript import Manuscript
from app.demos import picking
from app.errors import NotFound

BASE = """<!doctype html><html lang="en"><head><title>{% block title %}{% endblock %}</title>
{% include "blog/_head.html" %}
{% block head %}{% endblock %}</head>
<body><main id="main">{% block main %}{% endblock %}</main>{% block foot_scripts %}{% endblock %}</body></html>"""
ERROR = """{% extends "base.html" %}{% block main %}<p>{{ error.message }}</p>{% endblock %}"""


def embed(name: str, options: dict[str, str]) -> str:
    if name != "style-transfer":
        raise NotFound(f"There is no demo named “{name}”.")
    said = " ".join(f"{key}={value}" for key, value in options.items())
    return f'<section class="bench wide"><form action="/demos/{name}/jobs">{said}</form></section>'


def build(settings: config.Settings) -> Flask:
    app = Flask("app")
    config.init_app(app, settings)
    for room in (errors, headers, db, site):
        room.init_app(app)
    blog.init_app(app, embed=embed)
    admin.init_app(app, jobs, demos=picking)
    app.jinja_env.globals["asset"] = lambda name: f"/static/{name}"
    assert app.jinja_loader
    app.jinja_loader = ChoiceLoader([DictLoader({"base.html": BASE, "error.html": ERROR}), app.jinja_loader])
    return app


@pytest.fixture
def settings(tmp_path: Path) -> config.Settings:
    return config.Settings(DATA=tmp_path, NAME="Test press", SITE_URL="https://press.example", PAGE_SIZE=3)


@pytest.fixture
def app(settings: config.Settings) -> Iterator[Flask]:
    app = build(settings)
    with app.app_context():
        db.db.create_all()
    yield app
    with app.app_context():
        db.db.session.remove()
        db.db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def publish(app: Flask) -> Callable[..., int]:
    """publish("Title", "Text", tags=("one",)) puts a post up and gives its id."""

    def publish(title: str = "A post", source: str = "First paragraph.", **fields: Any) -> int:
        with app.test_request_context():
            handed_in = Manuscript(**{"title": title, "source": source, "status": "published", **fields})
            return editing.create(handed_in).id

    return publish
