from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from app.blog import archive
from app.db import db, now
from app.errors import NotFound

Publish = Callable[..., int]


@pytest.fixture
def days(publish: Publish) -> Publish:
    """days(3, "Title") publishes a post three days ago; minus is to come."""
    return lambda ago, title, **fields: publish(title, published_at=now() - timedelta(days=ago), **fields)


def test_drafts_and_what_is_to_come_are_not_published(app: Flask, days: Publish) -> None:
    days(2, "Old")
    days(1, "New")
    days(1, "Draft", status="draft")
    days(-1, "Tomorrow")
    with app.test_request_context():
        assert [post.title for post in archive.latest()] == ["New", "Old"]


def test_a_series_counts_the_parts_it_says_it_has(app: Flask, days: Publish) -> None:
    days(1, "Two", series="Detection", part=2)
    days(2, "Four", series="Detection", part=4)
    days(3, "Alone")
    with app.test_request_context():
        series = archive.series_of(archive.post("two"))
        assert series
        assert (series.part, series.of, [post.title for post in series.posts]) == (2, 4, ["Two", "Four"])
        assert archive.series_of(archive.post("alone")) is None


def test_parts_without_numbers_are_counted_by_date(app: Flask, days: Publish) -> None:
    days(1, "Later", series="S")
    days(2, "Earlier", series="S")
    days(3, "Hidden", series="S", status="draft")
    with app.test_request_context():
        series = archive.series_of(archive.post("later"))
        assert series
        assert (series.part, series.of) == (2, 2)


def test_neighbours_skip_what_is_not_public(app: Flask, days: Publish) -> None:
    days(3, "First")
    days(2, "Draft", status="draft")
    days(1, "Last")
    with app.test_request_context():
        earlier, later = archive.neighbours(archive.post("last"))
        assert earlier
        assert (earlier.title, later) == ("First", None)


def test_pages_hold_what_they_should(app: Flask, days: Publish) -> None:
    for day in range(5):
        days(day, f"Post {day}")
    with app.test_request_context():
        assert [post.title for post in archive.page(2, 3).items] == ["Post 3", "Post 4"]
        for number in (0, -1, 3):
            with pytest.raises(NotFound):
                archive.page(number, 3)


def test_an_empty_blog_has_a_first_page(app: Flask) -> None:
    with app.test_request_context():
        assert archive.page(1, 3).items == []


def test_tags_find_their_posts(app: Flask, days: Publish) -> None:
    days(1, "One", tags=("art", "two words"))
    days(2, "Draft", tags=("hidden",), status="draft")
    with app.test_request_context():
        assert [post.title for post in archive.tagged("two words")] == ["One"]
        with pytest.raises(NotFound):
            archive.tagged("hidden")


def test_pages_beside_the_posts_are_named_where_they_can_be(app: Flask, publish: Publish) -> None:
    publish("Imprint", kind="page")
    publish("About", kind="page")
    publish("Draft", kind="page", status="draft")
    publish("A post")
    with app.test_request_context():
        assert [page.title for page in archive.all_standing()] == ["About", "Imprint"]
        db.session.rollback()  # what was read before would still be seen
        db.drop_all()
        assert archive.all_standing() == [], "the page that says so is drawn all the same"
