from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.blog import editing
from app.db import now

Publish = Callable[..., int]
SECRET = "Nobody may read this yet."


def test_the_home_page_shows_the_beginning_of_each_post(client: FlaskClient, publish: Publish) -> None:
    publish("Hello", "The *beginning*.\n\n::: demo style-transfer\n\nThe end.", tags=("art",), cover="/static/x.png")
    page = client.get("/").text
    assert 'The <em>beginning</em>. <a href="/posts/hello">Read more…' in page
    assert "The end." not in page
    for piece in ('href="/tags/art"', "1 min", '<span class="live">live demo</span>', 'src="/static/x.png"', "<time"):
        assert piece in page


def test_pages_follow_each_other(client: FlaskClient, publish: Publish) -> None:
    for number in range(7):
        publish(f"Post {number}")
    first, second, last = (client.get(url).text for url in ("/", "/?page=2", "/?page=3"))
    assert 'rel="next" href="/?page=2"' in first
    assert 'rel="prev"' not in first
    assert 'rel="prev" href="/"' in second
    assert 'rel="next" href="/?page=3"' in second
    assert 'rel="next"' not in last
    assert client.get("/?page=4").status_code == 404
    assert client.get("/?page=x").status_code == 200


def test_a_post_says_where_it_stands(client: FlaskClient, publish: Publish) -> None:
    publish("One", "## A\n\n## B\n\n### C\n\n" + "word " * 500, series="Seeing", part=1)
    publish("Two", series="Seeing", part=2, description="About two.")
    one, two = client.get("/posts/one").text, client.get("/posts/two").text
    assert '<a href="/series/seeing">Seeing</a>, part 1 of 2' in one
    assert "2 minutes" in one
    assert '<a href="#c">C</a>' in one
    assert 'rel="next" href="/posts/two"' in one
    assert 'rel="prev" href="/posts/one"' in two
    assert '<meta name="description" content="About two.">' in two
    assert '<link rel="canonical" href="https://press.example/posts/two">' in two
    assert 'class="toc"' not in two


def test_only_a_post_with_a_demo_loads_a_script(client: FlaskClient, publish: Publish) -> None:
    publish("Live", "::: demo style-transfer")
    publish("Still")
    assert '<script type="module" src="/static/js/bench.js"' in client.get("/posts/live").text
    assert "bench.js" not in client.get("/posts/still").text


@pytest.mark.parametrize("hidden", [{"status": "draft"}, {"published_at": now() + timedelta(days=1)}])
def test_what_is_not_published_is_nowhere(client: FlaskClient, publish: Publish, hidden: dict[str, object]) -> None:
    publish("Open", tags=("shared",), series="S", part=1)
    publish("Hidden title", SECRET, tags=("shared", "own"), series="S", part=2, **hidden)
    pages = [
        client.get(url) for url in ("/", "/tags/shared", "/tags/own", "/posts/open", "/posts/hidden-title", "/feed.xml")
    ]
    assert [page.status_code for page in pages] == [200, 200, 404, 200, 404, 200]
    for page in pages:
        assert SECRET not in page.text
        assert "Hidden title" not in page.text
        assert ">own</a>" not in page.text


@pytest.mark.parametrize("url", ["/", "/posts/a-post", "/tags/t", "/feed.xml"])
def test_pages_answer_304_until_something_changes(app: Flask, client: FlaskClient, publish: Publish, url: str) -> None:
    post_id = publish(tags=("t",))
    first = client.get(url)
    tag = {"If-None-Match": first.headers["ETag"]}
    assert first.headers["Cache-Control"] == "no-cache"
    assert client.get(url, headers=tag).status_code == 304
    with app.test_request_context():
        editing.delete(post_id)
    publish("A post", "Changed.", tags=("t",))
    assert client.get(url, headers=tag).status_code == 200


@pytest.mark.parametrize("url", ["/", "/posts/a-post", "/tags/t", "/feed.xml", "/posts/none"])
def test_readers_get_no_cookie(client: FlaskClient, publish: Publish, url: str) -> None:
    publish(tags=("t",))
    assert "Set-Cookie" not in client.get(url).headers


def test_markup_in_titles_and_tags_stays_text(client: FlaskClient, publish: Publish) -> None:
    publish("<b>x</b>", "x", slug="x", tags=("<i>",), series="<u>", description='"><s>')
    for url in ("/", "/posts/x", "/tags/<i>", "/feed.xml"):
        text = client.get(url).text
        assert not any(tag in text for tag in ("<b>", "<i>", "<u>", "<s>"))
