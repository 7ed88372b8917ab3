from __future__ import annotations

import gzip
import random
from collections.abc import Iterator

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.http import parse_accept_header

from app.compression import LEAST, TEXT, accepted, kept, squeezed

LONG = "Many words, again and again. " * 100


@pytest.fixture
def app(app: Flask) -> Flask:
    """With addresses that answer in each way there is."""

    def stream() -> Iterator[str]:
        yield from LONG.split(".")

    def answers(kind: str, subtype: str) -> Response:
        response = Response(LONG, mimetype=f"{kind}/{subtype}")
        response.add_etag()
        return response

    app.add_url_rule("/try/<kind>/<subtype>", "answers", answers)
    app.add_url_rule("/short", "short", lambda: Response("x" * (LEAST - 1)))
    app.add_url_rule("/stream", "stream", lambda: Response(stream(), mimetype="text/html"))
    app.add_url_rule("/ready", "ready", lambda: Response(LONG, headers={"Content-Encoding": "br"}))
    app.add_url_rule("/part", "part", lambda: Response(LONG, 206))
    return app


@pytest.mark.parametrize("mimetype", sorted(TEXT))
def test_text_travels_compressed_and_says_so(client: FlaskClient, mimetype: str) -> None:
    plain = client.get(f"/try/{mimetype}")
    small = client.get(f"/try/{mimetype}", headers={"Accept-Encoding": "br, gzip"})
    assert plain.text == LONG
    assert gzip.decompress(small.data).decode() == LONG
    assert len(small.data) == int(small.headers["Content-Length"]) < len(plain.data) / 5
    assert small.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert plain.headers["Vary"] == small.headers["Vary"] == "Accept-Encoding"
    assert small.headers["ETag"] == f"W/{plain.headers['ETag']}", "other bytes under one name would not be the same"


@pytest.mark.parametrize(
    "address", ["/try/image/webp", "/try/text/event-stream", "/stream", "/ready", "/part", "/short"]
)
def test_everything_else_is_left_alone(client: FlaskClient, address: str) -> None:
    plain = client.get(address)
    offered = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert offered.data == plain.data
    assert offered.headers.get("Content-Encoding") == plain.headers.get("Content-Encoding")


def test_pages_with_the_token_of_a_form_are_left_alone(client: FlaskClient) -> None:
    answer = client.get("/admin/sign-in", headers={"Accept-Encoding": "gzip"})
    assert len(answer.data) > LEAST
    assert "Content-Encoding" not in answer.headers


def test_files_are_compressed_once(client: FlaskClient) -> None:
    before = kept.cache_info()
    for _ in range(3):
        answer = client.get("/static/css/bench.css", headers={"Accept-Encoding": "gzip"}, buffered=True)
        assert gzip.decompress(answer.data) == client.get("/static/css/bench.css", buffered=True).data
        font = client.get("/static/fonts/press-sans.woff2", headers={"Accept-Encoding": "gzip"}, buffered=True)
        assert "Content-Encoding" not in font.headers
    after = kept.cache_info()
    assert after.misses - before.misses <= 1
    assert after.hits - before.hits >= 2


def test_what_a_browser_has_is_not_sent_again(client: FlaskClient) -> None:
    for address in ("/static/css/bench.css", "/static/css/site.css", "/api/v1/demos", "/demos"):
        first = client.get(address, headers={"Accept-Encoding": "gzip"}, buffered=True)
        if tag := first.headers.get("ETag"):
            again = client.get(address, headers={"Accept-Encoding": "gzip", "If-None-Match": tag}, buffered=True)
            assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert client.get("/static/css/bench.css", headers={"Accept-Encoding": "gzip"}, buffered=True).headers["ETag"]


def test_a_head_has_the_headers_of_its_get(client: FlaskClient) -> None:
    whole, head = (client.open("/try/text/css", method=m, headers={"Accept-Encoding": "gzip"}) for m in ("GET", "HEAD"))
    assert head.data == b""
    assert head.headers["Content-Length"] == whole.headers["Content-Length"]
    assert head.headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        ("gzip", True),
        ("GZIP", True),
        ("br;q=1.0, gzip;q=0.8, *;q=0.1", True),
        ("x-gzip", True),
        ("*", True),
        ("gzip;q=0.001", True),
        ("gzip ; q=1", True),
        ("", False),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip;q=0.000", False),
        ("*;q=0", False),
        ("gzip;q=0, *;q=1", False),
        ("br, deflate", False),
        ("gzip;q=much", False),
        ("gzipped", False),
    ],
)
def test_who_takes_it(header: str, taken: bool) -> None:
    assert accepted(header) is taken


@given(
    st.lists(st.tuples(st.sampled_from(["gzip", "br", "identity", "*"]), st.integers(0, 10)), unique_by=lambda p: p[0])
)
def test_who_takes_it_as_werkzeug_reads_it(weights: list[tuple[str, int]]) -> None:
    header = ", ".join(f"{name};q={weight / 10}" for name, weight in weights)
    parsed = {name: quality for name, quality in parse_accept_header(header)}
    assert accepted(header) is (parsed.get("gzip", parsed.get("*", 0)) > 0)


def test_it_is_the_same_each_time_and_comes_back_whole() -> None:
    data = random.Random(1).randbytes(5000) + LONG.encode()
    assert squeezed(data, 9) == squeezed(data, 9)
    assert gzip.decompress(squeezed(data, 1)) == data
