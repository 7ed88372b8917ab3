from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from app.blog import archive, copies, editing, revisions
from app.blog.conflicts import CopyConflict, Deleted, EditConflict
from app.blog.manuscript import Manuscript
from app.db import db
from app.errors import NotFound

Publish = Callable[..., int]


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def typed(source: str, **more: str) -> dict[str, str]:
    return {"title": "A post", "source": source, **more}


def kept(post_id: int) -> tuple[str, int, int]:
    db.session.rollback()  # a read that is open sees nothing of other threads
    copy = copies.of_post(post_id)
    assert copy is not None
    return copy.fields["source"], copy.rev, copy.base_version


def test_what_is_typed_changes_nothing_of_the_post(publish: Publish) -> None:
    post_id = publish(source="Out")
    copies.keep(post_id, 1, 0, typed("Typed", slug="elsewhere", status="draft"))
    post = editing.get(post_id)
    assert (post.source, post.version, post.slug, post.status) == ("Out", 1, "a-post", "published")
    assert archive.at("a-post") is not None
    assert kept(post_id) == ("Typed", 1, 1)


def test_a_text_is_taken_from_who_has_seen_the_last_one(publish: Publish) -> None:
    post_id = publish()
    first = copies.keep(post_id, 1, 0, typed("One"))
    second = copies.keep(post_id, 1, first.rev, typed("One two"))
    assert second.rev > first.rev
    with pytest.raises(CopyConflict) as refused:
        copies.keep(post_id, 1, first.rev, typed("Another"))
    assert (refused.value.rev, refused.value.fields["source"]) == (second.rev, "One two")
    assert kept(post_id)[0] == "One two"


def test_a_text_that_is_sent_again_is_answered_again(publish: Publish) -> None:
    post_id = publish()
    first = copies.keep(post_id, 1, 0, typed("One"))
    assert copies.keep(post_id, 1, 0, typed("One")) == first


def test_a_number_never_comes_twice(publish: Publish) -> None:
    post_id = publish()
    late = copies.keep(post_id, 1, 0, typed("Old tab")).rev
    copies.drop(post_id, late)
    assert copies.of_post(post_id) is None
    rev = 0
    for number in range(late + 3):
        rev = copies.keep(post_id, 1, rev, typed(f"New tab {number}")).rev
    with pytest.raises(CopyConflict):
        copies.keep(post_id, 1, late, typed("Old tab again"))


def test_of_many_at_once_one_is_kept(app: Flask, publish: Publish) -> None:
    post_id = publish()

    def keep(number: int) -> str:
        with app.test_request_context():
            try:
                copies.keep(post_id, 1, 0, typed(f"Text {number}"))
                return f"Text {number}"
            except CopyConflict:
                return ""

    with ThreadPoolExecutor(8) as pool:
        (winner,) = filter(None, pool.map(keep, range(8)))
    assert kept(post_id)[0] == winner


def test_an_older_version_is_refused(publish: Publish) -> None:
    post_id = publish()
    editing.save(post_id, 1, Manuscript("A post", "Saved", slug="a-post"))
    with pytest.raises(EditConflict) as refused:
        copies.keep(post_id, 1, 0, typed("Typed"))
    assert refused.value.post.source == "Saved"
    assert copies.of_post(post_id) is None


def test_a_deleted_post_is_said_to_be_deleted(publish: Publish) -> None:
    post_id = publish()
    copies.keep(post_id, 1, 0, typed("Typed"))
    editing.delete(post_id)
    assert copies.of_post(post_id) is None
    with pytest.raises(Deleted):
        copies.keep(post_id, 1, 1, typed("Typed more"))


def test_a_save_ends_the_copy_it_has_seen_and_no_other(publish: Publish) -> None:
    post_id = publish()
    rev = copies.keep(post_id, 1, 0, typed("Typed")).rev
    editing.save(post_id, 1, Manuscript("A post", "Typed and more", slug="a-post"), rev=rev)
    assert copies.of_post(post_id) is None
    copies.keep(post_id, 2, 0, typed("Typed here"))
    editing.save(post_id, 2, Manuscript("A post", "Saved there", slug="a-post"), rev=0)
    assert kept(post_id)[::2] == ("Typed here", 2), "it waits, on the version it was typed on"


