from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from app.blog import shown
from app.config import Settings
from app.db import db
from app.pages.answer import Answer
from app.pages.edition import Moment
from app.pages.shelf import Shelf
from tests.pages.conftest import pages_of, uncached

Publish = Callable[..., int]
LONG = "A paragraph of a few words.\n\n" * 40
EXAMPLES = {"slug": "a-post", "tag": "one", "name": "style-transfer"}


def text(answer: TestResponse) -> str:
    data = answer.get_data()
    return (gzip.decompress(data) if answer.headers.get("Content-Encoding") == "gzip" else data).decode()


@pytest.fixture
def addresses(app: Flask, publish: Publish) -> list[str]:
    """One of every kind that is kept."""
    publish(source=LONG, tags=("one",), series="A series", part=1)
    publish("About", LONG, kind="page", slug="about")
    with app.test_request_context():
        return [address for endpoint in shown.ADDRESSES for address in of(app, endpoint)]


def of(app: Flask, endpoint: str) -> list[str]:
    examples = EXAMPLES | ({"slug": "about"} if endpoint == "blog.standing" else {})
    examples |= {"slug": "a-series"} if endpoint == "blog.series" else {}
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint]
    assert rules, f"there is no {endpoint}"
    found = [rule.build({name: examples[name] for name in rule.arguments}) for rule in rules]
    return [address[1] for address in found if address]


def test_everything_that_is_kept_is_the_same_for_everybody(app: Flask, addresses: list[str]) -> None:
    reader = uncached(app)
    for address in addresses:
        plain = reader.get(address)
        assert plain.status_code == 200, address
        assert plain.headers["ETag"]
        others = [
            reader.get(address, headers={"Cookie": "session=x; theme=dark; __Host-session=y"}),
            reader.get(address, headers={"Accept": "application/json", "Accept-Language": "de", "User-Agent": "x"}),
            reader.get(address, headers={"Authorization": "Bearer x", "Sec-Fetch-Dest": "iframe", "DNT": "1"}),
            reader.get(address, query_string={"utm_source": "x", "sort": "up", "q": "post", "lang": "de"}),
        ]
        assert {other.get_data() for other in others} == {plain.get_data()}, address
        assert all("Set-Cookie" not in other.headers for other in others), address


def test_a_kept_answer_is_the_one_that_flask_gives(app: Flask, client: FlaskClient, addresses: list[str]) -> None:
    for address in addresses:
        expected = uncached(app).get(address)
        for answer in (client.get(address), client.get(address, headers={"Accept-Encoding": "gzip"})):
            assert answer.status_code == 200
            assert text(answer) == expected.get_data(as_text=True)
            assert int(answer.headers["Content-Length"]) == len(answer.get_data())
            travel = {"Content-Length", "Content-Encoding", "ETag", "Vary", "Date"}
            assert {k: v for k, v in answer.headers.items() if k not in travel} == {
                k: v for k, v in expected.headers.items() if k not in travel
            }
            assert answer.get_etag()[0] == expected.get_etag()[0]


def test_flask_is_asked_once(app: Flask, client: FlaskClient, addresses: list[str]) -> None:
    pages, asked = pages_of(app), list[str]()
    inner = pages.inner

    def counting(environ: dict[str, object], start: object) -> object:
        asked.append(str(environ["PATH_INFO"]))
        return inner(environ, start)  # type: ignore[arg-type]

    pages.inner = counting  # type: ignore[assignment]
    for _ in range(3):
        for address in addresses:
            client.get(address)
            client.head(address)
            client.get(address, query_string={"utm_source": "x"})
    assert sorted(asked) == sorted(addresses)


@pytest.mark.parametrize("encoding", ["gzip", ""])
def test_whoever_has_it_is_told_so(client: FlaskClient, publish: Publish, encoding: str) -> None:
    publish(source=LONG)
    headers = {"Accept-Encoding": encoding}
    first = client.get("/posts/a-post", headers=headers)
    tag = first.headers["ETag"]
    for known in (tag, f'"other", {tag}', f'W/"other",{tag.removeprefix("W/")}', "*"):
        answer = client.get("/posts/a-post", headers=headers | {"If-None-Match": known})
        assert (answer.status_code, answer.get_data()) == (304, b""), known
        assert answer.headers["ETag"] == tag
        assert {"Content-Length", "Content-Encoding", "Content-Type"}.isdisjoint(answer.headers.keys())
        assert answer.headers["Cache-Control"] == first.headers["Cache-Control"]
        assert answer.headers["Vary"] == "Accept-Encoding"
    for unknown in ('"other"', "W/", "nonsense", f'"{tag}"'):
        assert client.get("/posts/a-post", headers=headers | {"If-None-Match": unknown}).status_code == 200


