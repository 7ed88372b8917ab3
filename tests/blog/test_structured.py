"""What a page says of itself to programs: Open Graph, JSON-LD; read as they read it."""

from __future__ import annotations

import json
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

Publish = Callable[..., int]
SITE = "https://press.example"
AWKWARD = 'A </script><script>alert("1")</script> & “more”'


class Head(HTMLParser):
    """The meta properties of a page, and its JSON-LD, as a browser parses them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.properties: dict[str, list[str]] = {}
        self.data: list[dict[str, Any]] = []
        self.scripts: list[str] = []
        self.inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "meta" and (name := given.get("property") or given.get("name")):
            self.properties.setdefault(name, []).append(given["content"])
        if tag == "script":
            self.inside = given.get("type") == "application/ld+json"
            self.scripts += [] if self.inside else [given.get("src", "")]

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.data.append(json.loads(data))


def head(client: FlaskClient, path: str) -> Head:
    answer = client.get(path)
    assert answer.status_code == 200
    return Head(answer.text)


def graph(client: FlaskClient, path: str) -> dict[str, dict[str, Any]]:
    """The things that a page describes, by type."""
    (data,) = head(client, path).data
    assert data["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in data["@graph"]}


def test_a_post_says_what_it_is(client: FlaskClient, publish: Publish) -> None:
    publish("A & B", "One two three.", description="About", tags=("t", "u"), lang="de")
    post = graph(client, "/posts/a-b")["BlogPosting"]
    assert post["headline"] == "A & B"
    assert post["url"] == post["@id"] == f"{SITE}/posts/a-b"
    assert (post["description"], post["keywords"], post["inLanguage"]) == ("About", ["t", "u"], "de")
    assert (post["wordCount"], post["timeRequired"]) == (3, "PT1M")
    assert post["author"] == {"@type": "Organization", "name": "Test press", "url": f"{SITE}/"}
    assert post["datePublished"] <= post["dateModified"]
    assert "isPartOf" not in post


def test_a_part_says_of_which_series_and_the_way_to_it(client: FlaskClient, publish: Publish) -> None:
    publish("One", series="Object detection", part=1)
    publish("Two", series="Object detection", part=2)
    found = graph(client, "/posts/two")
    series = {"@type": "CreativeWorkSeries", "name": "Object detection", "url": f"{SITE}/series/object-detection"}
    assert found["BlogPosting"]["isPartOf"] == series
    assert found["BlogPosting"]["position"] == 2
    trail = found["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in trail] == [1, 2, 3]
    assert [step["item"] for step in trail] == [f"{SITE}/", series["url"], f"{SITE}/posts/two"]


def test_a_series_without_a_page_of_its_own_is_named_all_the_same(client: FlaskClient, publish: Publish) -> None:
    publish("One", series="Сети", part=1)
    found = graph(client, "/posts/one")
    assert found["BlogPosting"]["isPartOf"] == {"@type": "CreativeWorkSeries", "name": "Сети"}
    assert len(found["BreadcrumbList"]["itemListElement"]) == 2


def test_a_page_is_no_posting(client: FlaskClient, publish: Publish) -> None:
    publish("About us", slug="about-us", kind="page", cover="/static/icons/icon.svg")
    page = graph(client, "/about-us")["WebPage"]
    assert (page["name"], page["url"]) == ("About us", f"{SITE}/about-us")
    assert "wordCount" not in page


def test_the_home_page_says_how_the_site_is_searched(client: FlaskClient) -> None:
    (site,) = head(client, "/").data
    assert (site["@type"], site["name"], site["url"]) == ("WebSite", "Test press", f"{SITE}/")
    assert site["potentialAction"]["target"] == f"{SITE}/search?q={{words}}"


def test_what_an_author_writes_stays_data(client: FlaskClient, publish: Publish) -> None:
    publish(AWKWARD, slug="awkward", description=AWKWARD, tags=("<script>x",))
    found = head(client, "/posts/awkward")
    (data,) = found.data
    assert data["@graph"][0]["headline"] == AWKWARD
    assert found.properties["og:title"] == [AWKWARD]
    assert "alert" not in "".join(found.scripts)


@pytest.mark.parametrize("cover", ["", "/static/icons/icon.svg"])
def test_a_link_to_a_post_shows_its_card(client: FlaskClient, publish: Publish, cover: str) -> None:
    publish("One", cover=cover, tags=("t", "u"))
    found = head(client, "/posts/one").properties
    assert found["og:type"] == ["article"]
    assert found["og:url"] == [f"{SITE}/posts/one"]
    assert found["article:tag"] == ["t", "u"]
    (card,) = found["og:image"]
    assert card.startswith(f"{SITE}/cards/one.png?v=")
    parts = urlsplit(card)
    answer = client.get(f"{parts.path}?{parts.query}")
    assert "immutable" in answer.headers["Cache-Control"]
    width, height = (int.from_bytes(answer.data[at : at + 4]) for at in (16, 20))  # of the PNG's first chunk
    assert [str(width), str(height)] == [*found["og:image:width"], *found["og:image:height"]]


@pytest.mark.parametrize("path", ["/", "/tags/t", "/tags", "/archive", "/series/s"])
def test_lists_show_the_card_of_the_site(client: FlaskClient, publish: Publish, path: str) -> None:
    publish("One", tags=("t",), series="S")
    (card,) = head(client, path).properties["og:image"]
    parts = urlsplit(card)
    assert client.get(f"{parts.path}?{parts.query}").mimetype == "image/png"


def test_the_authors_rooms_say_nothing_of_themselves(client: FlaskClient) -> None:
    assert not [name for name in head(client, "/admin/sign-in").properties if name.startswith("og:")]
