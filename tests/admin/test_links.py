"""The author makes a draft link, which is shown once, and takes it back; others cannot."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.admin.conftest import JSON, Author

MADE = re.compile(r'id="made-link" type="text" readonly value="([^"]+)"')


@pytest.fixture
def edited(author: Author) -> str:
    return author.write(title="On lakes", source="Wet.", status="draft")


def made(author: Author, edited: str, lasts: str = "day") -> str:
    answer = author.post(f"{edited}/links", lasts=lasts)
    assert answer.status_code == 201
    (address,) = MADE.findall(answer.text)
    return str(address)


def test_a_link_is_shown_once_and_opens_for_who_has_it(author: Author, edited: str, client: FlaskClient) -> None:
    address = made(author, edited)
    page = client.get(address)
    assert page.status_code == 200
    assert "Wet." in page.text
    listed = author.client.get(f"{edited}/links").text
    assert not MADE.search(listed)
    assert address.rpartition("/")[2] not in listed
    assert listed.count("ends on") == 1


def test_what_is_typed_and_not_saved_is_not_on_it(author: Author, edited: str, client: FlaskClient) -> None:
    author.post(f"{edited}/copy", title="On lakes", source="Dry.", version="1", rev="0")
    page = client.get(made(author, edited)).text
    assert ("Wet." in page, "Dry." in page) == (True, False)


def test_one_or_all_are_taken_back(author: Author, edited: str, client: FlaskClient) -> None:
    first, *others = [made(author, edited, lasts) for lasts in ("day", "week", "month")]
    page = author.client.get(f"{edited}/links").text
    actions = re.findall(r'action="([^"]+/links/\d+/take-back)"', page)
    assert len(actions) == 3
    author.post(actions[-1])  # the one made first stands last
    assert [client.get(address).status_code for address in (first, *others)] == [404, 200, 200]
    author.post(f"{edited}/links/take-back")
    assert [client.get(address).status_code for address in others] == [404, 404]
    assert "No link to this text holds now" in author.client.get(f"{edited}/links").text


def test_a_script_gets_it_too(author: Author, edited: str, client: FlaskClient) -> None:
    author.headers = JSON
    answer = author.post(f"{edited}/links", lasts="week")
    assert answer.status_code == 201
    assert answer.json and client.get(answer.json["url"]).status_code == 200
    refused = author.post(f"{edited}/links", lasts="ever")
    assert refused.status_code == 422
    assert refused.json and refused.json["problems"] == {
        "lasts": "Choose how long the link holds: a day, a week or a month."
    }


def test_how_long_must_be_said(author: Author, edited: str) -> None:
    answer = author.post(f"{edited}/links")
    assert answer.status_code == 422
    assert "Choose how long the link holds" in answer.text


def test_nobody_else_makes_one(author: Author, edited: str) -> None:
    author.token = "x"
    for action in ("links", "links/1/take-back", "links/take-back"):
        assert author.post(f"{edited}/{action}", lasts="day").status_code == 401
    assert author.client.get("/admin/posts/99/links").status_code == 404
