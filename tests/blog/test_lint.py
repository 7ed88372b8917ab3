"""Every remark names the line it is about, and a text that is written right gets none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.blog.markdown import draft

WRONG = {
    "a fence at three": ("1. one\n\n   ```python\n   x = 1\n   ```\n", 3, "indent it by 4 spaces"),
    "a fence at one": ("- one\n\n ~~~\n x\n ~~~\n", 3, "1 space and"),
    "a bullet at two": ("- one\n  - two\n", 2, "not under it"),
    "a number at three": ("1. one\n\n   1. two\n", 3, "3 spaces"),
    "a third bullet": ("- one\n    - two\n      - three\n", 3, "by 8 spaces"),
    "a skipped level": ("## One\n\ntext\n\n#### Two", 5, "write ###."),
    "a late first level": ("### One", 1, "write ##."),
    "a title": ("Text.\n\n# Title\n", 3, "begin with ##"),
    "an underlined title": ("Text.\n\nTitle\n=====\n", 4, "begin with ##"),
    "a link without words": ("x\n\n[](/posts/a)", 3, "/posts/a has no words"),
    "a link around a silent picture": ("[![](/a.png)](/b)", 1, "/b has no words"),
    "a strange language": ("x\n\n```pyton\nx\n```", 3, "pyton"),
    "an anchor": ("## A part\n\n[x](#a-prat)", 3, "the nearest is #a-part."),
    "an anchor in an empty room": ("x\n\n[x](#nowhere)", 3, "has that name."),
    "an unknown command": ("x\n\n$\\foo$", 3, "\\foo"),
    "an ampersand": ("x\n\n$$\na & b\n$$", 4, "&"),
    "a dollar": ("x\n\n$$ \\text{5 $} $$", 3, "dollar"),
}
RIGHT = {
    "lists and code": "1. one\n\n    ```python\n    x = 1\n    ```\n\n    - two\n        - three\n\n2. four\n",
    "code after a list": "- one\n\ntext\n\n```text\nx\n```\n",
    "indented code after a list": "- one\n\ntext\n\n  ```text\n  x\n  ```\n",
    "headings": "## A\n\n### B\n\n## C\n\nD\n---\n\n### E",
    "headings in code": "## A\n\n```text\n#### B\n- x\n  - y\n```",
    "a table": "| a | b |\n|---|---|\n| 1 | 2 |\n\n---\n\nx",
    "anchors": "## Ä part\n\n[x](#ä-part) [y](#%C3%A4-part) [z](#fn:1) [top](#)\n\na[^1]\n\n[^1]: b",
    "a picture for words": "[![A house](/a.png)](/b)",
    "words for a reader": '<a href="/x" aria-label="Home"></a>',
    "an item that goes on": "- one\n  goes on\n\n  and on\n- two",
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_has_its_line(name: str) -> None:
    source, line, words = WRONG[name]
    remarks = [remark for remark in draft(source).remarks if words in remark.sentence]
    assert [remark.line for remark in remarks] == [line], draft(source).remarks
    assert remarks[0].sentence.endswith(".")


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_has_no_remark(name: str) -> None:
    assert draft(RIGHT[name]).remarks == ()


@pytest.mark.parametrize("indent", [2, 3])
def test_what_is_said_of_lists_is_what_markdown_does(indent: int) -> None:
    beside = draft(f"- one\n{' ' * indent}- two").html
    assert beside.count("<ul>") == 1
    assert draft("- one\n    - two").html.count("<ul>") == 2
    outside = draft(f"1. one\n\n{' ' * indent}```text\n{' ' * indent}x\n{' ' * indent}```").html
    assert "<pre" in outside.partition("</ol>")[2]


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.sampled_from([*"-*#1.` \n", "\n\n", "    ", "```", "text", "- x\n", "# "]), max_size=25).map("".join)
)
def test_lines_are_lines_of_the_text(source: str) -> None:
    assert all(1 <= remark.line <= source.count("\n") + 1 for remark in draft(source).remarks)
