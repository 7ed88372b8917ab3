"""H-12, H-33: no address leads out of the site, and whoever asks for another host or scheme changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.config import Settings
from app.db import db
from tests.chaos import oddities
from tests.chaos.multipart import request, told
from tests.chaos.server import Server

ROOTS = (
    "/", "/static/", "/static/css/", "/pictures/", "/demos/", "/demos/habits/assets/-/",
    "/posts/", "/tags/", "/series/", "/cards/", "/jobs/", "/drafts/", "/api/v1/jobs/", "/api/v1/demos/",
    "/api/v1/posts/", "/admin/pictures/", "/demos/habits/thumbnails/examples/", "/demos/style-transfer/assets/",
)  # fmt: skip
FORWARDED = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "1.2.3.4",
             "X-Forwarded-Prefix": "/evil", "Forwarded": "host=evil.example;proto=https", "X-Original-URL": "/admin",
             "X-Rewrite-URL": "/admin", "X-HTTP-Method-Override": "DELETE"}  # fmt: skip


def leads_out(client: FlaskClient, root: str, paths: tuple[str, ...]) -> Iterator[str]:
    for path in paths:
        answer = client.get(root + path.lstrip("/"))
        leaked = any(leak.encode() in answer.data for leak in oddities.LEAKS)
        if leaked or answer.status_code not in (303, 304, 308, 400, 401, 404, 405):
            yield f"{root}{path}: {answer.status_code}"


@pytest.mark.parametrize("root", ROOTS)
def test_no_way_out_of_a_folder_is_one(client: FlaskClient, root: str) -> None:
    assert list(leads_out(client, root, oddities.paths()[ROOTS.index(root) % 7 :: 7])) == []


@pytest.mark.full
@pytest.mark.parametrize("root", ROOTS)
def test_none_of_two_hundred_is_one(client: FlaskClient, root: str) -> None:
    assert len(oddities.paths()) > 200
    assert list(leads_out(client, root, oddities.paths())) == []


def test_nor_as_it_travels(server: Server) -> None:
    """Sent on a socket, as no library would write it."""
    for root in ROOTS:
        for path in oddities.paths()[::40]:
            line = (root + path).replace(" ", "%20")
            with server.connect() as connection:
                answer = told(connection, request(line, method="GET"))
            assert answer.status < 500, line
            assert not any(leak in answer.text for leak in oddities.LEAKS), line


def test_files_and_pictures_have_types_that_hold(client: FlaskClient) -> None:
    for path in ("/static/icons/icon.svg", "/static/css/site.css", "/demos/habits/assets/-/still.webp", "/card.png"):
        for wanted in ("*/*", "text/html", "text/html,image/svg+xml"):
            answer = client.get(path, headers={"Accept": wanted}, buffered=True)
            assert answer.status_code == 200
            assert answer.mimetype not in ("text/html", "application/xhtml+xml")
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.fixture
def named(settings: Settings) -> Iterator[Flask]:
    app = create_app(replace(settings, TRUSTED_HOSTS="press.example", SITE_URL="https://press.example"))
    with app.app_context():
        db.create_all()
    yield app
    app.extensions["jobs"].stop()
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize(
    "host",
    ["evil.example", "press.example.evil", "evil.example:80", "press.example@evil", "", "a b", "[::1", "x" * 300],
)
def test_a_site_with_a_name_answers_to_no_other(named: Flask, host: str) -> None:
    client = named.test_client()
    assert client.get("/", headers={"Host": "press.example"}).status_code == 200
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.text


@pytest.mark.parametrize(
    "path", ["/", "/feed.xml", "/sitemap.xml", "/demos/habits", "/robots.txt", "/api/v1/openapi.json"]
)
def test_what_a_proxy_would_tell_is_believed_of_nobody(client: FlaskClient, path: str) -> None:
    before = client.get(path)
    after = client.get(path, headers=FORWARDED)
    assert before.status_code == after.status_code
    assert "evil" not in after.text
    assert re.sub(r"\d\d:\d\d:\d\d\S*", "", before.text) == re.sub(r"\d\d:\d\d:\d\d\S*", "", after.text)
