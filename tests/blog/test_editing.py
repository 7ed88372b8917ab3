from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from flask import Flask

from app.blog import editing
from app.blog.manuscript import Manuscript
from app.blog.transfer import manuscript_of
from app.db import db
from app.errors import InvalidInput, NotFound

Publish = Callable[..., int]


def test_a_published_post_without_a_date_appears_now(app: Flask) -> None:
    with app.test_request_context():
        post = editing.create(Manuscript("Hello there", "x", status="published"))
        assert post.slug == "hello-there"
        assert post.published_at == post.updated_at


def test_a_draft_without_a_date_has_none(app: Flask) -> None:
    with app.test_request_context():
        assert editing.create(Manuscript("x", "x")).published_at is None


def test_saving_renders_and_counts_the_version_up(app: Flask, publish: Publish) -> None:
    post_id = publish(source="Old", tags=("a", "b"))
    with app.test_request_context():
        changed = replace(manuscript_of(editing.get(post_id)), source="*New*", tags=("b", "c"))
        post = editing.save(post_id, 1, changed)
        assert (post.version, post.html, post.tags) == (2, "<p><em>New</em></p>", ["b", "c"])


def test_an_older_version_is_refused_and_nothing_changes(app: Flask, publish: Publish) -> None:
    post_id = publish(source="Old")
    with app.test_request_context():
        first = replace(manuscript_of(editing.get(post_id)), source="First tab")
        editing.save(post_id, 1, first)
        with pytest.raises(editing.EditConflict) as conflict:
            editing.save(post_id, 1, replace(first, source="Second tab"))
        assert conflict.value.post.source == "First tab"
        assert (editing.get(post_id).source, editing.get(post_id).version) == ("First tab", 2)


def test_of_many_saves_at_once_one_wins(app: Flask, publish: Publish) -> None:
    post_id = publish(source="Old")

    def save(number: int) -> str:
        with app.test_request_context():
            try:
                return editing.save(post_id, 1, Manuscript("A post", f"Text {number}", slug="a-post")).source
            except editing.EditConflict:
                return ""

    with ThreadPoolExecutor(8) as pool:
        (winner,) = filter(None, pool.map(save, range(8)))
    with app.test_request_context():
        assert (editing.get(post_id).source, editing.get(post_id).version) == (winner, 2)


def test_an_address_belongs_to_one_post(app: Flask, publish: Publish) -> None:
    publish("Taken")
    other = publish("Other")
    with app.test_request_context():
        with pytest.raises(InvalidInput) as refused:
            editing.create(Manuscript("Taken", "x"))
        assert set(refused.value.problems) == {"slug"}
        with pytest.raises(InvalidInput):
            editing.save(other, 1, Manuscript("Other", "x", slug="taken"))
        assert editing.save(other, 1, Manuscript("Other", "x", slug="other")).version == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", " "),
        ("title", "x" * 301),
        ("slug", "Not Good"),
        ("slug", "a/b"),
        ("slug", "-a"),
        ("tags", ("a/b",)),
        ("status", "gone"),
        ("part", 0),
    ],
)
def test_every_wrong_field_has_its_sentence(app: Flask, field: str, value: object) -> None:
    with app.test_request_context(), pytest.raises(InvalidInput) as refused:
        editing.create(replace(Manuscript("Title", "x", slug="fine"), **{field: value}))  # type: ignore[arg-type]
    assert list(refused.value.problems) == [field]


def test_a_title_without_letters_asks_for_an_address(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(InvalidInput) as refused:
        editing.create(Manuscript("東京", "x"))
    assert list(refused.value.problems) == ["slug"]


def test_deleting_takes_the_tags_along(app: Flask, publish: Publish) -> None:
    post_id = publish(tags=("a",))
    with app.test_request_context():
        editing.delete(post_id)
        assert db.session.execute(db.text("SELECT count(*) FROM tags")).scalar() == 0
        with pytest.raises(NotFound):
            editing.delete(post_id)


def test_only_what_is_stale_is_rendered_again(app: Flask, publish: Publish) -> None:
    post_id = publish(source="::: demo style-transfer")
    with app.test_request_context():
        assert editing.rerender_stale() == 0

    class Newer:
        fingerprint = "changed"

        def __call__(self, name: str, options: dict[str, str]) -> str:
            return "<p>a newer bench</p>"

    app.extensions["blog.embed"] = Newer()
    with app.test_request_context():
        before = editing.get(post_id).updated_at
        assert editing.rerender_stale() == 1
        post = editing.get(post_id)
        assert "a newer bench" in post.html
        assert (post.version, post.updated_at) == (1, before)
        assert editing.rerender_stale() == 0
