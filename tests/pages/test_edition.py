from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from app.admin import accounts
from app.blog import copies, editing
from app.blog.models import Post, Tag
from app.db import db, writing
from app.pages.edition import Edition
from tests.pages.conftest import Clock, pages_of

Publish = Callable[..., int]


def number() -> int:
    db.session.rollback()
    return db.session.scalar(select(Edition.number)) or 0


@pytest.fixture
def post_id(publish: Publish) -> int:
    return publish(tags=("one", "two"))


def without_its_last_tag(post_id: int) -> None:
    post = db.session.get_one(Post, post_id)
    post.labels.pop()
    db.session.flush()


CHANGES: dict[str, Callable[[int], object]] = {
    "a field of an object": lambda post: setattr(db.session.get_one(Post, post), "title", "Another"),
    "another renderer": lambda post: setattr(db.session.get_one(Post, post), "html", "<p>Other</p>"),
    "a tag away": without_its_last_tag,
    "an object away": lambda post: db.session.delete(db.session.get_one(Post, post)),
    "many at once": lambda _: db.session.execute(update(Post).values(lang="de")),
    "many away": lambda _: db.session.execute(delete(Tag)),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_way_to_change_what_is_shown_raises_it(app: Flask, post_id: int, change: Callable[[int], object]) -> None:
    with app.app_context():
        before = number()
        with writing():
            change(post_id)
        assert number() > before


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_is_taken_back_raises_nothing(app: Flask, post_id: int, change: Callable[[int], object]) -> None:
    with app.app_context():
        before = number()
        with pytest.raises(ZeroDivisionError), writing() as session:
            change(post_id)
            session.flush()
            raise ZeroDivisionError
        assert number() == before


def test_other_tables_have_no_part_in_it(app: Flask, post_id: int) -> None:
    with app.app_context():
        before = number()
        accounts.add("somebody")
        copies.keep(post_id, 1, 0, {"title": "Typed", "source": "and not saved"})
        assert number() == before


def test_a_moment_lasts_over_commits_of_others_and_ends_with_a_change(
    apps: list[Flask], clock: Clock, publish: Publish
) -> None:
    from app.admin import accounts

    watch = pages_of(apps[1]).watch
    first = watch.moment()
    with apps[0].app_context():
        accounts.add("somebody")
    assert watch.moment() is first
    publish()
    assert watch.moment() is not first


def test_a_moment_ends_when_the_next_post_appears_and_when_the_clock_is_set_back(
    apps: list[Flask], clock: Clock, publish: Publish
) -> None:
    for seconds in (50, 20, 90):
        publish(
            f"In {seconds}", published_at=clock.now.__class__.fromtimestamp(clock.time() + seconds, clock.now.tzinfo)
        )
    watch = pages_of(apps[1]).watch
    first = watch.moment()
    assert first.until == clock.time() + 20
    clock.turn(19.999)
    assert watch.moment() is first
    clock.turn(0.001)
    second = watch.moment()
    assert (second.since, second.until) == (clock.time(), clock.time() + 30)
    clock.turn(-5)
    assert watch.moment() is not second


def test_a_draft_with_a_date_is_no_turn(apps: list[Flask], clock: Clock, publish: Publish) -> None:
    clock.turn(-100)
    post_id = publish("Now")
    with apps[0].test_request_context():
        post = editing.get(post_id)
        assert post.published_at
        with writing():
            db.session.get_one(Post, post_id).status = "draft"
    assert pages_of(apps[0]).watch.moment().until == float("inf")
