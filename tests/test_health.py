from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade

from app.db import db


def test_the_process_is_alive(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"ok": True}


def test_a_database_of_another_version_is_not_ready(client: FlaskClient) -> None:
    answer = client.get("/readyz")  # its tables were made without a migration
    assert answer.status_code == 503
    assert answer.json == {"ok": False, "checks": {"database": False, "data_folder": True}}


def test_a_migrated_database_is_ready(app: Flask) -> None:
    with app.app_context():
        db.drop_all()
        upgrade()
    assert app.test_client().get("/readyz").status_code == 200
