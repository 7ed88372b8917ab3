import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from app.blog import archive, editing, frontmatter
from app.blog.manuscript import Manuscript
from app.blog.transfer import manuscript_of
from app.db import db, now
from app.errors import InvalidInput

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


PUBLIC = [
    "/", "/posts/a-post", "/about", "/a-post.md", "/about.md", "/tags", "/tags/t", "/series/s", "/archive", "/search",
    "/search?q=first", "/search?q=zzz", "/opensearch.xml", "/feed.xml", "/rss.xml", "/feed.json", "/tags/t/feed.xml",
    "/sitemap.xml", "/robots.txt", "/cards/a-post.png",
    "/posts/none", "/none", "/posts/about", "/a-post",
]  # fmt: skip


@pytest.fixture
def site(publish: Publish) -> int:
    publish("About", "What this is.", kind="page")
    return publish(tags=("t",), series="S", part=1)


@pytest.mark.parametrize("url", PUBLIC)
def test_no_public_address_sets_a_cookie_or_heeds_one(app: Flask, client: FlaskClient, site: int, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 404 if "none" in url else answer.status_code in (200, 301)
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    signed_in = app.test_client()
    signed_in.set_cookie("session", "anything")
    assert signed_in.get(url).data == answer.data


@pytest.mark.parametrize("url", [url for url in PUBLIC if "none" not in url and url not in ("/posts/about", "/a-post")])
def test_every_public_address_answers_304(client: FlaskClient, site: int, url: str) -> None:
    first = client.get(url)
    again = client.get(url, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")


def test_every_public_address_is_among_these(app: Flask) -> None:
    """A new page for readers joins the list above, so that it is held to the same."""
    seen = {app.url_map.bind("").match(url.partition("?")[0])[0] for url in PUBLIC}
    served = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    rooms = ("blog.", "feeds.", "sitemap.", "cards.")
    assert {endpoint for endpoint in served if endpoint.startswith(rooms)} <= seen | {"cards.site"}


def test_a_page_stands_beside_the_posts(client: FlaskClient, site: int) -> None:
    page = client.get("/about")
    assert "What this is." in page.text
    assert client.get("/posts/about").headers["Location"] == "/about"
    assert client.get("/a-post").headers["Location"] == "/posts/a-post"
    for url in ("/", "/archive", "/feed.xml", "/rss.xml", "/feed.json", "/posts/a-post"):
        assert "What this is." not in client.get(url).text
    assert "https://press.example/about" in client.get("/sitemap.xml").text
    assert 'href="/about"' in client.get("/search?q=about").text


@pytest.mark.parametrize("slug", ["search", "archive", "tags", "admin", "posts", "opensearch"])
def test_a_page_does_not_hide_behind_the_site(app: Flask, slug: str) -> None:
    with app.test_request_context():
        page = Manuscript("x", "x", slug=slug, kind="page")
        if f"/{slug}" in {rule.rule for rule in app.url_map.iter_rules()} or slug == "posts":
            with pytest.raises(InvalidInput, match="site itself"):
                editing.create(page)
        else:
            assert editing.create(page).slug == slug


def test_each_text_is_there_as_it_was_written(app: Flask, client: FlaskClient, site: int) -> None:
    for slug in ("a-post", "about"):
        answer = client.get(f"/{slug}.md")
        assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"
        with app.test_request_context():
            text = archive.at(slug)
            assert text
            assert frontmatter.read(answer.text) == manuscript_of(text)
    offered = '<link rel="alternate" type="text/markdown" title="A post (Markdown)" href="/a-post.md">'
    assert offered in client.get("/posts/a-post").text


def test_lists_of_everything(client: FlaskClient, publish: Publish) -> None:
    publish("Old", tags=("b",), published_at=datetime(2019, 5, 6, tzinfo=UTC))
    publish("New", tags=("A", "b"), published_at=datetime(2021, 7, 8, tzinfo=UTC))
    publish("Draft", tags=("c",), status="draft", published_at=datetime(2020, 1, 1, tzinfo=UTC))
    by_year, tags = client.get("/archive").text, client.get("/tags").text
    places = [by_year.index(word) for word in (">2021<", "8 July", ">New<", ">2019<", "6 May", ">Old<")]
    assert places == sorted(places)
    assert "2020" not in by_year
    assert re.findall(r'rel="tag">(\w) <span class="figures">(\d)', tags) == [("A", "1"), ("b", "2")]


def test_a_series_has_its_page(client: FlaskClient, publish: Publish) -> None:
    publish("Two", "The second.", series="Seeing & More", part=2)
    publish("One", "The first.", series="Seeing & More", part=1)
    page = client.get("/series/seeing-more").text
    assert page.index("The first.") < page.index("The second.")
    assert "In 2 parts" in page
    assert client.get("/series/other").status_code == 404


def test_the_next_part_comes_before_the_next_day(client: FlaskClient, publish: Publish) -> None:
    at = {name: datetime(2020, 1, day, tzinfo=UTC) for day, name in enumerate(("a", "one", "b", "two", "c"), start=1)}
    for name in ("a", "b", "c"):
        publish(name, published_at=at[name])
    for part, name in ((1, "one"), (2, "two")):
        publish(name, series="S", part=part, published_at=at[name])
    linked = r'rel="(prev|next)" href="/posts/(\w+)"'
    around = {name: dict(re.findall(linked, client.get(f"/posts/{name}").text)) for name in at}
    assert around == {
        "a": {"next": "one"},
        "one": {"prev": "a", "next": "two"},
        "b": {"prev": "one", "next": "two"},
        "two": {"prev": "one", "next": "c"},
        "c": {"prev": "two"},
    }


@pytest.mark.parametrize(
    "url", ["/", "/posts/a-post", "/tags/t", "/tags", "/series/s", "/archive", "/search?q=first", "/zzz"]
)
def test_a_page_asks_the_database_as_often_for_many_posts_as_for_few(
    app: Flask, client: FlaskClient, publish: Publish, url: str
) -> None:
    asked: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda _c, _d, statement, *_: asked.append(statement))

    def queries() -> int:
        asked.clear()
        client.get(url)
        return len(asked)

    fields = {"tags": ("t", "u"), "series": "S", "cover": "/static/figures/a-star.webp"}
    for number in range(6):
        publish(slug="a-post" if number == 3 else f"p{number}", **fields)
    few = queries()
    for number in range(30):
        publish(slug=f"more{number}", **fields)
    assert queries() == few
    assert few <= 12
