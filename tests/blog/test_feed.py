from collections.abc import Callable
from html.parser import HTMLParser
from xml.etree import ElementTree

from flask.testing import FlaskClient

ATOM = {"a": "http://www.w3.org/2005/Atom"}
SOURCE = """Link [one](/posts/x), [two](#note), ![three](pictures/y.png).

<img src="/z.png" srcset="/z.png 1x, /z2.png 2x" alt="z">

::: demo style-transfer

$x < y$ & control: \x0b
"""

Publish = Callable[..., int]


class Addresses(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in {"href", "src"}]


def feed(client: FlaskClient) -> ElementTree.Element:
    return ElementTree.fromstring(client.get("/feed.xml").data)


def test_an_empty_feed_is_a_feed(client: FlaskClient) -> None:
    assert feed(client).findtext("a:title", namespaces=ATOM) == "Test press"


def test_posts_are_whole_and_their_addresses_absolute(client: FlaskClient, publish: Publish) -> None:
    publish("A & B", SOURCE, tags=("t",))
    (entry,) = feed(client).findall("a:entry", ATOM)
    html = entry.findtext("a:content", namespaces=ATOM) or ""
    found = Addresses(html).found
    assert "https://press.example/posts/a-b#note" in found
    assert "https://press.example/posts/pictures/y.png" in found
    assert all(address.startswith("https://press.example/") for address in found)
    assert 'srcset="https://press.example/z.png 1x, https://press.example/z2.png 2x"' in html
    assert "x &lt; y" in html


def test_a_live_demo_is_a_link_to_the_post(client: FlaskClient, publish: Publish) -> None:
    publish("Live", SOURCE)
    html = feed(client).findtext("a:entry/a:content", namespaces=ATOM) or ""
    assert "<form" not in html
    assert '<a href="https://press.example/posts/live">This is a live demo' in html


def test_the_feed_is_as_new_as_its_newest_post(client: FlaskClient, publish: Publish) -> None:
    publish("One")
    publish("Two")
    root = feed(client)
    dates = [entry.findtext("a:updated", namespaces=ATOM) or "" for entry in root.findall("a:entry", ATOM)]
    assert root.findtext("a:updated", namespaces=ATOM) == max(dates)
    assert len({entry.findtext("a:id", namespaces=ATOM) for entry in root.findall("a:entry", ATOM)}) == 2


def test_the_feed_ends_somewhere(client: FlaskClient, publish: Publish) -> None:
    for number in range(22):
        publish(f"Post {number}")
    assert len(feed(client).findall("a:entry", ATOM)) == 20
