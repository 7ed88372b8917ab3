"""H-21: no text becomes an element, an event or an address that acts, in a post, a list, a feed or a search."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page

from app.blog import editing
from app.blog.manuscript import Manuscript
from app.blog.markdown import render
from app.blog.rendering import refusal
from app.errors import NotFound
from tests.chaos import markup

HARMFUL = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href=" jav\tascript:alert(1)">x</a>',
    "<svg><a/></svg>",
    '<p style="x:y">x</p>',
    "<math><mtext><script>alert(1)</script></mtext></math>",
    '<math><mi href="javascript:x">x</mi></math>',
    '<form action="//evil.example"></form>',
    '<img srcset="javascript:alert(1) 1x">',
    '<img srcset="/a.png 1x, javascript:alert(1) 2x">',
    "<noscript><p></noscript>",
]
KIND = (
    '<p id="x" class="y"><a href="/posts/z">link</a> <math display="block"><mi>x</mi></math><img src="/a.png" alt="">'
)


def embed(name: str, options: dict[str, str]) -> str:
    raise NotFound(f"There is no demo named “{name}”.")


def rendered_harms(texts: Iterator[str] | tuple[str, ...]) -> dict[str, list[str]]:
    found = {}
    for text in texts:
        outcome = render(text, embed)
        if harms := markup.harms(outcome.html) + markup.harms(outcome.excerpt_html):
            found[text] = harms
    return found


@pytest.mark.parametrize("html", HARMFUL)
def test_the_parser_sees_what_is_harmful(html: str) -> None:
    assert markup.harms(html)


def test_the_parser_leaves_alone_what_is_not() -> None:
    assert markup.harms(KIND) == []


def test_no_text_by_hand_comes_through_rendering() -> None:
    assert len(set(markup.by_hand())) >= 300
    assert rendered_harms(markup.by_hand()) == {}


def test_no_text_that_was_put_together_does() -> None:
    assert rendered_harms(markup.drawn(1, 400)) == {}


@pytest.mark.full
def test_no_text_of_seven_thousand_does() -> None:
    texts = tuple(markup.drawn(2, 7_500))
    assert len(set(texts)) > 7_000
    assert rendered_harms(texts) == {}


@pytest.fixture(scope="module")
def written(app: Flask) -> list[str]:
    """A post for each of many texts, which is its title, its description, its tag, its series and its words."""
    texts = [text for text in markup.by_hand()[::6] if not refusal(render(text, embed))]
    assert len(texts) > 40
    with app.test_request_context():
        for number, text in enumerate(texts):
            line = " ".join(text.replace("\0", "").split())
            tag = " ".join(line.translate(str.maketrans("/,", "  ")).split())
            told = {"title": line[:300], "description": line, "series": line[:200], "tags": (tag,), "cover_alt": line}
            body = f"{text}\n\nfindme"
            editing.create(Manuscript(source=body, slug=f"post-{number}", status="published", part=1, **told))
    return texts


def test_no_page_acts_on_what_a_post_is_called(client: FlaskClient, written: list[str]) -> None:
    paths = ["/", "/archive", "/tags", "/search?q=findme", *(f"/posts/post-{number}" for number in range(len(written)))]
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert (path, markup.page_harms(answer.text)) == (path, [])


def test_feeds_stay_xml_and_what_they_carry_does_not_act(client: FlaskClient, written: list[str]) -> None:
    for path in ("/feed.xml", "/rss.xml", "/sitemap.xml"):
        answer = client.get(path)
        tree = ElementTree.fromstring(answer.data)
        for element in tree.iter():
            if element.get("type") == "html" or element.tag.endswith(("encoded", "description")):
                assert markup.harms(element.text or "") == [], path
    items = client.get("/feed.json").json["items"]
    assert items
    assert [harm for item in items for harm in markup.harms(item["content_html"])] == []


def test_whatever_is_searched_for_comes_back_as_text(client: FlaskClient, written: list[str]) -> None:
    for text in markup.by_hand()[::4]:
        answer = client.get("/search", query_string={"q": text})
        assert answer.status_code == 200
        assert (text, markup.page_harms(answer.text)) == (text, [])


def test_whatever_is_asked_of_a_demo_comes_back_as_text(client: FlaskClient) -> None:
    paths = ("/demos/habits", "/demos/style-transfer", "/oembed", "/tags/{}")
    for number, text in enumerate(markup.by_hand()[::9]):
        asked = {"better": text, "content": text, "url": text, text: text}
        for path in (paths[number % 3], paths[3].format(quote(text, safe=""))):
            answer = client.get(path, query_string=asked)
            assert answer.status_code < 500, path
            if answer.mimetype == "text/html":
                assert (text, markup.page_harms(answer.text)) == (text, [])


PROVOKE = """() => {
  const ran = [];
  for (const name of ["alert", "prompt", "confirm"]) window[name] = (...given) => ran.push(name);
  for (const element of document.querySelectorAll("*"))
    for (const event of ["click", "mouseover", "focus", "toggle", "pointerdown", "animationend", "load", "error"])
      element.dispatchEvent(new Event(event, { bubbles: true, cancelable: true }));
  return new Promise((done) => setTimeout(() => done(ran), 5));
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    assert shutil.which("chromium") or shutil.which("google-chrome")
    page = browser.new_page()
    page.route("**/*", lambda route: route.abort())  # what loads fails, and an error is an event too
    yield page
    page.close()


@pytest.mark.browser
@pytest.mark.full
def test_in_a_browser_without_any_policy_nothing_runs(page: Page) -> None:
    """The allow-list alone holds: no policy of the site's stands behind it here."""
    page.set_content("<img src=x onerror='window.ran = true'><b onclick='alert(1)'>x</b>")
    assert page.evaluate(PROVOKE)
    for text in markup.by_hand():
        page.set_content(f"<body>{render(text, embed).html}</body>")
        assert (text, page.evaluate(PROVOKE)) == (text, [])
