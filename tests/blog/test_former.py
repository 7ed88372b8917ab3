from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.blog import editing, former
from app.blog.manuscript import Manuscript
from app.blog.transfer import manuscript_of
from app.db import now
from app.errors import InvalidInput, NotFound

Publish = Callable[..., int]
Change = Callable[..., None]


@pytest.fixture
def change(app: Flask) -> Change:
    """change(post_id, slug="new") saves a post with other fields."""

    def change(post_id: int, **fields: Any) -> None:
        with app.test_request_context():
            post = editing.get(post_id)
            editing.save(post_id, post.version, replace(manuscript_of(post), **fields))

    return change


def test_every_address_a_post_had_leads_to_its_last_one_in_one_step(
    client: FlaskClient, publish: Publish, change: Change
) -> None:
    post_id = publish(slug="one")
    change(post_id, slug="two")
    change(post_id, slug="three")
    for old in ("one", "two"):
        for address, new in (
            (f"/posts/{old}", "/posts/three"),
            (f"/{old}", "/posts/three"),
            (f"/{old}.md", "/three.md"),
        ):
            answer = client.get(address)
            assert (answer.status_code, answer.headers["Location"]) == (301, new)
            assert answer.headers["Cache-Control"] == "no-cache"
    assert client.get("/posts/three").status_code == 200


def test_a_post_may_come_back_to_an_address_it_had(client: FlaskClient, publish: Publish, change: Change) -> None:
    post_id = publish(slug="one")
    change(post_id, slug="two")
    change(post_id, slug="one")
    assert client.get("/posts/one").status_code == 200
    assert client.get("/posts/two").headers["Location"] == "/posts/one"


def test_no_other_post_takes_it(app: Flask, publish: Publish, change: Change) -> None:
    change(publish("First", slug="one"), slug="two")
    other = publish("Other")
    for attempt in (
        lambda: editing.create(Manuscript("x", "x", slug="one")),
        lambda: editing.save(other, 1, Manuscript("Other", "x", slug="one")),
    ):
        with app.test_request_context(), pytest.raises(InvalidInput) as refused:
            attempt()
        assert refused.value.problems == {"slug": "“one” was once the address of “First” and still leads there."}


@pytest.mark.parametrize("before", [{"status": "draft"}, {"published_at": now() + timedelta(days=2)}])
def test_what_was_never_public_leaves_nothing(
    app: Flask, client: FlaskClient, publish: Publish, change: Change, before: dict[str, Any]
) -> None:
    post_id = publish(slug="one", **before)
    change(post_id, slug="two")
    change(post_id, status="published", published_at=now() - timedelta(days=1))
    assert client.get("/posts/one").status_code == 404
    publish("Another", slug="one")
    assert client.get("/posts/one").status_code == 200


def test_a_post_that_was_taken_back_and_moved_still_has_its_readers(
    client: FlaskClient, publish: Publish, change: Change
) -> None:
    post_id = publish(slug="one")
    change(post_id, status="draft")
    change(post_id, slug="two")
    assert client.get("/posts/one").status_code == 404
    change(post_id, status="published")
    assert client.get("/posts/one").headers["Location"] == "/posts/two"


def test_an_address_is_free_when_its_post_is_gone(app: Flask, publish: Publish, change: Change) -> None:
    post_id = publish(slug="one")
    change(post_id, slug="two")
    with app.test_request_context():
        editing.delete(post_id)
        assert former.leads_to("/posts/one") is None
    publish("Another", slug="one")


def test_addresses_of_another_site_lead_here_too(app: Flask, client: FlaskClient, publish: Publish) -> None:
    post_id = publish("Moved", aliases=("2019/02/moved.html", "old"))
    for old in ("/2019/02/moved.html", "/2019/02/moved.html/", "/old", "/posts/old"):
        assert client.get(old).headers["Location"] == "/posts/moved"
    assert client.get("/2019/02").status_code == 404
    assert client.post("/2019/02/moved.html").status_code == 404
    with app.test_request_context():
        assert former.addresses_of(editing.get(post_id)) == ("2019/02/moved.html", "old")


@pytest.mark.parametrize("aliases", [("a b",), ("x?y",), ("taken",), ("x" * 301,)])
def test_an_alias_that_cannot_be_has_its_sentence(app: Flask, publish: Publish, aliases: tuple[str, ...]) -> None:
    publish("Taken")
    with app.test_request_context(), pytest.raises(InvalidInput) as refused:
        editing.create(Manuscript("x", "x", aliases=aliases))
    assert list(refused.value.problems) == ["aliases"]


def test_one_more_is_added_by_hand_and_leads_there(app: Flask, client: FlaskClient, publish: Publish) -> None:
    post_id = publish("Moved")
    with app.test_request_context():
        assert former.add(post_id, " /2019/02/moved.html ") == "2019/02/moved.html"
        former.add(post_id, "/posts/old")
        former.add(post_id, "old")  # once more is no more
        assert former.addresses_of(editing.get(post_id)) == ("2019/02/moved.html", "old")
    for old in ("/2019/02/moved.html", "/posts/old", "/old"):
        assert client.get(old).headers["Location"] == "/posts/moved"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "is a path, such as"),
        ("a b", "is a path, such as"),
        ("x?y=1", "is a path, such as"),
        ("https://old.example/x", "is a path, such as"),
        ("x" * 301, "is a path, such as"),
        ("moved", "is the present address"),
        ("other", "Another post already has"),
        ("once", "was once the address of “Other”"),
        ("tags", "The site itself uses"),
        ("/tags/x", "The site itself uses"),
        ("admin", "The site itself uses"),
        ("static/figures/x.png", "The site itself uses"),
        ("api/v1/x", "The site itself uses"),
        ("drafts/x", "The site itself uses"),
        ("feed.xml", "The site itself uses"),
        ("old.md", "The site itself uses"),
    ],
)
def test_one_that_cannot_be_added_has_its_sentence(app: Flask, publish: Publish, address: str, words: str) -> None:
    post_id = publish("Moved")
    publish("Other", aliases=("once",))
    with app.test_request_context():
        with pytest.raises(InvalidInput, match=words) as refused:
            former.add(post_id, address)
        assert list(refused.value.problems) == ["address"]
        assert former.addresses_of(editing.get(post_id)) == ()


def test_what_is_added_does_lead_there_whenever_it_was_not_refused(
    app: Flask, client: FlaskClient, publish: Publish
) -> None:
    post_id, added = publish("Moved"), []
    for rule in app.url_map.iter_rules():
        address = rule.rule.replace("<", "").replace(">", "").replace(":", "-").strip("/")
        with app.test_request_context():
            try:
                former.add(post_id, address)
            except InvalidInput:
                continue
        assert client.get(f"/{address}").headers.get("Location") == "/posts/moved", rule.rule
        added.append(address)
    assert added


def test_one_that_is_removed_leads_nowhere_and_is_free(app: Flask, client: FlaskClient, publish: Publish) -> None:
    post_id, other = publish("Moved", aliases=("old", "older")), publish("Other", aliases=("theirs",))
    with app.test_request_context():
        former.remove(post_id, "old")
        former.remove(post_id, "theirs")
        assert former.addresses_of(editing.get(post_id)) == ("older",)
        assert former.addresses_of(editing.get(other)) == ("theirs",)
    assert client.get("/posts/old").status_code == 404
    publish("New", slug="old")


def test_nothing_is_added_to_a_post_that_is_not_there(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(NotFound):
        former.add(99, "old")
