"""What tests share: an application with an empty database in a folder of its own, and a client for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.config import Settings
from app.db import db


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """No job runs by itself: tests that want one to run say so."""
    return Settings(DATA=tmp_path / "data", SECRET_KEY="k" * 40, JOB_ENGINE="none")


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    app.testing = True
    with app.app_context():
        db.create_all()
    yield app
    app.extensions["jobs"].stop()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
