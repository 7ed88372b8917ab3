from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade

from app.db import db


def test_the_process_is_alive(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"ok": True}


def test_a_database_of_another_version_is_not_ready(client: FlaskClient) -> None:
    answer = client.get("/readyz")  # its tables were made without a migration
    assert answer.status_code == 503
    assert answer.json == {"ok": False, "checks": {"database": False, "data_folder": True}, "warnings": []}


def test_a_migrated_database_is_ready(app: Flask) -> None:
    with app.app_context():
        db.drop_all()
        upgrade()
    answer = app.test_client().get("/readyz")
    assert (answer.status_code, answer.json and answer.json["ok"]) == (200, True)


def test_a_site_whose_runs_nobody_makes_is_ready_and_says_so(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.app_context():
        db.drop_all()
        upgrade()
    alone = app.test_client().get("/readyz").json
    assert alone and alone["ok"]
    assert [sentence[:14] for sentence in alone["warnings"]] == ["No worker runs"]
    monkeypatch.setitem(app.extensions, "health", lambda: True)
    answer = app.test_client().get("/readyz").json
    assert answer and answer["warnings"] == []