def test_a_save_whose_copy_was_answered_too_late_ends_it_all_the_same(publish: Publish) -> None:
    post_id = publish(status="draft")
    copies.keep(post_id, 1, 0, typed("Typed", slug="", kind="post"))
    editing.save(post_id, 1, Manuscript("A post", "Typed", slug="a-post"), rev=0)
    assert copies.of_post(post_id) is None


def test_the_list_tells_which_posts_have_changes(publish: Publish) -> None:
    same, changed, dropped = publish("Same"), publish("Changed"), publish("Dropped")
    copies.keep(same, 1, 0, {"title": " Same ", "source": "First paragraph.", "slug": ""})
    copies.keep(changed, 1, 0, {"title": "Changed", "source": "Others."})
    copies.drop(dropped, copies.keep(dropped, 1, 0, typed("x")).rev)
    assert set(copies.changed()) == {changed}


def test_a_date_that_a_browser_sends_without_its_seconds_is_no_change(publish: Publish) -> None:
    post_id = publish("Same", published_at=datetime(2026, 11, 23, 9, tzinfo=UTC))
    copies.keep(post_id, 1, 0, {"title": "Same", "source": "First paragraph.", "published_at": "2026-11-23T09:00"})
    assert copies.changed() == {}
    assert [line.kind for line in revisions.of_post(post_id)] == ["publish"]


def test_a_text_that_is_no_post_yet_becomes_one() -> None:
    first = copies.keep_text(0, 0, typed("Begun"))
    second = copies.keep_text(first.copy, first.rev, typed("Begun and gone on"))
    assert (second.copy, second.rev) == (first.copy, first.rev + 1)
    assert [text.title for text in copies.texts()] == ["A post"]
    editing.create(Manuscript("A post", "Begun and gone on"), copy=second.copy, rev=second.rev)
    assert copies.texts() == []
    with pytest.raises(NotFound):
        copies.of_text(second.copy)


def test_a_text_that_another_tab_went_on_with_stays() -> None:
    first = copies.keep_text(0, 0, typed("Begun"))
    copies.keep_text(first.copy, first.rev, typed("Gone on elsewhere"))
    editing.create(Manuscript("A post", "Begun"), copy=first.copy, rev=first.rev)
    assert copies.of_text(first.copy).fields["source"] == "Gone on elsewhere"


def test_what_is_typed_after_its_copy_is_gone_is_kept_under_another_number() -> None:
    first = copies.keep_text(0, 0, typed("Begun"))
    copies.drop_text(first.copy, first.rev)
    late = copies.keep_text(first.copy, first.rev, typed("Begun, in another tab"))
    assert late.copy > first.copy
    assert copies.of_text(late.copy).fields["source"] == "Begun, in another tab"


@pytest.mark.parametrize("drop", ["post", "text"])
def test_nobody_drops_what_they_have_not_seen(publish: Publish, drop: str) -> None:
    if drop == "post":
        post_id = publish()
        rev = copies.keep(post_id, 1, 0, typed("One")).rev
        copies.keep(post_id, 1, rev, typed("Two"))
        with pytest.raises(CopyConflict):
            copies.drop(post_id, rev)
        assert kept(post_id)[0] == "Two"
    else:
        first = copies.keep_text(0, 0, typed("One"))
        copies.keep_text(first.copy, first.rev, typed("Two"))
        with pytest.raises(CopyConflict):
            copies.drop_text(first.copy, first.rev)
        assert copies.of_text(first.copy).fields["source"] == "Two"


def test_only_fields_of_a_post_are_kept_with_the_line_ends_of_the_post(publish: Publish) -> None:
    post_id = publish(source="a\r\nb\rc")
    copies.keep(post_id, 1, 0, {"token": "secret", "password": "p", "source": "a\r\nb\r\nc", "title": "New"})
    copy = copies.of_post(post_id)
    assert copy is not None
    assert copy.fields == {"source": "a\r\nb\rc", "title": "New"}


def test_a_dropped_text_is_still_a_revision(publish: Publish) -> None:
    post_id = publish()
    rev = copies.keep(post_id, 1, 0, typed("Dropped by mistake"), "ada").rev
    copies.drop(post_id, rev)
    newest: Any = revisions.of_post(post_id)[0]
    assert (newest.kind, newest.author) == ("auto", "ada")
    assert revisions.get(post_id, newest.number).source == "Dropped by mistake"
