"""oEmbed: what another site is told of an address of this one, as the specification has it."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from itertools import product
from typing import Any
from xml.etree import ElementTree

import jsonschema_rs
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.blog import archive, editing
from app.blog.manuscript import Manuscript
from app.blog.transfer import manuscript_of

SIZE = {"type": "integer", "minimum": 1}
THUMBNAIL = ("thumbnail_url", "thumbnail_width", "thumbnail_height")
# https://oembed.com, section 2.3.4
ANSWER = {
    "type": "object",
    "required": ["type", "version"],
    "properties": {
        "type": {"enum": ["link", "rich"]},
        "version": {"const": "1.0"},
        **{name: {"type": "string"} for name in ("title", "author_name", "author_url", "provider_name", "html")},
        "provider_url": {"type": "string", "pattern": "^https?://"},
        "cache_age": SIZE,
        "width": SIZE,
        "height": SIZE,
        "thumbnail_url": {"type": "string", "pattern": "^https?://"},
        "thumbnail_width": SIZE,
        "thumbnail_height": SIZE,
    },
    "dependentRequired": {name: list(THUMBNAIL) for name in THUMBNAIL},
    "if": {"properties": {"type": {"const": "rich"}}},
    "then": {"required": ["html", "width", "height"]},
    "additionalProperties": False,
}
STRANGE = (
    "",
    "no address",
    "https://other.example/posts/a-post",
    "ftp://localhost/posts/a-post",
    "http://localhost/posts/none",
    "http://localhost/posts/a-draft",
    "http://localhost/demos/none",
    "http://localhost/admin",
    "http://localhost/demos/bayes/jobs",
    "http://[",
    "http://localhost@other.example/posts/a-post",
)
VALIDATOR = jsonschema_rs.Draft202012Validator(ANSWER)
POST, BENCH = "http://localhost/posts/a-post", "http://localhost/demos/habits?rate=2"


@pytest.fixture(autouse=True)
def posts(app: Flask) -> None:
    with app.test_request_context():
        editing.create(Manuscript("A post & more", "Text.", slug="a-post", status="published"))
        editing.create(Manuscript("A draft", "Text.", slug="a-draft"))


def ask(client: FlaskClient, url: str, **more: str) -> dict[str, Any]:
    answer = client.get("/oembed", query_string={"url": url} | more)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.get_json()
    VALIDATOR.validate(told)
    return told


def src(told: dict[str, Any]) -> str:
    found = re.search(r'src="http://localhost(/[^"]*)"', told["html"])
    assert found
    return unescape(found[1])


def test_a_post_is_a_link_with_its_card(client: FlaskClient) -> None:
    told = ask(client, POST)
    assert (told["type"], told["title"]) == ("link", "A post & more")
    card = client.get(told["thumbnail_url"].removeprefix("http://localhost"))
    assert card.mimetype == "image/png"
    assert "immutable" in card.headers["Cache-Control"]


def test_an_address_that_a_post_once_had_is_the_posts(app: Flask, client: FlaskClient) -> None:
    with app.test_request_context():
        post = archive.post("a-post")
        editing.save(post.id, post.version, replace(manuscript_of(post), slug="moved"))
    assert ask(client, POST) == ask(client, "http://localhost/posts/moved")


def test_a_bench_is_a_frame_as_the_address_has_it_set(client: FlaskClient) -> None:
    told = ask(client, BENCH)
    assert told["type"] == "rich"
    framed = client.get(src(told))
    assert framed.status_code == 200
    assert re.search(r'name="rate"[^>]*value="2\.0"', framed.text)


def test_nothing_is_larger_than_there_is_room(client: FlaskClient) -> None:
    rooms = ((1, 1), (320, 200), (700, 5000), (5000, 700))
    for url, (width, height) in product((POST, BENCH), rooms):
        told = ask(client, url, maxwidth=str(width), maxheight=str(height))
        assert told.get("width", 0) <= width
        assert told.get("height", 0) <= height
        assert told.get("thumbnail_width", 0) <= width
        assert told.get("thumbnail_height", 0) <= height
        if told["type"] == "rich":
            assert f'width="{told["width"]}" height="{told["height"]}"' in told["html"]


@pytest.mark.parametrize("url", [POST, BENCH])
def test_xml_says_what_json_says(client: FlaskClient, url: str) -> None:
    answer = client.get("/oembed", query_string={"url": url, "format": "xml"})
    assert answer.mimetype == "text/xml"
    root = ElementTree.fromstring(answer.data)
    assert root.tag == "oembed"
    assert {child.tag: child.text for child in root} == {name: str(value) for name, value in ask(client, url).items()}


def test_what_is_not_ours_to_show_is_refused_in_a_sentence(client: FlaskClient) -> None:
    for url in STRANGE:
        answer = client.get("/oembed", query_string={"url": url}, headers={"Accept": "application/json"})
        assert answer.status_code == 404, url
        assert answer.get_json()["error"].endswith(".")


def test_a_format_that_nobody_writes_is_not_implemented(client: FlaskClient) -> None:
    assert client.get("/oembed", query_string={"url": POST, "format": "yaml"}).status_code == 501


def test_room_is_a_whole_number(client: FlaskClient) -> None:
    for room in ("0", "-1", "wide", "1.5", "²"):
        assert client.get("/oembed", query_string={"url": POST, "maxwidth": room}).status_code == 422, room


def test_options_that_a_demo_does_not_have_are_left_out(client: FlaskClient) -> None:
    told = ask(client, "http://localhost/demos/habits?name=x&_anchor=y&rate=2&rate=3&utm_source=z")
    assert src(told) == "/demos/habits/embed?rate=2"


def test_pages_say_where_to_ask(client: FlaskClient) -> None:
    for path in ("/posts/a-post", "/demos/habits?rate=2"):
        html = client.get(path).text
        for kind in ("json", "xml"):
            found = re.search(rf'<link rel="alternate" type="[a-z]+/{kind}\+oembed"[^>]* href="([^"]+)"', html)
            assert found, path
            address = unescape(found[1]).removeprefix("http://localhost")
            answer = client.get(address)
            assert answer.status_code == 200
            assert answer.mimetype.endswith(kind)


def test_scripts_of_other_sites_may_ask(client: FlaskClient) -> None:
    assert client.get("/oembed", query_string={"url": POST}).headers["Access-Control-Allow-Origin"] == "*"
