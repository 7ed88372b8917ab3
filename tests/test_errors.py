from __future__ import annotations

import errno

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.errors import SORRY, Busy, DiskFull, InvalidInput, meant_by


@pytest.fixture
def failing(app: Flask) -> FlaskClient:
    app.testing = False  # as in production: errors become answers

    @app.get("/broken")
    @app.get("/api/broken")
    def broken() -> str:
        raise RuntimeError("password of the database is hunter2")

    @app.get("/busy")
    @app.get("/api/busy")
    def busy() -> str:
        raise Busy("The line is full.", retry_after=7)

    @app.get("/api/invalid")
    def invalid() -> str:
        raise InvalidInput({"steps": "Steps must be from 20 to 500."})

    return app.test_client()


@pytest.mark.parametrize("path", ["/broken", "/api/broken"])
def test_an_unexpected_error_tells_no_inside(failing: FlaskClient, path: str, caplog: pytest.LogCaptureFixture) -> None:
    answer = failing.get(path)
    assert answer.status_code == 500
    assert SORRY in answer.text
    assert "hunter2" not in answer.text
    assert "hunter2" in caplog.text


def test_a_page_gets_html_and_a_program_json(failing: FlaskClient) -> None:
    assert failing.get("/busy").mimetype == "text/html"
    assert failing.get("/api/busy").json == {"error": "The line is full."}
    assert failing.get("/busy", headers={"Accept": "application/json"}).json == {"error": "The line is full."}


@pytest.mark.parametrize("path", ["/busy", "/api/busy"])
def test_a_busy_site_says_when_to_come_back(failing: FlaskClient, path: str) -> None:
    answer = failing.get(path)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "7")


def test_every_wrong_field_has_its_sentence(failing: FlaskClient) -> None:
    answer = failing.get("/api/invalid")
    assert answer.status_code == 422
    assert answer.json and answer.json["problems"] == {"steps": "Steps must be from 20 to 500."}


@pytest.mark.parametrize("path", ["/nowhere", "/api/v1/nowhere"])
def test_nothing_at_an_address_is_said_plainly(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "nothing at this address" in answer.text


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_disk_without_room_is_a_sentence(number: int) -> None:
    meant = meant_by(OSError(number, "no room"))
    assert isinstance(meant, DiskFull)
    assert "nothing was changed" in meant.message


def test_what_is_not_foreseen_means_nothing() -> None:
    assert meant_by(OSError(errno.EACCES, "no entry")) is None
    assert meant_by(RuntimeError("SQLITE_FULL")) is None