def test_head_range_and_cookies_change_nothing(client: FlaskClient, publish: Publish) -> None:
    publish(source=LONG)
    whole = client.get("/posts/a-post")
    head = client.head("/posts/a-post")
    assert head.get_data() == b""
    assert dict(head.headers) == dict(whole.headers)
    for headers in ({"Range": "bytes=0-9"}, {"Cookie": "a=b"}, {"If-Modified-Since": "Sun, 29 Nov 2099 00:00:00 GMT"}):
        answer = client.get("/posts/a-post", headers=headers)
        assert (answer.status_code, answer.get_data()) == (200, whole.get_data())
        assert "Set-Cookie" not in answer.headers


def test_what_is_none_of_them_goes_past(app: Flask, client: FlaskClient, publish: Publish) -> None:
    publish("Draft", status="draft")
    shelf = pages_of(app)._shelf
    for address in ("/admin/sign-in", "/demos", "/api/v1/demos", "/healthz", "/posts/draft", "/nowhere", "/tags/none"):
        for method in ("GET", "HEAD", "POST", "OPTIONS"):
            direct, answer = (c.open(address, method=method) for c in (uncached(app), client))
            assert (answer.status_code, answer.get_data()) == (direct.status_code, direct.get_data()), address
    assert not shelf().answers


def test_strangers_cannot_fill_it(app: Flask, client: FlaskClient, publish: Publish) -> None:
    publish(source=LONG)
    client.get("/")
    client.get("/posts/a-post")
    before = set(pages_of(app)._shelf().answers)
    for n in range(30):
        for odd in (f"page=0{n}", f"page=-{n}", f"page={n + 2}", f"x={n}", f"page=1&page={n}", f"page=%D9%A{n % 10}"):
            assert client.get(f"/?{odd}").status_code in (200, 404)
            assert client.get(f"/posts/a-post?{odd}").status_code == 200
        client.get("/posts/a-post?" + "y" * (1001 + n))
    assert set(pages_of(app)._shelf().answers) - before <= {("http", "localhost", "", "/", "page=1")}


def test_a_shelf_holds_so_many_bytes_of_those_asked_for_last() -> None:
    answers = [Answer("200 OK", [("ETag", f'"{n}"')], b"x" * 10_000) for n in range(20)]
    shelf = Shelf(Moment(1, 0, 1), 0, most=5 * answers[0].size)
    for n, answer in enumerate(answers):
        shelf.put((str(n),), answer)
        shelf.put((str(n),), answer)
        assert shelf.get(("0",)) is answers[0], "what is asked for stays"
        assert shelf.bytes == sum(kept.size for kept in shelf.answers.values()) <= shelf.most
    assert len(shelf.answers) == 5
    shelf.put(("huge",), replace(answers[0], content=b"x" * 100_000))
    assert not shelf.answers
    assert shelf.bytes == 0


def test_a_wrong_name_of_the_site_gets_no_page(settings: Settings) -> None:
    app = create_app(replace(settings, TRUSTED_HOSTS="press.example"))
    with app.app_context():
        db.create_all()
    client = app.test_client()
    for _ in range(2):
        assert client.get("/", base_url="http://press.example").status_code == 200
        assert client.get("/", base_url="http://evil.example").status_code == 400


def test_each_name_has_links_of_its_own(client: FlaskClient, publish: Publish) -> None:
    publish()
    for base in ("http://one.example", "https://one.example", "http://two.example:81", "http://one.example"):
        assert f'<link rel="canonical" href="{base}/posts/a-post">' in client.get("/posts/a-post", base_url=base).text


def test_a_site_without_a_database_still_says_so(tmp_path: Path) -> None:
    app = create_app(Settings(DATA=tmp_path, SECRET_KEY="k" * 40, JOB_ENGINE="none"))
    client = app.test_client()
    assert client.get("/").status_code == 500
    assert client.get("/demos").status_code == 200


def test_changed_sheets_are_seen_by_kept_pages(
    client: FlaskClient, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app import assets

    publish()
    monkeypatch.setattr(assets, "stamp", lambda: 1)
    monkeypatch.setattr(assets, "site_sheet", lambda: b"one")
    before = client.get("/posts/a-post").text
    monkeypatch.setattr(assets, "site_sheet", lambda: b"two")
    assert client.get("/posts/a-post").text == before
    monkeypatch.setattr(assets, "stamp", lambda: 2)
    assert client.get("/posts/a-post").text != before
