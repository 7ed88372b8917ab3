"""Draft links: each leads to its post until it ends or is taken back, and then is like one that never was."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import TestResponse

from app.blog import editing, links
from app.blog.links import DraftLink
from app.blog.transfer import manuscript_of
from app.db import db, now, writing
from app.errors import InvalidInput, NotFound

Publish = Callable[..., int]
PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}


@pytest.fixture
def linked(app: Flask, publish: Publish) -> tuple[int, str]:
    """A draft and the token of a link to it."""
    post_id = publish("On lakes", "## Water\n\nIt is wet.", status="draft", tags=("water",), series="Lakes", part=2)
    with app.test_request_context():
        return post_id, links.make(post_id, "week")[0]


def end_all(app: Flask) -> None:
    with app.app_context(), writing() as session:
        session.execute(update(DraftLink).values(expires_at=now() - timedelta(seconds=1)))


def seen(answer: TestResponse) -> tuple[int, str, dict[str, str]]:
    """All of an answer that somebody who tries links can tell another by."""
    return answer.status_code, answer.text, {name: value for name, value in answer.headers if name != "Date"}


def test_a_link_shows_the_draft_as_it_was_saved(client: FlaskClient, linked: tuple[int, str]) -> None:
    answer = client.get(f"/drafts/{linked[1]}")
    assert answer.status_code == 200
    assert '<h2 id="water">' in answer.text
    assert "Lakes, part 2" in answer.text
    assert re.search(r"A draft, shown by a link that ends on <time[^>]*>\d+ \w+ \d{4} at \d\d:\d\d UTC", answer.text)
    assert {name: answer.headers[name] for name in PRIVATE} == PRIVATE
    assert '<meta name="robots" content="noindex, nofollow">' in answer.text
    assert "ETag" not in answer.headers


def test_nothing_on_it_leads_where_a_draft_is_not(client: FlaskClient, linked: tuple[int, str]) -> None:
    page = client.get(f"/drafts/{linked[1]}").text
    own = page.partition("<main")[2]
    for address in re.findall(r'href="(/[^"]*)"', own):
        assert client.get(address).status_code == 200, address
    assert "application/ld+json" not in page
    assert 'rel="canonical"' not in page


def test_wrong_ended_and_taken_back_are_one_and_the_same(
    app: Flask, client: FlaskClient, linked: tuple[int, str]
) -> None:
    post_id, token = linked
    address = f"/drafts/{token}"
    with app.test_request_context():
        links.take_back(post_id)
    taken_back = seen(client.get(address))
    with app.test_request_context():
        again, _ = links.make(post_id, "day")
        with writing() as session:
            session.execute(update(DraftLink).values(token_hash=links._hash(token)))
    assert client.get(address).status_code == 200
    end_all(app)
    assert seen(client.get(address)) == taken_back
    with app.test_request_context():
        editing.delete(post_id)
    assert seen(client.get(address)) == taken_back  # by now there is no such link at all
    assert taken_back[0] == 404
    assert client.get(f"/drafts/{again}").status_code == 404
    assert PRIVATE.items() <= taken_back[2].items()


def test_it_asks_the_database_the_same_of_a_wrong_one_and_an_ended_one(app: Flask, linked: tuple[int, str]) -> None:
    from sqlalchemy import event

    end_all(app)
    with app.test_request_context():
        asked: list[str] = []
        listener = event.listens_for(db.engine, "before_cursor_execute")
        listener(lambda *given: asked.append(given[2]))
        for token in (linked[1], "x" * 22):
            db.session.rollback()
            asked.append("|")
            with pytest.raises(NotFound):
                links.opened(token)
    ended, wrong = "".join(asked).split("|")[1:]
    assert ended == wrong
    assert ended.count("SELECT") == 1


def test_once_the_post_is_public_it_leads_there(app: Flask, client: FlaskClient, linked: tuple[int, str]) -> None:
    post_id, token = linked
    with app.test_request_context():
        post = editing.get(post_id)
        editing.save(post_id, 1, replace(manuscript_of(post), status="published"))
    answer = client.get(f"/drafts/{token}")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/posts/on-lakes")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_post_with_a_date_to_come_is_shown_with_it(app: Flask, client: FlaskClient, publish: Publish) -> None:
    post_id = publish("Soon", published_at=now() + timedelta(days=3))
    with app.test_request_context():
        token, _ = links.make(post_id, "day")
    assert "Appears on <time" in client.get(f"/drafts/{token}").text


def test_only_a_hash_is_kept(app: Flask, linked: tuple[int, str]) -> None:
    with app.app_context():
        kept = db.session.execute(db.text("SELECT * FROM draft_links")).all()
    assert len(linked[1]) == 22  # 16 bytes
    assert linked[1] not in str(kept)


@pytest.mark.parametrize(("lasts", "days"), [("day", 1), ("week", 7), ("month", 30)])
def test_it_ends_when_it_was_said_to(
    app: Flask, client: FlaskClient, publish: Publish, monkeypatch: pytest.MonkeyPatch, lasts: str, days: int
) -> None:
    with app.test_request_context():
        token, _ = links.make(publish(status="draft"), lasts)
    for minutes, status in ((-1, 200), (1, 404)):
        monkeypatch.setattr(links, "now", lambda: now() + timedelta(days=days, minutes=minutes))  # noqa: B023
        assert client.get(f"/drafts/{token}").status_code == status


def test_taking_one_back_leaves_the_others_and_those_of_other_posts(app: Flask, publish: Publish) -> None:
    one, other = publish("One", status="draft"), publish("Other", status="draft")
    with app.test_request_context():
        tokens = [links.make(post_id, "day")[0] for post_id in (one, one, other)]
        first = links.opened(tokens[0])[0].id
        newest = links.of(one)[0]
        assert links.take_back(other, newest.id) == 0
        assert links.take_back(one, newest.id) == 1
        assert [links.opened(token)[0].id for token in (tokens[0], tokens[2])] == [first, other]
        with pytest.raises(NotFound):
            links.opened(tokens[1])
        assert links.take_back(one) == 1
        assert links.of(one) == []
        assert len(links.of(other)) == 1


def test_what_has_ended_is_swept_and_what_is_too_much_refused(app: Flask, publish: Publish) -> None:
    post_id = publish(status="draft")
    with app.test_request_context():
        for _ in range(links.MOST):
            links.make(post_id, "day")
        with pytest.raises(InvalidInput, match="50 draft links"):
            links.make(post_id, "day")
    end_all(app)
    with app.test_request_context():
        links.make(post_id, "day")
        assert db.session.scalar(db.text("SELECT count(*) FROM draft_links")) == 1


@pytest.mark.parametrize("lasts", ["", "year", "Week"])
def test_how_long_is_one_of_three(app: Flask, publish: Publish, lasts: str) -> None:
    post_id = publish(status="draft")
    with app.test_request_context(), pytest.raises(InvalidInput) as refused:
        links.make(post_id, lasts)
    assert list(refused.value.problems) == ["lasts"]


def test_there_is_none_to_a_post_that_is_not_there(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(NotFound):
        links.make(99, "day")
