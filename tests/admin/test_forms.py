from datetime import UTC, datetime

import pytest
from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.admin.forms import LINES, manuscript_of, values_of, version_of
from app.blog import editing
from app.blog.manuscript import Manuscript
from app.blog.transfer import manuscript_of as handed_in
from app.errors import InvalidInput
from tests.admin.conftest import Author
from tests.admin.interleavings.page import form_at

ENDS = st.sampled_from(
    ["\n", "\r\n", "\r", "\n\n", " \n", "\t", "  ", "\x0c", "\x85", "\u2028", "\ufeff", "&amp;", "</textarea>"]
)
SOURCES = st.lists(ENDS | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8))


def as_browsers_send(values: dict[str, str]) -> dict[str, str]:
    return {name: value.replace("\r\n", "\n").replace("\n", "\r\n") for name, value in values.items()}


@pytest.mark.parametrize("source", ["", "a\nb\n", "\n\na  \n\tb", "a\r\nb\r\n", "no end", "trailing \n\n\n"])
def test_opening_and_saving_changes_no_byte(app: Flask, source: str) -> None:
    manuscript = Manuscript(
        title="A & b",
        source=source,
        slug="a-b",
        tags=("one", "two words"),
        series="S",
        part=3,
        status="published",
        published_at=datetime(2026, 11, 23, 14, 2, 11, tzinfo=UTC),
        extra={"aliases": ["/old"]},
        lang="de",
    )
    with app.test_request_context():
        post = editing.create(manuscript)
        again = manuscript_of(as_browsers_send(values_of(post)), post)
        before = handed_in(post)
    assert (again.source, again.extra, again.published_at) == (before.source, before.extra, before.published_at)
    assert (again.tags, again.part, again.series, again.lang) == (before.tags, before.part, before.series, before.lang)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SOURCES.map("".join))
@example("\n\r\r\nx\r")
@example(" \n")
def test_a_text_that_is_opened_and_saved_in_the_editor_is_the_same_bytes(author: Author, source: str) -> None:
    with author.client.application.test_request_context():
        post = editing.create(Manuscript("T", source, slug="t"))
        url, shown = f"/admin/posts/{post.id}", values_of(post)
    form = form_at(author.client.get(url).text, url)
    assert author.post(url, **form).status_code == 303
    with author.client.application.test_request_context():
        saved = editing.get(post.id)
        assert (saved.version, saved.source) == (2, source)
        assert values_of(saved) == shown | {"version": "2"}
        editing.delete(saved.id)


def test_a_page_stays_a_page_unless_the_form_says_otherwise(app: Flask) -> None:
    with app.test_request_context():
        page = editing.create(Manuscript(title="About", source="x", kind="page", aliases=("old",)))
        values = values_of(page)
        assert values["kind"] == "page"
        assert manuscript_of(values, page).kind == "page"
        assert manuscript_of({"title": "About"}, page).kind == "page"
        assert manuscript_of(values | {"kind": "post"}, page).kind == "post"
        editing.save(page.id, 1, manuscript_of(values, page))
        assert handed_in(editing.get(page.id)).aliases == ("old",)


def test_what_was_typed_has_the_line_ends_of_a_file() -> None:
    assert manuscript_of({"title": "x", "source": "a\r\nb"}).source == "a\nb"


def test_every_wrong_field_is_named_at_once() -> None:
    with pytest.raises(InvalidInput) as refused:
        manuscript_of(
            {"title": " ", "slug": "No", "part": "two", "published_at": "soon", "status": "gone", "tags": "a/b"}
        )
    assert set(refused.value.problems) == {"title", "slug", "part", "published_at", "status", "tags"}


@given(
    st.dictionaries(st.sampled_from([*LINES.split(), "source", "tags", "part", "published_at", "version"]), st.text())
)
def test_any_form_is_a_manuscript_or_sentences(form: dict[str, str]) -> None:
    assert version_of(form) >= 0
    try:
        assert manuscript_of(form).title
    except InvalidInput as refused:
        assert all(sentence.endswith(".") for sentence in refused.problems.values())
