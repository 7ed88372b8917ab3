"""Benches in frames on other sites' pages: which page may be framed, what is in it, and the code that puts it there."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import demos
from app.demos import bench

NAMES = demos.names()


class Tags(HTMLParser):
    """All start tags of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def frame(html: str) -> dict[str, str]:
    """The frame that the code in a bench's foot line makes."""
    code = re.search(r"<code>(&lt;iframe.*?)</code>", html)
    assert code
    ((tag, attrs),) = Tags(unescape(code[1])).found
    assert tag == "iframe"
    return attrs


@pytest.mark.parametrize("name", NAMES)
def test_a_bench_may_stand_in_any_frame_and_its_page_in_none(client: FlaskClient, name: str) -> None:
    framed, page = client.get(f"/demos/{name}/embed"), client.get(f"/demos/{name}")
    assert framed.status_code == 200
    assert f'data-name="{name}"' in framed.text
    assert "frame-ancestors *" in framed.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed.headers
    assert framed.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Set-Cookie" not in framed.headers
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"


def test_the_rest_of_its_policy_is_that_of_every_page(client: FlaskClient) -> None:
    policies = [
        client.get(path).headers["Content-Security-Policy"] for path in ("/demos/habits/embed", "/demos/habits")
    ]
    framed, page = ({rule for rule in policy.split("; ") if "frame-ancestors" not in rule} for policy in policies)
    assert framed == page


def test_refusals_are_not_for_frames(client: FlaskClient) -> None:
    answer = client.get("/demos/none/embed")
    assert answer.status_code == 404
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_it_opens_as_its_address_says(client: FlaskClient) -> None:
    html = client.get("/demos/habits/embed?rate=2&strange=1").text
    fields = [attrs for tag, attrs in Tags(html).found if tag == "input" and attrs.get("name") == "rate"]
    assert [field["value"] for field in fields] == ["2.0"]
    assert "habits has no input “strange”." in html


@pytest.mark.parametrize("query", ["name=x&_anchor=y&_scheme=z", "rate=nonsense", "from=nowhere", "rate=200"])
def test_any_address_gives_a_bench(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/demos/habits/embed?{query}")
    assert answer.status_code in (200, 422)
    assert "<live-demo" in answer.text
    assert "X-Frame-Options" not in answer.headers


@pytest.mark.parametrize("name", NAMES)
def test_without_a_script_answers_come_in_the_frame_and_pages_beside_it(client: FlaskClient, name: str) -> None:
    tags = Tags(client.get(f"/demos/{name}/embed").text).found
    assert ("base", {"target": "_blank"}) in tags
    (form,) = [attrs for tag, attrs in tags if tag == "form" and attrs.get("class") == "controls"]
    here = demos.get(name).instant
    assert (form["action"], form.get("target")) == (
        (f"/demos/{name}/embed", "_self") if here else (f"/demos/{name}/jobs", None)
    )


@pytest.mark.parametrize("name", NAMES)
def test_it_loads_from_this_site_alone_and_says_whose_it_is(client: FlaskClient, name: str) -> None:
    html = client.get(f"/demos/{name}/embed").text
    loaded = [a.get("src") or a["href"] for t, a in Tags(html).found if t == "script" or a.get("rel") == "stylesheet"]
    assert loaded
    for address in loaded:
        assert address.startswith("/")
        assert client.get(address, buffered=True).status_code == 200, address
    footer = html.partition("<footer")[2]
    assert f'href="http://localhost/demos/{name}"' in footer


def test_an_unchanged_bench_is_not_sent_again(client: FlaskClient) -> None:
    etag = client.get("/demos/habits/embed").headers["ETag"]
    assert client.get("/demos/habits/embed", headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("path", ["/demos/habits", "/demos/habits/embed"])
def test_the_code_in_the_foot_line_makes_that_frame(client: FlaskClient, path: str) -> None:
    attrs = frame(client.get(f"{path}?rate=2&missed=none").text)
    address = attrs["src"].removeprefix("http://127.0.0.1:8000")
    assert re.search(r'name="rate"[^>]*value="2\.0"', client.get(address).text)
    assert attrs["title"] == demos.get("habits").title


def test_a_post_offers_its_bench_as_it_has_it_set(app: Flask) -> None:
    with app.test_request_context():
        attrs = frame(bench.in_post(demos.get("habits"), {"rate": "2"}))
    assert attrs["src"].endswith("/demos/habits/embed?rate=2.0")
