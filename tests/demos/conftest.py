"""An author's own folder of demos, with what `flask demo new` writes in it, and a site that finds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.config import Settings
from app.db import db
from app.demos import scaffold


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The folder of a demo named tent-map, outside the project."""
    return scaffold.write("tent-map", tmp_path / "mine")


@pytest.fixture
def site(settings: Settings, own: Path) -> Iterator[Flask]:
    app = create_app(replace(settings, DEMOS=str(own.parent)))
    app.testing = True
    with app.app_context():
        db.create_all()
    yield app
    app.extensions["jobs"].stop()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
