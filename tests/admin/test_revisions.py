"""The history of a post: its list, each text beside the present one, and the way back."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.admin.conftest import JSON, Author
from tests.admin.interleavings.page import form_at

FIELDS = {"title": "A post", "slug": "a-post", "status": "published"}


@pytest.fixture
def url(author: Author) -> str:
    """A post with three revisions: published, saved, and typed."""
    url = author.write(**FIELDS, source="First *text*.")
    author.post(url, **FIELDS | {"title": "Another title"}, source="Second text.", version=1)
    author.headers = JSON
    author.post(f"{url}/copy", **FIELDS, source="Third, typed.", version=2, rev=0)
    author.headers = {}
    return url


def test_the_list_says_when_what_and_by_whom(author: Author, url: str) -> None:
    page = author.client.get(f"{url}/revisions").text
    kinds = re.findall(r"<td>(Typed, not saved|Saved|Published)\b", page)
    assert kinds == ["Typed, not saved", "Saved", "Published"]
    assert page.count("<td>ada</td>") == 3
    assert page.count("as it is now") == 1
    assert "There is also a text that is not saved" in page


def test_a_revision_shows_what_taking_it_back_changes(author: Author, url: str) -> None:
    page = author.client.get(f"{url}/revisions/1").text
    assert "<del>Second text</del><ins>First *text*</ins>." in page
    assert "Title" in page[page.index('<dl class="others">') : page.index("</dl>")]
    assert "First *text*." in unescape(page[page.index('id="whole"') :])
    assert "This is the text that the post has now." in author.client.get(f"{url}/revisions/2").text


def test_taking_one_back_is_a_save_that_can_be_taken_back(author: Author, url: str) -> None:
    path = f"{url}/revisions/1/restore"
    form = form_at(author.client.get(f"{url}/revisions/1").text, path)
    assert author.post(path, **form).headers["Location"] == url
    assert "First <em>text</em>." in author.client.get("/posts/a-post").text
    page = author.client.get(f"{url}/revisions").text
    assert "Taken back from an earlier one" in page
    assert "Second text." in author.client.get(f"{url}/revisions/2").text


def test_what_is_typed_stays_beside_what_was_taken_back(author: Author, url: str) -> None:
    author.post(f"{url}/revisions/1/restore", version=2)
    page = author.client.get(f"{url}/copy").text
    assert form_at(page, url)["source"] == "Third, typed."
    assert "First *text*." in unescape(page)


def test_nothing_is_taken_back_over_a_text_that_was_not_seen(author: Author, url: str) -> None:
    author.post(url, **FIELDS, source="Fourth.", version=2)
    answer = author.post(f"{url}/revisions/1/restore", version=2)
    assert answer.status_code == 409
    assert "Nothing was changed" in answer.text
    assert "<del>Fourth</del>" in answer.text
    assert author.post(f"{url}/revisions/1/restore", **form_at(answer.text, f"{url}/revisions/1/restore"))
    assert "First <em>text</em>." in author.client.get("/posts/a-post").text


def test_nothing_is_taken_back_that_was_typed_on_after_it_was_shown(author: Author, url: str) -> None:
    path = f"{url}/revisions/3/restore"
    form = form_at(author.client.get(f"{url}/revisions/3").text, path)
    author.headers = JSON
    assert author.post(f"{url}/copy", **FIELDS, source="Third, typed on.", version=2, rev=1).status_code == 200
    author.headers = {}
    answer = author.post(path, **form)
    assert answer.status_code == 409
    assert "Typing went on" in answer.text
    assert "Second text." in author.client.get("/posts/a-post").text
    assert author.post(path, **form_at(answer.text, path)).status_code == 303
    assert "Third, typed on." in author.client.get("/posts/a-post").text


def test_what_is_not_there_is_not_found(author: Author, url: str) -> None:
    for path in (f"{url}/revisions/99", "/admin/posts/99/revisions"):
        assert author.client.get(path).status_code == 404
    assert author.post(f"{url}/revisions/99/restore", version=2).status_code == 404


def test_all_of_it_is_closed_to_others(author: Author, url: str) -> None:
    stranger = author.client.application.test_client()
    for path in (f"{url}/revisions", f"{url}/revisions/1", f"{url}/copy"):
        assert stranger.get(path).status_code == 303
    assert stranger.post(f"{url}/revisions/1/restore", data={"version": "2"}).status_code == 401
    assert "Second text." in author.client.get("/posts/a-post").text


def test_deleting_says_what_goes_with_it_and_asks_again_after_a_change(author: Author, url: str) -> None:
    page = author.client.get(f"{url}/delete").text
    assert "its 3 revisions" in page
    assert "a text of it that is not saved" in page
    form = form_at(page, f"{url}/delete")
    author.post(url, **FIELDS, source="Changed.", version=2)
    refused = author.post(f"{url}/delete", **form)
    assert refused.status_code == 409
    assert "It was not deleted" in refused.text
    assert author.post(f"{url}/delete", **form_at(refused.text, f"{url}/delete")).status_code == 303
    assert author.client.get(f"{url}/revisions").status_code == 404


def test_a_text_is_shown_as_it_is_and_never_as_a_page(author: Author, url: str) -> None:
    hostile = "</textarea><script>alert(1)</script>\n"
    author.post(url, **FIELDS, source=hostile, version=2)
    for path in (f"{url}/revisions/1", f"{url}/revisions/4"):
        assert "<script>alert" not in author.client.get(path).text
