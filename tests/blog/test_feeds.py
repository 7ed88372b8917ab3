"""The feeds as readers' programs see them: by feedparser, by an XML parser, by a schema of JSON Feed 1.1."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import jsonschema_rs
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.blog import editing
from app.blog.feeds.content import for_feeds
from app.blog.transfer import manuscript_of
from app.db import now

Publish = Callable[..., int]

ATOM = {"a": "http://www.w3.org/2005/Atom"}
FEEDS = {"atom": "feed.xml", "rss": "rss.xml", "json": "feed.json"}
TYPES = {"atom": "application/atom+xml", "rss": "application/rss+xml", "json": "application/feed+json"}
TEXT = {"type": "string", "minLength": 1}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"}
ADDRESS = {"type": "string", "pattern": "^https?://"}
AUTHORS = {"type": "array", "items": {"type": "object", "properties": {"name": TEXT}, "minProperties": 1}}
ITEM = {
    "type": "object",
    "required": ["id", "content_html"],
    "properties": {
        "id": TEXT,
        "url": ADDRESS,
        "title": {"type": "string"},
        "content_html": {"type": "string"},
        "summary": {"type": "string"},
        "image": ADDRESS,
        "date_published": MOMENT,
        "date_modified": MOMENT,
        "tags": {"type": "array", "items": TEXT},
        "language": {"type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$"},
    },
    "additionalProperties": False,
}
# https://www.jsonfeed.org/version/1.1/, with what we do not write left out, so that a slip in a name is found.
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": TEXT,
        "description": TEXT,
        "home_page_url": ADDRESS,
        "feed_url": ADDRESS,
        "language": TEXT,
        "authors": AUTHORS,
        "items": {"type": "array", "items": ITEM},
    },
    "additionalProperties": False,
}
SOURCE = """Link [one](/posts/x), [two](#note), ![three](pictures/y.png).

<img src="/z.png" srcset="/z.png 1x, /z2.png 2x" alt="z">

## A heading

::: demo style-transfer

$x < y$ & control: \x0b

!!! warning "Mind *this*"
    Or else.

- [x] done
- [ ] to do

```python
def f(): return "<b>"
```
"""


class Elements(HTMLParser):
    """All start tags with their attributes, and the words between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words += data


def read(client: FlaskClient, form: str, tag: str | None = None) -> list[dict[str, Any]]:
    """The entries as a reader's program has them, in the same words for each format."""
    answer = client.get(f"/tags/{tag}/{FEEDS[form]}" if tag else f"/{FEEDS[form]}")
    assert answer.status_code == 200
    assert answer.mimetype == TYPES[form]
    if form == "json":
        items = answer.get_json(force=True)["items"]
        return [
            {"html": i["content_html"], "tags": i.get("tags", []), **{n: i[n] for n in ("id", "url", "title")}}
            for i in items
        ]
    parsed = feedparser.parse(answer.data, sanitize_html=False, resolve_relative_uris=False)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return [
        {
            "id": entry.id,
            "url": entry.link,
            "title": entry.title,
            "html": entry.content[-1].value,
            "tags": [tag.term for tag in entry.get("tags", [])],
        }
        for entry in parsed.entries
    ]


def html_of(client: FlaskClient) -> str:
    html: str = read(client, "json")[0]["html"]
    return html


@pytest.mark.parametrize("form", FEEDS)
def test_an_empty_feed_is_a_feed(client: FlaskClient, form: str) -> None:
    assert read(client, form) == []
    assert b"Test press" in client.get(f"/{FEEDS[form]}").data


def test_all_formats_tell_the_same(client: FlaskClient, publish: Publish) -> None:
    publish("A & B", SOURCE, tags=("one", "two & a half"))
    publish(
        "Второй <пост>",
        "Text.",
        slug="second",
        description="About “it”",
        cover="/static/icons/icon.svg",
        cover_alt="An icon",
    )
    atom, rss, plain = (read(client, form) for form in FEEDS)
    assert atom == rss == plain
    assert [entry["title"] for entry in atom] == ["Второй <пост>", "A & B"]
    assert atom[1]["tags"] == ["one", "two & a half"]


def test_the_json_feed_is_one(client: FlaskClient, publish: Publish) -> None:
    validator = jsonschema_rs.Draft202012Validator(JSON_FEED)
    validator.validate(json.loads(client.get("/feed.json").data))
    publish("A", SOURCE, tags=("t",), description="About", cover="/static/icons/icon.svg", lang="de")
    told = json.loads(client.get("/feed.json").data)
    validator.validate(told)
    assert told["items"][0]["language"] == "de"
    assert told["items"][0]["image"] == "https://press.example/static/icons/icon.svg"


def test_posts_are_whole_and_their_addresses_absolute(client: FlaskClient, publish: Publish) -> None:
    publish("A & B", SOURCE)
    html = html_of(client)
    found = {value for _, attrs in Elements(html).found for name, value in attrs.items() if name in {"href", "src"}}
    assert {"https://press.example/posts/a-b#note", "https://press.example/posts/pictures/y.png"} <= found
    assert all(address.startswith("https://press.example/") for address in found)
    assert 'srcset="https://press.example/z.png 1x, https://press.example/z2.png 2x"' in html


def test_nothing_in_it_is_for_our_pages_only(client: FlaskClient, publish: Publish) -> None:
    publish("A", SOURCE)
    elements = Elements(html_of(client))
    names = {name for _, attrs in elements.found for name in attrs}
    assert not names & {"class", "style", "tabindex", "role", "loading"}
    assert not {tag for tag, _ in elements.found} & {"form", "button", "input", "script", "annotation", "span"}
    assert 'def f(): return "<b>"' in elements.words
    assert "☑ done" in re.sub(r"\s+", " ", elements.words)
    assert "A heading#" not in elements.words
    assert "<p><strong>Mind <em>this</em></strong></p>" in html_of(client)


def test_a_formula_has_its_tex_beside_it_once(client: FlaskClient, publish: Publish) -> None:
    publish("A", r'$\alpha < "y"$')
    elements = Elements(html_of(client))
    (math,) = [attrs for tag, attrs in elements.found if tag == "math"]
    assert math["alttext"] == r'\alpha < "y"'
    assert r"\alpha" not in elements.words
    assert "<" in elements.words


def test_a_live_demo_is_its_still_picture_and_a_link(app: Flask) -> None:
    bench = (
        '<p>a</p>\n<!--demo:x--><link href="/s.css"><live-demo id="bench-x-1" aria-label="X, a live demo" '
        'data-still="/still.webp?v=1&amp;w=2"><form><p>inside</p></form></live-demo><!--/demo-->\n<p>b</p>'
    )
    with app.test_request_context():
        html = for_feeds(bench, "https://press.example/posts/live")
    elements = Elements(html)
    assert [attrs["href"] for tag, attrs in elements.found if tag == "a"] == [
        "https://press.example/posts/live#bench-x-1"
    ] * 2
    assert [attrs["src"] for tag, attrs in elements.found if tag == "img"] == [
        "https://press.example/still.webp?v=1&w=2"
    ]
    assert elements.words.split() == ["a", "X,", "a", "live", "demo:", "run", "it", "in", "the", "post.", "b"]


def test_a_feed_is_as_new_as_its_newest_post(client: FlaskClient, publish: Publish) -> None:
    publish("One")
    publish("Two")
    root = ElementTree.fromstring(client.get("/feed.xml").data)
    dates = [entry.findtext("a:updated", "", ATOM) for entry in root.findall("a:entry", ATOM)]
    assert root.findtext("a:updated", "", ATOM) == max(dates)
    assert len({entry.findtext("a:id", "", ATOM) for entry in root.findall("a:entry", ATOM)}) == 2


def test_a_post_stays_the_same_entry_at_another_address(app: Flask, client: FlaskClient, publish: Publish) -> None:
    number = publish("One", slug="first")
    (before,) = read(client, "atom")
    with app.test_request_context():
        post = editing.get(number)
        editing.save(number, post.version, replace(manuscript_of(post), slug="second", title="Another"))
    (after,) = read(client, "atom")
    assert after["id"] == before["id"]
    assert (before["url"], after["url"]) == ("https://press.example/posts/first", "https://press.example/posts/second")


def test_a_feed_ends_somewhere(client: FlaskClient, publish: Publish) -> None:
    for number in range(22):
        publish(f"Post {number}", tags=("t",))
    for form in FEEDS:
        assert len(read(client, form)) == len(read(client, form, "t")) == 20


@pytest.mark.parametrize("form", FEEDS)
def test_a_tags_feed_has_its_posts_and_no_others(client: FlaskClient, publish: Publish, form: str) -> None:
    publish("In", tags=("ä b", "c"))
    publish("Out", tags=("c",))
    assert [entry["title"] for entry in read(client, form, "ä b")] == ["In"]
    assert client.get(f"/tags/none/{FEEDS[form]}").status_code == 404


@pytest.mark.parametrize("form", FEEDS)
def test_no_post_comes_before_its_time(client: FlaskClient, publish: Publish, form: str) -> None:
    publish("Draft", status="draft", tags=("t",))
    publish("Later", published_at=now() + timedelta(hours=1), tags=("t",))
    assert read(client, form) == []
    assert client.get(f"/tags/t/{FEEDS[form]}").status_code == 404


@pytest.mark.parametrize("form", FEEDS)
def test_an_unchanged_feed_is_not_sent_again(client: FlaskClient, publish: Publish, form: str) -> None:
    publish("One")
    etag = client.get(f"/{FEEDS[form]}").headers["ETag"]
    assert client.get(f"/{FEEDS[form]}", headers={"If-None-Match": etag}).status_code == 304
    publish("Two")
    assert client.get(f"/{FEEDS[form]}", headers={"If-None-Match": etag}).status_code == 200


def test_pages_name_the_feeds_and_a_tags_page_its_own(client: FlaskClient, publish: Publish) -> None:
    publish("One", tags=("t & u",))
    for page, expected in (("/", 3), ("/posts/one", 3), ("/tags/t & u", 6)):
        links = [attrs for tag, attrs in Elements(client.get(page).text).found if tag == "link"]
        feeds = {attrs["href"]: attrs["type"] for attrs in links if attrs.get("type") in TYPES.values()}
        assert len(feeds) == expected
        for address, kind in feeds.items():
            assert client.get(address).mimetype == kind


def test_a_cover_is_enclosed_with_its_size(app: Flask, client: FlaskClient, publish: Publish) -> None:
    publish("Here", cover="/static/icons/icon.svg", published_at=datetime(2026, 1, 2, tzinfo=UTC))
    publish("Elsewhere", cover="https://other.example/c.webp", published_at=datetime(2026, 1, 1, tzinfo=UTC))
    here, elsewhere = feedparser.parse(client.get("/rss.xml").data).entries
    size = len((Path(app.root_path) / "static/icons/icon.svg").read_bytes())
    assert [(e.href, e.type, int(e.length)) for e in here.enclosures] == [
        ("https://press.example/static/icons/icon.svg", "image/svg+xml", size)
    ]
    assert elsewhere.enclosures == []  # RSS wants a size, and nobody knows it
    assert elsewhere.media_content[0]["url"] == "https://other.example/c.webp"
