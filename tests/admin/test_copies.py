"""What is typed and not saved, as the editor's script sends it and as the pages show it."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from app.blog import copies
from tests.admin.conftest import JSON, Author
from tests.admin.interleavings.page import form_at

FIELDS = {"title": "A post", "slug": "a-post", "status": "published"}


@pytest.fixture
def script(author: Author) -> Author:
    author.headers = JSON
    return author


def typed(author: Author, url: str, source: str, rev: int = 0, version: int = 1, status: int = 200) -> Any:
    answer = author.post(f"{url}/copy", **FIELDS, source=source, rev=rev, version=version)
    assert answer.status_code == status, answer.text
    return answer.json


def write(author: Author, **fields: Any) -> str:
    answer = author.post("/admin/posts", **(FIELDS | {"source": "Saved."} | fields))
    assert answer.status_code == 201, answer.text
    return str(answer.json["url"])


def test_what_is_typed_is_in_the_editor_and_not_on_the_site(script: Author) -> None:
    url = write(script)
    kept = typed(script, url, "Typed *now*.")
    assert set(kept) == {"copy", "rev", "kept_at"}
    page = script.client.get(url).text
    form = form_at(page, url)
    assert (form["source"], form["rev"], form["version"]) == ("Typed *now*.", str(kept["rev"]), "1")
    assert "You go on with what was typed and not saved" in page
    assert "Saved." in script.client.get("/posts/a-post").text
    assert "Typed" not in script.client.get("/posts/a-post").text


def test_the_list_says_which_posts_have_it_and_which_texts_are_no_post_yet(script: Author) -> None:
    url = write(script)
    assert "not saved" not in script.client.get("/admin").text
    typed(script, url, "Typed.")
    script.post("/admin/copies", title="Begun <b>", source="x", rev=0)
    page = script.client.get("/admin").text
    for piece in ("Has changes that are not saved", "Not a post yet", "Begun &lt;b&gt;"):
        assert piece in page
    script.post(url, **FIELDS, source="Other.", version=1)
    assert "Has two versions" in script.client.get("/admin").text


def test_a_tab_that_has_not_seen_the_last_text_is_told_it(script: Author) -> None:
    url = write(script)
    first = typed(script, url, "First tab")
    refused = typed(script, url, "Second tab", rev=0, status=409)
    assert (refused["rev"], refused["version"], refused["theirs"]["source"]) == (first["rev"], 1, "First tab")
    assert typed(script, url, "Second tab", rev=refused["rev"])["rev"] > first["rev"]


def test_an_open_editor_can_ask_whether_somebody_is_elsewhere(script: Author) -> None:
    url = write(script)
    assert script.client.get(f"{url}/copy/newest").json == {"version": 1, "rev": 0}
    rev = typed(script, url, "Typed elsewhere")["rev"]
    assert script.client.get(f"{url}/copy/newest").json == {"version": 1, "rev": rev}
    script.post(url, **FIELDS, source="Saved elsewhere", version=1, rev=rev)
    assert script.client.get(f"{url}/copy/newest").json == {"version": 2, "rev": 0}
    assert script.client.get("/admin/posts/999/copy/newest").status_code == 404


def test_a_tab_on_an_older_version_is_told_the_post(script: Author) -> None:
    url = write(script)
    script.post(url, **FIELDS, source="Saved again.", version=1)
    refused = typed(script, url, "Typed", status=409)
    assert (refused["version"], refused["theirs"]["source"]) == (2, "Saved again.")
    assert set(refused["theirs"]) >= {"title", "tags", "published_at", "status"}


def test_a_tab_whose_post_is_gone_is_told_so(script: Author) -> None:
    url = write(script)
    script.post(f"{url}/delete", version=1)
    refused = typed(script, url, "Typed", status=409)
    assert "deleted" in refused["error"]
    assert "version" not in refused


@pytest.mark.parametrize("path", ["/admin/copies", "/admin/posts/1/copy", "/admin/posts/1/copy/drop"])
def test_nobody_writes_without_signing_in_or_without_the_forms_token(
    script: Author, client: FlaskClient, path: str
) -> None:
    write(script)
    fields = {**FIELDS, "source": "Typed", "rev": "0", "version": "1"}
    for answer in (
        client.application.test_client().post(path, data=fields, headers=JSON),
        script.client.post(path, data=fields | {"token": "wrong"}, headers=JSON),
    ):
        assert (answer.status_code, set(answer.json)) == (401, {"error"}), answer.text
    assert "not saved" not in script.client.get("/admin").text


def test_a_save_ends_it(script: Author) -> None:
    url = write(script)
    rev = typed(script, url, "Typed")["rev"]
    assert script.post(url, **FIELDS, source="Typed", version=1, rev=rev).status_code == 200
    assert form_at(script.client.get(url).text, url)["rev"] == "0"
    assert "not saved" not in script.client.get("/admin").text


def test_a_text_that_is_no_post_yet_is_found_again_and_becomes_one(script: Author) -> None:
    kept = script.post("/admin/copies", title="Begun", source="\nText", rev=0).json
    form = form_at(script.client.get(f"/admin/posts/new?copy={kept['copy']}").text, "/admin/posts")
    assert (form["title"], form["source"], form["copy"]) == ("Begun", "\r\nText", str(kept["copy"]))
    assert script.post("/admin/posts", **form).status_code == 201
    assert "Not a post yet" not in script.client.get("/admin").text
    assert script.client.get(f"/admin/posts/new?copy={kept['copy']}").status_code == 404


def test_dropping_works_without_a_script_and_only_what_was_seen(author: Author) -> None:
    url = author.write(**FIELDS)
    author.headers = JSON
    rev = typed(author, url, "Typed")["rev"]
    author.headers = {}
    page = author.client.get(url).text
    later = author.post(f"{url}/copy", **FIELDS, source="Typed more", rev=rev, version=1).json["rev"]
    refused = author.post(f"{url}/copy/drop", **form_at(page, f"{url}/copy/drop"))
    assert refused.status_code == 409
    assert form_at(author.client.get(url).text, url)["source"] == "Typed more"
    answer = author.post(f"{url}/copy/drop", rev=later)
    assert (answer.status_code, answer.headers["Location"]) == (303, url)
    assert form_at(author.client.get(url).text, url)["source"] == "Text."


def test_dropping_a_text_asks_first(author: Author) -> None:
    kept = author.post("/admin/copies", title="Begun", source="Five!", rev=0).json
    path = f"/admin/copies/{kept['copy']}/drop"
    page = author.client.get(path).text
    assert "Drop “Begun”?" in page
    assert "5 characters" in page
    assert author.post(path, **form_at(page, path)).headers["Location"] == "/admin"
    assert author.client.get(path).status_code == 404


def test_a_text_over_the_limit_of_a_form_is_refused_and_the_one_before_stays(script: Author) -> None:
    url = write(script)
    typed(script, url, "Kept")
    answer = script.post(f"{url}/copy", **FIELDS, source="x" * 18_000_000, rev=1, version=1)
    assert answer.status_code == 413
    with script.client.application.test_request_context():
        copy = copies.of_post(int(url.rsplit("/", 1)[1]))
        assert copy is not None
        assert copy.fields["source"] == "Kept"
