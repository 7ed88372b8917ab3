from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete

from app.blog import copies, editing, revisions
from app.blog.conflicts import EditConflict
from app.blog.manuscript import Manuscript
from app.blog.models import Revision
from app.blog.transfer import manuscript_of
from app.db import now, writing
from app.errors import NotFound

Publish = Callable[..., int]


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """clock(timedelta) moves the time at which revisions are written."""
    ahead = [timedelta()]

    def read() -> datetime:
        return now() + ahead[0]

    monkeypatch.setattr(revisions, "now", read)
    return lambda by: ahead.append(ahead.pop() + by)


def save(post_id: int, source: str, **more: str) -> None:
    post = editing.get(post_id)
    editing.save(post_id, post.version, replace(manuscript_of(post), source=source, **more), author="ada")  # type: ignore[arg-type]


def type_in(post_id: int, source: str, author: str = "ada") -> None:
    copy = copies.of_post(post_id)
    copies.keep(post_id, editing.get(post_id).version, copy.rev if copy else 0, {"source": source}, author)


def kinds(post_id: int) -> list[str]:
    return [line.kind for line in reversed(revisions.of_post(post_id))]


def texts(post_id: int) -> list[str]:
    return [revisions.get(post_id, line.number).source for line in reversed(revisions.of_post(post_id))]


def test_every_save_is_a_revision_with_its_author() -> None:
    post_id = editing.create(Manuscript("A post", "One"), author="ada").id
    save(post_id, "Two", status="published")
    save(post_id, "Three")
    assert kinds(post_id) == ["manual", "publish", "manual"]
    assert texts(post_id) == ["One", "Two", "Three"]
    assert {line.author for line in revisions.of_post(post_id)} == {"ada"}
    assert [line.number for line in revisions.of_post(post_id)] == [3, 2, 1]


def test_a_post_that_is_out_is_published_once(publish: Publish) -> None:
    post_id = publish()
    assert kinds(post_id) == ["publish"]
    save(post_id, "Changed")
    assert kinds(post_id) == ["publish", "manual"]


def test_a_file_is_an_import() -> None:
    post_id = editing.create(Manuscript("A post", "One", status="published"), kind="import").id
    assert kinds(post_id) == ["import"]


def test_a_save_that_changes_nothing_adds_no_line_and_its_version_still_has_its_text(publish: Publish) -> None:
    post_id = publish(source="Same")
    save(post_id, "Same")
    save(post_id, "Other")
    assert texts(post_id) == ["Same", "Other"]
    assert [getattr(revisions.at_version(post_id, version), "source", None) for version in (1, 2, 3)] == [
        "Same",
        "Same",
        "Other",
    ]


@pytest.mark.parametrize("change", ["save", "type"])
def test_the_text_of_a_post_from_before_there_were_revisions_begins_them(publish: Publish, change: str) -> None:
    post_id = publish(source="Of old")
    with writing() as session:
        session.execute(delete(Revision))
    (save if change == "save" else type_in)(post_id, "New")
    assert texts(post_id) == ["Of old", "New"]
    assert revisions.get(post_id, 1).at == editing.get(post_id).updated_at or change == "save"


def test_ten_minutes_of_typing_are_one_revision(publish: Publish, clock: Callable[[timedelta], None]) -> None:
    post_id, text = publish(source="Start."), "Start."
    for minute in range(25):
        text += f" Word {minute}."
        type_in(post_id, text)
        clock(timedelta(minutes=1))
    assert kinds(post_id) == ["publish", "auto", "auto", "auto"]
    assert texts(post_id)[-1] == text


def test_a_save_ends_a_session_and_takes_the_place_of_what_it_saves(publish: Publish) -> None:
    post_id = publish(source="Start.")
    type_in(post_id, "Start. More.")
    save(post_id, "Start. More.")
    assert kinds(post_id) == ["publish", "manual"]
    type_in(post_id, "Start. More. Still more.")
    save(post_id, "Something else.")
    assert kinds(post_id) == ["publish", "manual", "auto", "manual"]


def test_a_text_that_loses_much_leaves_the_last_one_standing(publish: Publish) -> None:
    long = " ".join(f"word{number}" for number in range(50))
    post_id = publish(source="Start.")
    type_in(post_id, long)
    type_in(post_id, long.removesuffix("word49"))
    type_in(post_id, "Oh no")
    assert texts(post_id) == ["Start.", long.removesuffix("word49"), "Oh no"]


def test_another_author_has_a_session_of_their_own(publish: Publish) -> None:
    post_id = publish(source="Start.")
    type_in(post_id, "Start. Ada.", "ada")
    type_in(post_id, "Start. Ada. Grace.", "grace")
    assert [line.author for line in reversed(revisions.of_post(post_id))] == ["", "ada", "grace"]


def test_only_what_was_typed_is_ever_pruned(publish: Publish, clock: Callable[[timedelta], None]) -> None:
    post_id = publish(source="Start.")
    for number in range(revisions.AUTO_KEPT + 5):
        type_in(post_id, f"Start. {number}")
        clock(timedelta(minutes=11))
    assert kinds(post_id) == ["publish"] + ["auto"] * revisions.AUTO_KEPT
    assert texts(post_id)[-1] == f"Start. {revisions.AUTO_KEPT + 4}"


def test_a_revision_comes_back_as_a_new_one_and_so_can_be_taken_back(publish: Publish) -> None:
    post_id = publish("Old title", "Old *text*", tags=("a", "b"), series="S", part=2, slug="fixed")
    save(post_id, "New text", title="New title", slug="moved")
    before = editing.get(post_id)
    stays = before.slug, before.status, before.published_at
    post = editing.restore(post_id, 2, 1, "ada")
    assert (post.title, post.source, post.tags, post.series, post.part) == (
        "Old title",
        "Old *text*",
        ["a", "b"],
        "S",
        2,
    )
    assert "<em>text</em>" in post.html
    assert ((post.slug, post.status, post.published_at), post.version) == (stays, 3)
    assert kinds(post_id) == ["publish", "manual", "restore"]
    assert editing.restore(post_id, 3, 2).source == "New text"


def test_restoring_on_an_older_version_is_refused(publish: Publish) -> None:
    post_id = publish(source="One")
    save(post_id, "Two")
    with pytest.raises(EditConflict):
        editing.restore(post_id, 1, 1)
    assert (editing.get(post_id).source, kinds(post_id)) == ("Two", ["publish", "manual"])


def test_what_is_not_there_is_not_found(publish: Publish) -> None:
    with pytest.raises(NotFound):
        revisions.get(publish(), 7)


def test_long_histories_come_in_pages(publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revisions, "ON_A_PAGE", 3)
    post_id = publish(source="0")
    for number in range(1, 5):
        save(post_id, str(number))
    first = revisions.of_post(post_id)
    second = revisions.of_post(post_id, before=first[-1].number)
    assert [line.number for line in [*first, *second]] == [5, 4, 3, 2, 1]
