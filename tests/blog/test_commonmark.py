"""The examples of CommonMark: all render, most as specified, and nothing unsafe is left of any mixture of them."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import nh3
from hypothesis import given, settings
from hypothesis import strategies as st

from app.blog import sanitiser
from app.blog.markdown import draft, render
from tests.blog.test_markdown import ATTACKS, embed
from tests.commonmark import examples

THERE_ARE = 652
AS_SPECIFIED = 443  # Python-Markdown is older than the specification: corners of links, lists and raw HTML differ

# What is put in after the allow-list, and nothing else.
OURS = {
    "pre": {"tabindex"},
    "div": {"tabindex"},
    "img": {"loading", "decoding"},
    "input": {"type", "disabled"},
}
MATH = re.compile(r"<math.*?</math>", re.DOTALL)  # held by tests of its own

Event = tuple[str, tuple[tuple[str, str | None], ...]]


class Events(HTMLParser):
    """A piece of HTML as its tags with sorted attributes, and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[Event] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple(sorted(attrs))))

    def handle_endtag(self, tag: str) -> None:
        self.found.append((f"/{tag}", ()))

    def handle_data(self, data: str) -> None:
        if data.split():
            self.found.append((" ".join(data.split()), ()))


def shape(html: str) -> list[Event]:
    """What a reader gets: without the names of headings and of languages, which the specification leaves open."""
    bare = sanitiser.without_heading_links(sanitiser.clean(html))
    bare = re.sub(r' (?:id|class|title="Link[^"]*"|tabindex|role|aria-label)="[^"]*"', "", bare)
    bare = re.sub(r"<div>(<pre>.*?</pre>)\s*</div>", r"\1", bare, flags=re.DOTALL)
    return Events(re.sub(r"</?span>", "", bare)).found


def test_there_are_all_examples() -> None:
    assert len(examples()) == THERE_ARE


def test_every_example_renders_with_remarks_on_its_own_lines() -> None:
    for example in examples():
        page = draft(example["markdown"])
        assert all(1 <= remark.line <= example["markdown"].count("\n") + 1 for remark in page.remarks), example


def test_most_examples_come_out_as_specified() -> None:
    same = sum(shape(draft(example["markdown"]).html) == shape(example["html"]) for example in examples())
    print(f"{same} of {THERE_ARE} examples of CommonMark come out as specified.")
    assert same >= AS_SPECIFIED


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_nothing_is_left_that_the_allow_list_would_take_out(data: st.DataObject) -> None:
    pieces = st.sampled_from([*(example["markdown"] for example in examples()), *ATTACKS, "\n\n", "> ", "    ", "<"])
    page = render("".join(data.draw(st.lists(pieces, max_size=5))), embed)
    for html in (MATH.sub("", page.html), MATH.sub("", page.excerpt_html)):
        allowed = {tag: sanitiser.ATTRIBUTES.get(tag, set()) | OURS.get(tag, set()) for tag in sanitiser.TAGS.split()}
        clean = nh3.clean(
            html,
            tags=set(allowed),
            attributes={**allowed, "*": sanitiser.EVERYWHERE},
            url_schemes=sanitiser.SCHEMES,
            link_rel=None,
        )
        assert Events(html).found == Events(clean).found
