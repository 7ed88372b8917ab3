"""An author's own folder of demos, with what `flask demo new` writes in it, and a site that finds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app import create_app, demos
from app.config import Settings
from app.db import db
from app.demos import folders, scaffold
from app.demos.contract import Verdict, verdicts


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


def told(site: Flask, own: Path) -> dict[str, Verdict]:
    """What the contract says of a demo as it is now, by check."""
    with site.app_context():
        site.extensions["demos"] = folders.find([own.parent])
        return {verdict.check: verdict for verdict in verdicts(demos.get(own.name.replace("_", "-")))}
