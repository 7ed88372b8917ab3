"""The page of one picture, and throwing away what nobody shows: never what somebody does."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from app.blog.pictures import shelf
from app.blog.pictures.models import Picture
from app.db import now, writing
from tests.admin.conftest import Author
from tests.pictures import photograph


@pytest.fixture
def lake(app: Flask) -> str:
    """The address of its page."""
    with app.test_request_context():
        return f"/admin/pictures/{shelf.take_in(photograph(600, 400), 'lake.jpg', 'A lake').hash}"


def age(app: Flask, days: int) -> None:
    with app.app_context(), writing() as session:
        session.execute(update(Picture).values(created_at=now() - timedelta(days=days)))


def test_its_page_says_what_there_is_to_say(author: Author, lake: str) -> None:
    author.write(title="On lakes", source="![My own words](lake.jpg)")
    page = author.client.get(lake).text
    assert "600 × 400" in page
    assert 'value="![A lake](lake.jpg)"' in page
    assert re.search(r'<li><a href="/admin/posts/\d+">On lakes</a></li>', page)
    assert "“My own words”, in On lakes" in page
    for address in re.findall(r'(?:href|src)="(/pictures/[^"]+)"', page):
        assert author.client.get(address).status_code == 200


def test_what_links_to_it_from_there_is_there(author: Author, lake: str) -> None:
    edited = author.write(title="On lakes", source="![](lake.jpg)")
    author.post(edited, title="On lakes", source="Nothing.", status="published", version="1", slug="on-lakes")
    author.post("/admin/copies", title="Not yet", source="![](lake.jpg)", version="0", rev="0")
    page = author.client.get(lake).text.partition('id="uses"')[2].partition("</section>")[0]
    links = re.findall(r'href="([^"]+)"', page)
    assert len(links) == 2, page  # the revision, and the text that is no post
    for address in links:
        assert author.client.get(address).status_code == 200, address


def test_what_it_shows_is_said_in_posts_too(author: Author, lake: str) -> None:
    author.write(title="On lakes", source="![](lake.jpg)")
    answer = author.post(f"{lake}/alt", alt="  A lake\nat night ")
    assert (answer.status_code, answer.headers["Location"]) == (303, lake)
    assert 'alt="A lake at night"' in author.client.get("/posts/on-lakes").text
    refused = author.post(f"{lake}/alt", alt="x" * 1001)
    assert refused.status_code == 422
    assert "1,000 characters" in refused.text


def test_it_is_not_deleted_while_a_post_shows_it(app: Flask, author: Author, lake: str) -> None:
    author.write(title="On lakes", source="![](lake.jpg)")
    answer = author.post(f"{lake}/delete")
    assert answer.status_code == 409
    assert "This picture is shown by “On lakes”" in answer.text
    assert author.client.get(lake).status_code == 200


def test_it_is_deleted_otherwise(author: Author, lake: str) -> None:
    assert author.post(f"{lake}/delete").headers["Location"] == "/admin/pictures"
    assert author.client.get(lake).status_code == 404
    assert author.post(f"{lake}/delete").status_code == 404


def test_all_unused_ones_go_at_once_after_a_look(app: Flask, author: Author, lake: str) -> None:
    assert "No unused picture is that old" in author.client.get("/admin/pictures/unused").text
    age(app, 31)
    page = author.client.get("/admin/pictures/unused").text
    (key,) = re.findall(r'name="key" value="(\w+)" checked', page)
    assert lake.endswith(key)
    assert "that old" in author.client.get("/admin/pictures/unused?days=60").text
    for fields in ({"key": "0" * 32}, {"days": "60", "key": key}, {}):
        author.post("/admin/pictures/unused", **fields)
        assert author.client.get(lake).status_code == 200
    author.post("/admin/pictures/unused", days="30", key=key)
    assert author.client.get(lake).status_code == 404


@pytest.mark.parametrize("days", ["", "x", "-1", "9" * 30, "²"])
def test_days_that_are_none_are_thirty_or_very_many(app: Flask, author: Author, lake: str, days: str) -> None:
    age(app, 31)
    answer = author.client.get("/admin/pictures/unused", query_string={"days": days})
    assert answer.status_code == 200
    assert 'value="30"' in answer.text


def test_nobody_else_does(app: Flask, author: Author, lake: str) -> None:
    author.token = "x"
    for address in (f"{lake}/delete", f"{lake}/alt", "/admin/pictures/unused"):
        assert author.post(address, alt="x", key=lake[-32:]).status_code == 401
