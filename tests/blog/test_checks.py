"""Checks name the line of what is wrong, tell nothing twice, and nothing of a text that is right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.blog import checks, editing, rendering
from app.blog.destinations import Destinations
from app.blog.draft import Remark
from app.blog.pictures import shelf
from app.db import now
from tests.pictures import photograph

Publish = Callable[..., int]

WRONG = {
    "a page": ("x\n\n[A page](/nowhere)", 3, "This links to /nowhere, and there is no such page here."),
    "a tag": ("[Water](/tags/fire)", 1, "This links to /tags/fire,"),
    "a series": ("[All](/series/seas)", 1, "This links to /series/seas,"),
    "a file": ("[A file](/static/nothing.pdf)", 1, "This links to /static/nothing.pdf,"),
    "a way out": ("[A file](/static/../../etc/passwd)", 1, "there is no such page"),
    "a way out that is there": ("[A file](/static/../blog/checks.py)", 1, "there is no such page"),
    "a folder": ("[A folder](/static/css)", 1, "This links to /static/css,"),
    "a long name": (f"[A file](/static/{'a' * 5000})", 1, "there is no such page"),
    "no name": ("[A file](/static/%00)", 1, "This links to /static/%00,"),
    "a picture": (f"[A picture](/pictures/{'0' * 32}-480.webp)", 1, "there is no such page"),
    "a source": ("[Source](/nothing.md)", 1, "This links to /nothing.md,"),
    "a relative": ("[Next](hills)", 1, "This links to hills,"),
    "a draft": ("[Next](secret)", 1, "This links to secret,"),
    "the whole address": (
        "[Next](https://press.example/posts/hills)",
        1,
        "This links to https://press.example/posts/h",
    ),
    "a part": (
        "x\n[Deep](/posts/lakes#deep)",
        2,
        "This links to /posts/lakes, and no part of that page is named #deep.",
    ),
    "a part of a page": ("[Us](/about#nobody)", 1, "no part of that page is named #nobody."),
    "a part of a relative": ("[Deep](lakes#deep)", 1, "no part of that page is named #deep."),
    "a picture’s name": ("[![A lake](lake.jpg)](lake.jpg)", 1, "This links to lake.jpg,"),
    "here": ("See\n[here](/posts/lakes).", 2, "This link says only “here”"),
    "HERE": ("[**Click here!**](https://elsewhere.example)", 1, "says only “Click here!”"),
    "a note": ("x\n\nWords[^1] and more.", 3, "There is no text for the note [^1]"),
    "a reference": ("x\n\n[Words][where] and more.", 3, "There is no address for [where]"),
    "a short reference": ("[Words][] and more.", 1, "There is no address for [Words]"),
    "a name": ("## A {#x}\n\n## B {#x}", 1, "Two parts of this text are named #x"),
}
RIGHT = {
    "a post": "[Lakes](/posts/lakes) [Water](/posts/lakes#water) [Top](/posts/lakes#) [L](lakes) [W](lakes#water)",
    "earlier addresses": "[Lakes](/posts/ponds) [Lakes](/2019/ponds.html) [Lakes](/ponds)",
    "pages": "[About](/about) [About](about) [Us](/about#us) [Home](/) [Source](/lakes.md)",
    "lists": "[Tag](/tags/water) [Series](/series/deep-waters) [All](/archive) [Search](/search?q=x) [Feed](/feed.xml)",
    "files": "[A sheet](/static/css/base.css) [Robots](/robots.txt)",
    "its own parts": "## A part\n\n[A part](#a-part)",
    "other sites": "[x](https://elsewhere.example/nowhere) [x](//elsewhere.example/x) [x](mailto:a@b.example)",
    "the whole address": "[Lakes](https://press.example/posts/lakes#water)",
    "words": "[The lakes of Finland, more here](/posts/lakes) [hereditary](/posts/lakes)",
    "an own name": '<a href="/posts/lakes" aria-label="Lakes">here</a>',
    "notes": "Words[^1] and [more on lakes][a].\n\n[^1]: A note.\n\n[a]: /posts/lakes",
    "code": "`[^1]` and `a[1][2]`\n\n```text\n[^2] [x][y] [here](/nowhere)\n```",
    "arrays": "The entry a[1][2] of a matrix, $M_{[1][2]}$.",
    "a demo": '::: demo style-transfer steps="2"',
    "tables": "| a | b |\n|---|---|\n| [ ] | [x] |",
}


ODD = [*"[](){}^#/:.!<>\"'`ab\n -1x?%&\xa0", "](/", "](//[", "%00", "/static/"]


@pytest.fixture(autouse=True)
def site(app: Flask, publish: Publish) -> Iterator[None]:
    with app.test_request_context():
        shelf.take_in(photograph(), "lake.jpg", "A lake")
    publish("Lakes", "## Water\n\nWet.", aliases=("ponds", "2019/ponds.html"), tags=("water",), series="Deep waters")
    publish("Secret", status="draft")
    publish("Soon", published_at=now() + timedelta(days=1))
    publish("About", "## Us\n\nWe.", kind="page")
    with app.test_request_context():
        yield


def found(source: str) -> list[Remark]:
    return checks.remarks(rendering.rendered(source), source)


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_has_its_line(name: str) -> None:
    source, line, words = WRONG[name]
    remarks = found(source)
    assert [remark.line for remark in remarks if words in remark.sentence] == [line], remarks
    assert all(remark.sentence.endswith(".") for remark in remarks)


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_has_no_remark(name: str) -> None:
    assert found(RIGHT[name]) == []


@pytest.mark.parametrize(
    "source",
    [
        "[Next](/posts/hills)",
        "[Next](/posts/secret#x)",
        "[x](#nowhere)",
        "[](/posts/lakes)",
        "![](/static/figures/no.png)",
    ],
)
def test_what_rendering_says_is_not_said_twice(source: str) -> None:
    rendered = rendering.rendered(source)
    assert rendered.warnings
    assert checks.remarks(rendered, source) == []


def test_links_are_there_exactly_when_readers_find_them(app: Flask, client: FlaskClient) -> None:
    """The site itself is the oracle."""
    picture = shelf.find("lake.jpg")
    assert picture
    names = ("lakes", "ponds", "about", "secret", "soon", "nothing", "tags", "water", "deep-waters", "feed.xml")
    folders = ("", "posts/", "tags/", "series/", "static/", "pictures/", "2019/")
    paths = [f"/{folder}{name}{end}" for folder in folders for name in names for end in ("", ".md", ".html")]
    known = Destinations()
    for path in [*paths, picture.largest, "/static/css/base.css", "/static/css", "/search", "/archive", "/robots.txt"]:
        with client.get(path, follow_redirects=True) as answer:
            assert known.is_there(path) == (answer.status_code == 200), path


def test_a_post_is_checked_whole_and_its_cover_too(app: Flask, publish: Publish) -> None:
    post_id = publish("Wrong", "#### Deep\n\n[here](/nowhere)", cover="no.jpg")
    sentences = [(remark.line, remark.sentence[:24]) for remark in checks.of_post(editing.get(post_id))]
    assert sentences == [
        (1, "The cover picture “no.jp"),
        (1, "This heading is 3 levels"),
        (3, "This link says only “her"),
        (3, "This links to /nowhere, "),
    ]
    for cover in ("lake.jpg", "/static/figures/habits.webp"):
        fine = publish(f"Right {cover}", "Text.", cover=cover)
        assert checks.of_post(editing.get(fine)) == []


def test_what_was_said_is_forgotten_when_the_post_or_the_site_changes(app: Flask, publish: Publish) -> None:
    post_id = publish("Wrong", "[Next](/posts/hills)")

    def said() -> int:
        return len(checks.of_post(editing.get(post_id)))

    assert said() == said() == 1
    other = publish("Hills")
    assert said() == 0
    editing.delete(other)
    assert said() == 1


def test_everything_is_all_posts_once(app: Flask, publish: Publish) -> None:
    numbers = [checked.post.id for checked in checks.everything()]
    assert sorted(numbers) == [1, 2, 3, 4]
    assert [checked.post.id for at in range(4) for checked in checks.everything(at, 1)] == numbers


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(ODD), max_size=60).map("".join))
def test_no_text_is_too_odd(app: Flask, source: str) -> None:
    lines = source.count("\n") + 1
    assert all(1 <= remark.line <= lines for remark in found(source))
