"""The author sees the earlier addresses of a post, adds one by hand, and removes one, without a script."""

from __future__ import annotations

import re

import pytest

from tests.admin.conftest import Author


@pytest.fixture
def edited(author: Author) -> str:
    """A public post that has moved once: where it is edited."""
    edited = author.write(title="On lakes", slug="lakes")
    author.post(edited, title="On lakes", source="Text.", status="published", version="1", slug="on-lakes")
    return edited


def test_the_address_it_had_is_there_and_can_be_removed(author: Author, edited: str) -> None:
    page = author.client.get(f"{edited}/addresses").text
    assert "<code>/posts/lakes</code>" in page
    assert "<code>/posts/on-lakes</code>" in page
    (address,) = re.findall(r'name="address" value="([^"]+)"', page)
    answer = author.post(f"{edited}/addresses/remove", address=address)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{edited}/addresses")
    assert "It has none" in author.client.get(f"{edited}/addresses").text
    assert author.client.get("/posts/lakes").status_code == 404


def test_one_more_is_added(author: Author, edited: str) -> None:
    assert author.post(f"{edited}/addresses", address="/2019/02/lakes.html").status_code == 303
    assert "<code>/2019/02/lakes.html</code>" in author.client.get(f"{edited}/addresses").text
    assert author.client.get("/2019/02/lakes.html").headers["Location"] == "/posts/on-lakes"


def test_what_cannot_be_added_is_still_in_the_form(author: Author, edited: str) -> None:
    answer = author.post(f"{edited}/addresses", address='tags/"x"')
    assert answer.status_code == 422
    assert 'value="tags/&#34;x&#34;"' in answer.text
    assert "The site itself uses the address" in answer.text


def test_nobody_else_does(author: Author, edited: str) -> None:
    author.token = "x"
    for action in ("addresses", "addresses/remove"):
        assert author.post(f"{edited}/{action}", address="lakes").status_code == 401
    assert author.client.get("/admin/posts/99/addresses").status_code == 404
