from __future__ import annotations

from app.admin.settings import FIELDS
from app.site import LONGEST
from tests.admin.conftest import Author

VALUES = {"NAME": "The Dune", "TAGLINE": "Sand.", "AUTHOR": "Ada", "REPLY": "", "LINKS": "Code https://example.org"}


def test_every_setting_that_can_be_chosen_has_a_field() -> None:
    assert [field.name for field in FIELDS] == list(LONGEST)


def test_what_is_saved_is_on_the_site_and_in_the_form(author: Author) -> None:
    assert author.post("/admin/settings", **VALUES).headers["Location"] == "/admin/settings?done=saved"
    page = author.client.get("/admin/settings?done=saved").text
    assert 'value="The Dune"' in page
    assert "every page shows it" in page
    assert "The environment says “Playpress”" in page
    assert "<title>The Dune</title>" in author.client.get("/").text


def test_what_cannot_be_comes_back_with_a_sentence_and_all_that_was_typed(author: Author) -> None:
    answer = author.post("/admin/settings", **{**VALUES, "REPLY": "ada", "LINKS": "only-an-address"})
    assert answer.status_code == 422
    for said in ("e-mail address", "Line 1: write a title", 'value="ada"', "only-an-address", 'value="The Dune"'):
        assert said in answer.text, said
    assert "<title>Playpress</title>" in author.client.get("/").text


def test_one_is_reset_and_the_others_stay(author: Author) -> None:
    author.post("/admin/settings", **VALUES)
    assert author.post("/admin/settings/NAME/reset").status_code == 303
    home = author.client.get("/").text
    assert "<title>Playpress</title>" in home
    assert "Sand." in home
    assert author.post("/admin/settings/SECRET_KEY/reset").status_code == 404


def test_pages_beside_the_posts_are_a_click_away(author: Author) -> None:
    edit = author.write(title="Who I am", kind="page")
    author.write(title="A post")
    page = author.client.get("/admin/settings").text
    assert f'<a href="{edit.partition("?")[0]}">Who I am</a>.' in page
    assert ">A post</a>" not in page


def test_nothing_else_can_be_chosen(author: Author) -> None:
    author.post("/admin/settings", **VALUES, SECRET_KEY="x" * 40, DATA="/tmp")
    assert "SECRET_KEY" not in author.client.get("/admin/settings").text
