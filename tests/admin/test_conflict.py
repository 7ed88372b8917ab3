"""Two texts of one post: whichever way the author takes, without a script, signed out or not, no word is lost."""

from __future__ import annotations

from html import unescape

import pytest
from werkzeug.test import TestResponse

from tests.admin.conftest import JSON, PASSWORD, Author
from tests.admin.interleavings.page import form_at

BASE = "One.\n\nTwo.\n\nThree.\n"
MINE = "One, mine.\n\nTwo.\n\nThree.\n"
THEIRS = "One.\n\nTwo.\n\nThree, theirs.\n"
FIELDS = {"title": "A post", "slug": "a-post", "status": "published"}


@pytest.fixture
def url(author: Author) -> str:
    return author.write(**FIELDS, source=BASE)


def met(author: Author, url: str, mine: str = MINE, theirs: str = THEIRS, **more: str) -> TestResponse:
    """The answer to a save of `mine`, made of the first version, after `theirs` was saved."""
    assert author.post(url, **FIELDS, source=theirs, version=1).status_code == 303
    answer = author.post(url, **FIELDS | more, source=mine, version=1)
    assert answer.status_code == 409
    return answer


def text_of(author: Author, url: str) -> str:
    return form_at(author.client.get(url).text, url)["source"].replace("\r\n", "\n")


def test_both_are_shown_with_what_each_of_them_changed(author: Author, url: str) -> None:
    page = met(author, url, tags="mine").text
    assert page.count("Changed by you alone") == page.count("Changed by the other alone") == 1
    assert "One<ins>, mine</ins>." in page
    assert "Three<ins>, theirs</ins>." in page
    assert "<td>mine</td>" in page, "what stands beside the text differs too"


def test_a_place_that_both_changed_is_said_to_be_one(author: Author, url: str) -> None:
    page = met(author, url, mine="One.\n\nZwei.\n\nThree.\n", theirs="One.\n\nDeux.\n\nThree.\n").text
    assert "Changed by both, differently" in page
    assert "Both together" not in page


def test_mine_goes_over_the_other_and_the_other_is_a_revision(author: Author, url: str) -> None:
    form = form_at(met(author, url).text, url)
    assert author.post(url, **form).status_code == 303
    assert text_of(author, url) == MINE
    assert "Three, theirs." in author.client.get(f"{url}/revisions/2").text


def test_mine_becomes_a_post_of_its_own_as_a_draft_with_another_address(author: Author, url: str) -> None:
    form = form_at(met(author, url).text, url)
    made = author.post("/admin/posts", **form, as_new="1")
    assert made.status_code == 303
    there = form_at(author.client.get(made.headers["Location"]).text, made.headers["Location"])
    assert (there["source"].replace("\r\n", "\n"), there["slug"], there["status"]) == (MINE, "a-post-2", "draft")
    assert text_of(author, url) == THEIRS


def test_both_together_where_they_do_not_meet(author: Author, url: str) -> None:
    page = met(author, url).text
    together = "One, mine.\n\nTwo.\n\nThree, theirs.\n"
    assert together in unescape(page)
    second = page[page.index("<h2>Both together</h2>") :]
    assert author.post(url, **form_at(second, url)).status_code == 303
    assert text_of(author, url) == together


def test_the_other_stays(author: Author, url: str) -> None:
    form = form_at(met(author, url).text, f"{url}/copy/drop")
    assert author.post(f"{url}/copy/drop", **form).status_code == 303
    assert text_of(author, url) == THEIRS


def test_a_third_text_meanwhile_is_a_conflict_again(author: Author, url: str) -> None:
    form = form_at(met(author, url).text, url)
    author.post(url, **FIELDS, source="Third.", version=2)
    again = author.post(url, **form)
    assert again.status_code == 409
    assert "Third." in again.text
    assert text_of(author, url) == "Third."
    assert author.post(url, **form_at(again.text, url)).status_code == 303
    assert text_of(author, url) == MINE


def test_who_is_signed_out_meanwhile_signs_in_and_saves(author: Author, url: str) -> None:
    form = form_at(met(author, url).text, url)
    author.post("/admin/sign-out")
    for path, more in ((url, {}), ("/admin/posts", {"as_new": "1"})):
        stranger = author.client.application.test_client()
        asked = stranger.post(path, data=form | more)
        assert asked.status_code == 401
        again = form_at(asked.text, "/admin/sign-in") | {"name": "ada", "password": PASSWORD}
        saved = stranger.post("/admin/sign-in", data=again)
        assert saved.status_code == 303
        place = saved.headers["Location"]
        there = form_at(stranger.get(place).text, place)
        assert there["source"].replace("\r\n", "\n") == MINE
        assert (place == url) == (not more)


def test_a_post_that_is_deleted_meanwhile_comes_back_as_a_new_one(author: Author, url: str) -> None:
    form = form_at(met(author, url).text, url)
    author.post(f"{url}/delete")
    gone = author.post(url, **form)
    assert gone.status_code == 409
    made = author.post("/admin/posts", **form_at(gone.text, "/admin/posts"))
    assert made.status_code == 303
    assert text_of(author, made.headers["Location"]) == MINE
    assert made.headers["Location"] != url, "a number that a post had is no other post’s"


def test_what_was_kept_of_an_earlier_version_is_shown_beside_the_post(author: Author, url: str) -> None:
    author.headers = JSON
    rev = author.post(f"{url}/copy", **FIELDS, source=MINE, version=1, rev=0).json["rev"]
    author.post(url, **FIELDS, source=THEIRS, version=1, rev=0)
    author.headers = {}
    answer = author.client.get(url)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{url}/copy")
    page = author.client.get(f"{url}/copy").text
    assert "typed on an earlier version" in page
    assert "One<ins>, mine</ins>." in page
    form = form_at(page, url)
    assert (form["rev"], form["version"]) == (str(rev), "2")
    assert author.post(url, **form).status_code == 303
    assert text_of(author, url) == MINE
    assert author.client.get(f"{url}/copy").status_code == 303, "no second text is there any more"


def test_a_script_is_told_both_and_chooses_itself(author: Author, url: str) -> None:
    author.post(url, **FIELDS, source=THEIRS, version=1)
    author.headers = JSON
    answer = author.post(url, **FIELDS, source=MINE, version=1)
    assert (answer.status_code, answer.json["theirs"]["source"], answer.json["version"]) == (409, THEIRS, 2)
