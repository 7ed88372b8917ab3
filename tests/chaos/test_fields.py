"""H-08, H-23, H-38: whatever stands in a field, an address or a file's name is a text, and no error of ours."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from app.admin import accounts
from app.blog import editing
from app.blog.manuscript import Manuscript
from tests.chaos import oddities, uploads
from tests.chaos.server import NAME, PASSWORD

NAMES = ("q", "page", "title", "slug", "source", "tags", "status", "version", "name", "password", "code", "next", "url",
         "format", "maxwidth", "better", "layer", "from", "reason", "token", "X")  # fmt: skip
LEFT_OUT = {"jobs_api.events", "health.ready", "admin.sign_out"}  # endless; not ready here; the end of all further ones
NOT_WRITTEN = 501  # of oEmbed, for formats that nobody writes
SHOWN = tuple(text for text in oddities.every() if text.strip() and len(text) < 100 and text.isprintable())


def rules(app: Flask, method: str) -> list[Rule]:
    return [
        rule for rule in app.url_map.iter_rules() if method in (rule.methods or ()) and rule.endpoint not in LEFT_OUT
    ]


def address(rule: Rule, texts: Iterator[str]) -> str:
    """The rule's address with an odd text, encoded, for each of its names."""
    out = rule.rule
    for name in rule.arguments:
        start = out.rindex("<", 0, out.index(f"{name}>"))
        out = out[:start] + quote(next(texts), safe="") + out[out.index(">", start) + 1 :]
    return out


def faults(client: FlaskClient, number: int, seed: int, **own: str) -> Iterator[str]:
    """So many requests with odd texts everywhere, over every route: those that were answered with 500 or our inside."""
    chance, app = random.Random(seed), client.application
    texts = iter(lambda: chance.choice(oddities.every()), None)
    routes = [(method, rule) for method in ("GET", "POST", "PUT", "DELETE") for rule in rules(app, method)]
    for count in range(number):
        method, rule = routes[count % len(routes)]
        fields = {name: next(texts) for name in chance.sample(NAMES, 4)} | {next(texts): next(texts)} | own
        given = {"query_string": fields} if method == "GET" else {"data": fields}
        path = address(rule, texts)
        answer = client.open(path, method=method, **given)
        if (answer.status_code >= 500 and answer.status_code != NOT_WRITTEN) or b"Traceback" in answer.data[:50_000]:
            yield f"{method} {path[:200]} {fields!r:.400}: {answer.status_code}"


def test_no_text_in_any_place_is_an_error_of_ours(client: FlaskClient) -> None:
    assert list(faults(client, 350, seed=1)) == []


def test_nor_where_an_author_sends_it(app: Flask) -> None:
    with app.app_context():
        accounts.add(NAME)
        accounts.set_password(NAME, PASSWORD)
    client = app.test_client()
    client.post("/admin/sign-in", data={"name": NAME, "password": PASSWORD})
    found = re.search(r'name="token" value="(\w+)"', client.get("/admin").text)
    assert found
    assert list(faults(client, 250, seed=3, token=found[1])) == []
    assert client.get("/admin").status_code == 200


@pytest.mark.full
def test_nor_in_twenty_thousand_requests(client: FlaskClient) -> None:
    assert list(faults(client, 20_000, seed=2)) == []


@pytest.mark.full
def test_every_text_in_every_address(client: FlaskClient) -> None:
    for rule in rules(client.application, "GET"):
        for text in oddities.every():
            path = address(rule, iter(lambda text=text: text, None))
            assert client.get(path).status_code < 500, path[:200]
            if not rule.arguments:
                break


def test_texts_of_queries_and_templates_are_stored_and_found_as_they_are(app: Flask, client: FlaskClient) -> None:
    with app.test_request_context():
        for number, text in enumerate(oddities.QUERIES[::8] + oddities.TEMPLATES[::3]):
            editing.create(Manuscript(title=text, slug=f"odd-{chr(97 + number)}", source="word", status="published"))
    archive = unescape(client.get("/archive").text)
    for text in oddities.QUERIES[::8] + oddities.TEMPLATES[::3]:
        assert text in archive
    assert "49" not in archive
    assert "&lt;Config" not in archive


@pytest.mark.parametrize("text", SHOWN[::5])
def test_what_is_searched_for_comes_back_as_it_was(client: FlaskClient, text: str) -> None:
    answer = client.get("/search", query_string={"q": text})
    assert answer.status_code == 200
    assert text.strip() in unescape(answer.text)


def test_a_files_name_is_nowhere(app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    """Neither in an answer, nor in a header, a log or the name of a file."""
    data = app.config["SETTINGS"].DATA
    for name in (f"PWNED7{text}" for text in oddities.every()[::2] + oddities.paths()[::20] if len(text) < 6_000):
        fields = {"photo": (io.BytesIO(uploads.photographs()["PNG"]), name)}
        answer = client.post("/api/v1/demos/detection/jobs", data=fields)
        assert answer.status_code in (200, 202, 422), name[:50]  # a name may break the form
        assert "PWNED7" not in answer.text + str(answer.headers) + caplog.text
    assert [file for file in data.rglob("*") if "PWNED7" in file.name] == []
    assert all(b"PWNED7" not in file.read_bytes() for file in data.rglob("*") if file.is_file())
