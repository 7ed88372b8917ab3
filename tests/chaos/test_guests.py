"""H-31, H-34 to H-37, H-43: forms of other sites, guesses, edited cookies and ways elsewhere lead nowhere."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete

from app import create_app, jobs
from app.admin import accounts, passwords, throttle
from app.admin.models import Failures
from app.config import Settings
from app.db import db
from app.errors import SignInNeeded, TooMany
from tests.chaos.server import NAME, PASSWORD

START = datetime(2026, 11, 30, tzinfo=UTC)
FOREIGN = ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "x"},
           {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": "http://localhost.evil.example"},
           {"Origin": "http://["}, {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"})  # fmt: skip
ELSEWHERE = (
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https://evil.example/admin",
    "//evil.example/admin/",
    "javascript:alert(1)",
    "data:text/html,x",
    "/admin@evil.example",
    "/adminevil",
    "/admin.evil.example",
    "admin/",
    " /admin/",
    "\t//evil.example",
    "/\t/evil.example",
    "%2f%2fevil.example",
    "/%09/evil.example",
    "/%5cevil.example",
    "//evil.example\\@localhost/admin/",
    "http://localhost@evil.example/admin/",
    "/admin\r\nLocation: https://evil.example",
    "/admin/\r\nSet-Cookie: a=b",
    "/admin/%0d%0aX: y",
    "/admin/../..//evil.example",
    "/admin/..\\..\\evil",
    "/admin/\u2028",
    "/admin/\0",
    "x" * 9_000,
    "/admin/" + "x" * 9_000,
    ".",
    "#",
    "?",
)


@pytest.fixture(scope="module", autouse=True)
def account(app: Flask) -> None:
    with app.app_context():
        accounts.add(NAME)
        accounts.set_password(NAME, PASSWORD)


@pytest.fixture(autouse=True)
def nothing_has_failed(app: Flask) -> None:
    with app.app_context():
        db.session.execute(delete(Failures))
        db.session.commit()


def sign_in(client: FlaskClient, password: str = PASSWORD, **more: str) -> int:
    return client.post("/admin/sign-in", data={"name": NAME, "password": password, **more}).status_code


def token(client: FlaskClient) -> str:
    found = re.search(r'name="token" value="(\w+)"', client.get("/admin").text)
    assert found
    return found[1]


def cookie(client: FlaskClient) -> str:
    kept = client.get_cookie("session")
    assert kept
    return kept.value


def unsafe(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Every method that changes something, its address, and which rule it is."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}:
            known = {"kind": "webp"}
            yield (
                method,
                adapter.build(rule.endpoint, {name: known.get(name, 1) for name in rule.arguments}, method),
                rule.endpoint,
            )


def test_no_form_of_another_site_is_taken_anywhere(app: Flask) -> None:
    client = app.test_client()
    assert sign_in(client) == 303
    fields = {"token": token(client)}
    addresses = list(unsafe(app))
    assert len(addresses) > 40
    for method, path, _ in addresses:
        for headers in FOREIGN:
            assert client.open(path, method=method, data=fields, headers=headers).status_code == 403, (method, path)
    assert client.get("/admin").status_code == 200


def test_no_form_of_the_admin_is_taken_without_its_own_token(app: Flask) -> None:
    author, other = app.test_client(), app.test_client()
    assert sign_in(author) == sign_in(other) == 303
    for wrong in ("", "0" * 64, token(other), token(author)[:-1], cookie(author)):
        for method, path, endpoint in unsafe(app):
            if endpoint.startswith("admin.") and "sign_in" not in endpoint and endpoint != "admin.second_step":
                assert author.open(path, method=method, data={"token": wrong}).status_code == 401, path
    assert author.get("/admin").status_code == 200


def attacked(app: Flask, addresses: int, number: int, monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """When a password was looked at while so many guesses came, one every two seconds."""
    looked, at = [], [START]
    monkeypatch.setattr(passwords, "matches", lambda known, password: looked.append(at[0]) or password == PASSWORD)
    with app.app_context():
        for count in range(number):
            at[0] = START + timedelta(seconds=2 * count)
            with pytest.raises((SignInNeeded, TooMany)):
                accounts.enter(NAME, f"guess {count}", f"10.0.0.{count % addresses}", at[0])
    return looked


@pytest.mark.parametrize(
    ("addresses", "number"), [(1, 150), (50, 150), pytest.param(50, 1_000, marks=pytest.mark.full)]
)
def test_of_many_guesses_few_are_looked_at(
    app: Flask, addresses: int, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = attacked(app, addresses, number, monkeypatch)
    assert len(looked) < 20
    for moment in looked:
        assert sum(moment <= other < moment + timedelta(minutes=1) for other in looked) <= 60
    with app.app_context():  # and the owner is let in a quarter of an hour after the last of them
        later = looked[-1] + throttle.LONGEST_WAIT
        assert accounts.enter(NAME, PASSWORD, "10.1.1.1", later).name == NAME


def test_an_unknown_name_answers_as_a_known_one(client: FlaskClient) -> None:
    known = client.post("/admin/sign-in", data={"name": NAME, "password": "wrong"})
    unknown = client.post("/admin/sign-in", data={"name": "nobody", "password": "wrong"})
    assert known.status_code == unknown.status_code == 401
    assert known.text.replace(NAME, "*") == unknown.text.replace("nobody", "*")
    assert {*known.headers} == {*unknown.headers}


def test_a_cookie_from_before_is_no_sign_in(app: Flask) -> None:
    client = app.test_client()
    client.set_cookie("session", "chosen-by-somebody-else")
    assert sign_in(client) == 303
    assert cookie(client) != "chosen-by-somebody-else"


def test_an_edited_or_ended_cookie_leads_nowhere(app: Flask) -> None:
    client = app.test_client()
    sign_in(client)
    good = cookie(client)
    odd = [good[:-1], good + "x", good.swapcase(), good[::-1], "", "\\", "0", "x" * 4_000, good[:20] + "." + good[20:]]
    for edited in odd:
        client.set_cookie("session", edited)
        assert client.get("/admin").status_code == 303, edited
    client.set_cookie("session", good)
    assert client.get("/admin").status_code == 200
    client.post("/admin/sign-out", data={"token": token(client)})
    client.set_cookie("session", good)
    assert client.get("/admin").status_code == 303


def test_another_key_ends_every_form_and_no_sign_in_is_signed(app: Flask) -> None:
    """The cookie is random and looked up; a key that is changed ends the forms that are open."""
    client = app.test_client()
    sign_in(client)
    before, kept = token(client), cookie(client)
    settings: Settings = app.config["SETTINGS"]
    other = create_app(replace(settings, SECRET_KEY="z" * 40))
    later = other.test_client()
    later.set_cookie("session", kept)
    assert later.get("/admin").status_code == 200
    assert later.post("/admin/posts", data={"token": before, "title": "x", "source": "x"}).status_code == 401
    other.extensions["jobs"].stop()
    with other.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_signing_in_leads_to_this_site(app: Flask, wanted: str) -> None:
    answer = app.test_client().post("/admin/sign-in", data={"name": NAME, "password": PASSWORD, "next": wanted})
    assert answer.status_code == 303
    where = answer.headers["Location"]
    assert where == "/admin" or where.startswith("/admin/")
    assert not any(sign in where for sign in "\r\n\0\t ")
    assert [name for name, _ in answer.headers].count("Set-Cookie") == 1
    assert "evil" not in app.test_client().get("/admin/sign-in", query_string={"next": wanted}).headers.get(
        "Location", ""
    )


def test_nobody_guesses_a_run(app: Flask, client: FlaskClient) -> None:
    """128 random bits; no list of them, and what is not there looks the same whatever it was called."""
    with app.test_request_context():
        order = client.post("/api/v1/demos/gram-matrix/jobs", json={}).json
        assert order is not None
    known = order["id"]
    assert len(known) >= 22
    for guess in (secrets.token_urlsafe(16) for _ in range(200)):
        assert client.get(f"/api/v1/jobs/{guess}").status_code == 404
    for near in (known[:-1], known + "A", known.swapcase(), known[1:], "%", "_" * 22, "*"):
        assert client.get(f"/api/v1/jobs/{near}").status_code == 404
    for page in ("/", "/demos", "/demos/gram-matrix", "/jobs", "/api/v1/jobs", "/sitemap.xml", "/api/v1/demos"):
        assert known not in client.get(page).text


@pytest.mark.full
def test_nor_in_a_hundred_thousand_tries(app: Flask) -> None:
    with app.test_request_context():
        found = [guess for _ in range(100_000) if (guess := db.session.get(jobs.models.Job, secrets.token_urlsafe(16)))]
    assert found == []
