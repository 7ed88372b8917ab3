from collections.abc import Callable

import pytest
from flask import Flask

from app.blog.nearby import meant, near_tags
from app.db import db

Publish = Callable[..., int]


@pytest.fixture
def posts(publish: Publish) -> None:
    publish("Painting with a convnet", slug="neural-style-transfer", tags=("art",))
    publish("Moving a prior", slug="bayes")
    publish("What may this pod do?", slug="service-accounts")
    publish("About", slug="about", kind="page")
    publish("Secret bayes", slug="bayes-secret", status="draft")


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("/posts/bayse", "bayes"),
        ("/posts/neural-style-tranfer/", "neural-style-transfer"),
        ("/painting.html", "neural-style-transfer"),
        ("/2019/02/service-account.md", "service-accounts"),
        ("/abuot", "about"),
        ("/blog/Pr%C3%ADor", "bayes"),
    ],
)
def test_an_address_with_a_slip_in_it_is_understood(app: Flask, posts: None, path: str, slug: str) -> None:
    with app.test_request_context():
        assert [post.slug for post in meant(path)][:1] == [slug]


@pytest.mark.parametrize("path", ["/", "/wp-login.php", "/" + "a" * 5000, "/%00%ff", "/posts/", '/"*', "/secret"])
def test_what_means_nothing_suggests_nothing(app: Flask, posts: None, path: str) -> None:
    with app.test_request_context():
        assert meant(path) == []


def test_at_most_five(app: Flask, publish: Publish) -> None:
    for number in range(8):
        publish(f"Anchors {number}")
    with app.test_request_context():
        assert len(meant("/anchors")) == 5


def test_without_a_database_there_are_no_suggestions_and_no_error(app: Flask) -> None:
    with app.test_request_context():
        db.drop_all()
        assert meant("/posts/bayes") == []


def test_near_tags_are_those_written_alike() -> None:
    tags = ["detection", "Art", "two words", "search"]
    assert near_tags("detecton", tags) == ["detection"]
    assert near_tags("artful searching", tags) == ["Art", "search"]
    assert near_tags("words", tags) == ["two words"]
    assert near_tags("zebra", tags) == []
