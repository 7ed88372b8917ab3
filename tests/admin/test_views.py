import re
from html import unescape

from flask import Flask

from app.blog import editing
from tests.admin.conftest import JSON, PASSWORD, Author
from tests.admin.interleavings.page import form_at


def source_of(app: Flask, url: str) -> tuple[str, int]:
    with app.test_request_context():
        post = editing.get(int(url.rsplit("/", 1)[1]))
        return post.source, post.version


def test_what_is_written_is_on_the_site_at_once(author: Author) -> None:
    url = author.write(title="Hello", source="First *words*.", tags="a, b")
    assert "First <em>words</em>." in author.client.get("/posts/hello").text
    answer = author.post(url, title="Hello", slug="hello", source="Other words.", status="published", version=1)
    assert (answer.status_code, answer.headers["Location"]) == (303, url)
    assert "Other words." in author.client.get("/posts/hello").text
    assert "Saved <time" in author.client.get(url).text


def test_a_new_post_is_a_draft(author: Author) -> None:
    page = author.client.get("/admin/posts/new").text
    assert re.search(r'value="draft" checked', page)
    author.post("/admin/posts", title="Quiet", source="x")
    assert author.client.get("/posts/quiet").status_code == 404


def test_publish_is_a_button_of_the_form_without_a_script(author: Author) -> None:
    """The state as it was shown comes before the button’s own."""
    author.post("/admin/posts", title="At last", source="x", status=["draft", "published"])
    assert author.client.get("/posts/at-last").status_code == 200
    stranger = author.client.application.test_client()
    late = stranger.post("/admin/posts", data={"title": "Too late", "source": "x", "status": ["draft", "published"]})
    again = form_at(late.text, "/admin/sign-in") | {"name": "ada", "password": PASSWORD}
    assert stranger.post("/admin/sign-in", data=again).status_code == 303
    assert stranger.get("/posts/too-late").status_code == 200


def test_the_list_shows_every_post_and_its_state(author: Author) -> None:
    author.write(title="Out")
    author.write(title="In the drawer", status="draft")
    author.write(title="To come", published_at="2999-01-01")
    page = author.client.get("/admin").text
    for piece in ("Out", "In the drawer", "To come", "Draft", "Appears on", "Published", "1 January 2999"):
        assert piece in page


def test_a_text_comes_back_into_the_editor_as_it_is(author: Author) -> None:
    source = "\n</textarea><script>alert(1)</script>\n  two  \n"
    page = author.client.get(author.write(source=source)).text
    found = re.search(r'name="source".*?>\n(.*?)</textarea>', page, re.DOTALL)
    assert found
    assert unescape(found[1]) == source
    assert "<script>alert" not in page


def test_a_wrong_field_keeps_the_text(author: Author) -> None:
    author.write(title="Taken")
    wrong = {"title": "", "slug": "taken!", "source": "A long text", "published_at": "soon", "tags": "x"}
    answer = author.post("/admin/posts", **wrong)
    assert answer.status_code == 422
    for piece in ("A post needs a title.", "small letters", "Write the date as", "A long text", 'value="soon"'):
        assert piece in answer.text
    answer = author.post("/admin/posts", title="Mine", slug="taken", source="A long text")
    assert answer.status_code == 422
    assert "Another post already has the address" in answer.text
    assert "A long text" in answer.text


def test_two_tabs_do_not_overwrite_each_other(app: Flask, author: Author) -> None:
    url = author.write(source="Old")
    fields = {"title": "A post", "slug": "a-post", "status": "published"}
    assert author.post(url, **fields, source="First tab", version=1).status_code == 303
    conflict = author.post(url, **fields, source="Second tab", version=1)
    assert conflict.status_code == 409
    assert "First tab" in conflict.text
    assert "Second tab" in conflict.text
    assert source_of(app, url) == ("First tab", 2)
    version = re.search(r'name="version" value="(\d+)"', conflict.text)
    assert version
    assert author.post(url, **fields, source="Second tab", version=version[1]).status_code == 303
    assert source_of(app, url) == ("Second tab", 3)


def test_a_script_gets_both_texts_too(author: Author) -> None:
    url = author.write(source="Old")
    author.headers = JSON
    saved = author.post(url, title="A post", source="First tab", version=1)
    assert (saved.status_code, saved.json["version"], saved.json["url"]) == (200, 2, url)
    conflict = author.post(url, title="A post", source="Second tab", version=1, rev=7)
    assert (conflict.status_code, conflict.json["version"], conflict.json["rev"]) == (409, 2, 7)
    theirs = conflict.json["theirs"]
    assert (theirs["title"], theirs["source"], theirs["status"]) == ("A post", "First tab", "draft")
    refused = author.post(url, title="", source="x", version=2)
    assert (refused.status_code, refused.json["problems"]) == (422, {"title": "A post needs a title."})


def test_a_post_deleted_meanwhile_can_be_saved_as_a_new_one(author: Author) -> None:
    url = author.write()
    author.post(f"{url}/delete")
    answer = author.post(url, title="A post", source="Still here", version=1)
    assert answer.status_code == 409
    assert "Still here" in answer.text
    assert 'action="/admin/posts"' in answer.text


def test_deleting_asks_first(author: Author) -> None:
    url = author.write(title="Gone soon")
    assert "Delete “Gone soon”?" in author.client.get(f"{url}/delete").text
    assert author.client.get("/posts/gone-soon").status_code == 200
    assert author.post(f"{url}/delete").status_code == 303
    assert author.client.get("/posts/gone-soon").status_code == 404
    assert author.client.get(url).status_code == 404


def test_the_preview_is_what_the_post_will_be(author: Author) -> None:
    source = "## A\n\n$x$ and `code`\n\n::: demo nope\n\n[](/x)"
    url = author.write(title="Same", source=source)
    author.headers = JSON
    preview = author.post("/admin/preview", source=source).json
    unnumbered = re.sub(r' data-line="\d+"', "", preview["html"])  # the lines are the preview’s alone
    assert unnumbered in author.client.get("/posts/same").text
    assert [warning["line"] for warning in preview["warnings"]] == [5, 7, 7]
    assert source in unescape(author.client.get(url).text)


def test_the_preview_works_without_a_script(author: Author) -> None:
    page = author.post("/admin/preview", title="T", source="*x*\n\n::: demo nope").text
    assert "<em>x</em>" in page
    assert "Line 3:" in page
