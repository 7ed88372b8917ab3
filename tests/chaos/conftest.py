"""One site for all the rows of a file, without quotas; and one real server for those that need it.

After each row the server must be as it was.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from app import create_app
from app.admin import passwords
from app.config import Settings
from app.db import db
from tests.chaos.server import Server, furnish

FREELY = {"JOBS_PER_READER": 10**6, "UPLOADS_PER_MINUTE": 10**6, "QUEUE_LIMIT": 10**6}


@pytest.fixture(scope="module", autouse=True)
def quick_hashes() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "METHOD", "scrypt:256:8:1")
        yield


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    data = tmp_path_factory.mktemp("site")
    app = create_app(Settings(DATA=data, SECRET_KEY="k" * 40, JOB_ENGINE="none", **FREELY))  # type: ignore[arg-type]
    with app.app_context():
        db.create_all()
    yield app
    app.extensions["jobs"].stop()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("chaos")
    furnish(data)
    server = Server(data)
    yield server
    server.stop()


@pytest.fixture
def server(running: Server) -> Iterator[Server]:
    yield running
    assert running.unharmed() == []
