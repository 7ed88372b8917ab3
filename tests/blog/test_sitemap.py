"""The map of the site and what robots are told, read by parsers; every address on it answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.db import now

Publish = Callable[..., int]
SITE = "https://press.example"
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
FIRST, SECOND = datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 3, 4, 5, 6, tzinfo=UTC)


def places(client: FlaskClient) -> dict[str, str]:
    """The last change by address."""
    answer = client.get("/sitemap.xml")
    assert answer.mimetype == "application/xml"
    root = ElementTree.fromstring(answer.data)
    assert root.tag == f"{{{NAMES['s']}}}urlset"
    urls = root.findall("s:url", NAMES)
    found = {url.findtext("s:loc", "", NAMES): url.findtext("s:lastmod", "", NAMES) for url in urls}
    assert len(found) == len(urls)
    return found


@pytest.fixture
def posts(publish: Publish) -> None:
    publish("One", tags=("t & u", "v"), series="A series", part=1, published_at=FIRST, updated_at=FIRST)
    publish("Two", tags=("v",), series="A series", part=2, published_at=FIRST, updated_at=SECOND)
    publish("About us", slug="about-us", kind="page", published_at=FIRST, updated_at=FIRST)
    publish("Draft", status="draft", tags=("secret",), series="Secret")
    publish("Later", published_at=now() + timedelta(hours=1), tags=("secret",), series="Secret")


def test_all_that_readers_may_find_is_on_it_and_nothing_else(client: FlaskClient, posts: None) -> None:
    paths = {urlsplit(address).path for address in places(client)}
    expected = {"/", "/archive", "/tags", "/posts/one", "/posts/two", "/about-us", "/series/a-series"}
    assert paths == expected | {"/tags/t%20&%20u", "/tags/v"}


def test_every_address_on_it_answers(client: FlaskClient, posts: None) -> None:
    for address in places(client):
        assert address.startswith(f"{SITE}/")
        assert client.get(address.removeprefix(SITE)).status_code == 200, address


def test_a_list_is_as_new_as_its_newest_post(client: FlaskClient, posts: None) -> None:
    changed = {urlsplit(address).path: datetime.fromisoformat(text) for address, text in places(client).items()}
    assert changed["/posts/one"] == changed["/tags/t%20&%20u"] == changed["/about-us"] == FIRST
    newest = {changed[path] for path in ("/", "/archive", "/tags", "/tags/v", "/series/a-series", "/posts/two")}
    assert newest == {SECOND}


def test_a_post_written_ahead_is_new_when_it_appears(client: FlaskClient, publish: Publish) -> None:
    publish("One", published_at=SECOND, updated_at=FIRST)
    assert datetime.fromisoformat(places(client)[f"{SITE}/posts/one"]) == SECOND


def test_a_series_whose_title_gives_no_address_is_left_out(client: FlaskClient, publish: Publish) -> None:
    publish("One", series="Сети")
    assert not [address for address in places(client) if "/series" in address]


def test_what_stands_beside_the_blog_is_handed_in(app: Flask, client: FlaskClient) -> None:
    app.extensions["blog.places"] = lambda: ["/demos", "/demos/x"]
    found = places(client)
    assert {f"{SITE}/demos", f"{SITE}/demos/x"} <= found.keys()
    assert found[f"{SITE}/demos"] == ""


def test_robots_find_the_map_and_leave_the_rest(client: FlaskClient) -> None:
    robots = RobotFileParser()
    robots.parse(client.get("/robots.txt").text.splitlines())
    assert robots.site_maps() == [f"{SITE}/sitemap.xml"]
    for path in ("/", "/posts/one", "/tags/v", "/feed.xml", "/demos/habits", "/cards/one.png", "/pictures/a-480.webp"):
        assert robots.can_fetch("any", f"{SITE}{path}"), path
    for path in ("/admin", "/admin/sign-in", "/jobs/1", "/api/v1/demos", "/search?q=x"):
        assert not robots.can_fetch("any", f"{SITE}{path}"), path


def test_an_unchanged_map_is_not_sent_again(client: FlaskClient, publish: Publish) -> None:
    publish("One")
    etag = client.get("/sitemap.xml").headers["ETag"]
    assert client.get("/sitemap.xml", headers={"If-None-Match": etag}).status_code == 304
