"""Blocks of a preview say which line they come from, and nothing else about the page changes."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from app.blog.draft import Draft
from app.blog.lines import with_lines, without_lines
from app.blog.markdown import draft

POSTS = sorted((Path(__file__).parents[2] / "app/blog/posts").glob("*.md"))
TEXTS = {post.stem: post.read_text().split("---\n", 2)[2] for post in POSTS}
BLOCK = re.compile(r'<(?P<tag>[a-z][\w-]*)[^>]*? data-line="(?P<line>\d+)"[^>]*>(?P<text>[^<]*)')


def unmarked(text: str, page: Draft) -> str:
    return text.replace(page.mark, "")


@pytest.mark.parametrize("name", TEXTS)
def test_without_its_lines_a_page_is_the_page(name: str) -> None:
    plain, lined = draft(TEXTS[name]), draft(TEXTS[name], lined=True)
    assert unmarked(without_lines(lined.html, lined.mark), lined) == unmarked(plain.html, plain)
    assert re.sub(r' data-line="\d+"', "", unmarked(with_lines(lined.html, lined.mark), lined)) == unmarked(
        plain.html, plain
    )
    for said in ("excerpt_html", "words", "contents", "remarks", "images", "links", "demos"):
        assert unmarked(str(getattr(lined, said)), lined) == unmarked(str(getattr(plain, said)), plain)


@pytest.mark.parametrize("name", TEXTS)
def test_a_block_begins_with_the_words_of_its_line(name: str) -> None:
    lined, lines = draft(TEXTS[name], lined=True), TEXTS[name].split("\n")
    numbers, compared = [], 0
    for block in BLOCK.finditer(with_lines(lined.html, lined.mark)):
        numbers.append(int(block["line"]))
        word = re.match(r"\s*(\w+)", html.unescape(block["text"]))
        if word and lined.mark not in block["text"] and block["tag"] in ("p", "h2", "h3"):
            assert word[1] in lines[int(block["line"]) - 1]
            compared += 1
    assert numbers == sorted(numbers)
    assert compared > 8


BLOCKS = {
    "a paragraph": "One\ntwo",
    "a heading": "## Part",
    "code": "```python\nx = 1\n\nx = 1\n```",
    "a list": "- a\n\n- b",
    "a table": "| a | b |\n|---|---|\n| 1 | 2 |",
    "a quotation": "> said",
    "html": "<div>\n\nword\n\n</div>",
    "a formula": "$$\nx^2\n$$",
    "a definition": "Term\n:   What it is",
    "a demo": "::: demo astar",
    "a rule": "---",
    "a picture": "![A cat](cat.png)",
    "a note that is shown": "/// note\nwords\n///",
}


@pytest.mark.parametrize("first", BLOCKS)
@pytest.mark.parametrize("second", BLOCKS)
def test_every_kind_of_block_says_its_line(first: str, second: str) -> None:
    source = f"Start\n\n{BLOCKS[first]}\n\n\n{BLOCKS[second]}\n\nEnd\n"
    page = with_lines((lined := draft(source, lined=True)).html, lined.mark)
    lines = [int(block["line"]) for block in BLOCK.finditer(page)]
    after = 6 + BLOCKS[first].count("\n")
    last = after + BLOCKS[second].count("\n") + 2
    wanted = (
        {1, 3, last} if first == second in ("a list", "a definition") else {1, 3, after, last}
    )  # two of them are one
    assert set(lines) == wanted


def test_a_source_that_has_our_words_in_it_is_not_taken_for_a_mark() -> None:
    lined = draft("demo0nl3e and `data-line`", lined=True)
    assert "demo0nl3e" in with_lines(lined.html, lined.mark)
