"""What docs/write-a-post.md shows is what the renderer does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.blog import patience
from app.blog.filling import MOST_DEMOS
from app.blog.markdown import render
from app.blog.pictures.models import WIDTHS

GUIDE = (Path(__file__).parents[2] / "docs/write-a-post.md").read_text()
EXAMPLE = re.search(r"````markdown\n(.*?)````", GUIDE, re.DOTALL)


def test_its_example_is_without_fault() -> None:
    assert EXAMPLE
    page = render(EXAMPLE[1], lambda name, options: "")
    assert page.warnings == ()
    assert page.excerpt_html.startswith("<p>The first paragraph is the excerpt")


@pytest.mark.parametrize(
    "piece",
    [
        "<mtable", "<math>", 'class="filename">double.py', '<span class="hll">', "<details", '<div class="tabs">',
        '<div class="admonition note">', 'aria-label="to do"', "<dd>", "<abbr",
        '<aside class="note">', "footnote-backref",
        '<td align="right">', "<sub>2</sub>", "<del>",
    ],
)  # fmt: skip
def test_its_example_shows_everything(piece: str) -> None:
    assert EXAMPLE
    assert piece in render(EXAMPLE[1], lambda name, options: "").html


def test_its_numbers_are_the_renderers() -> None:
    assert "480, 960 and 1,600 pixels" in GUIDE
    assert WIDTHS == (480, 960, 1600)
    assert "thirty at most" in GUIDE
    assert MOST_DEMOS == 30
    assert "longer than three seconds" in GUIDE
    assert patience.SECONDS == 3
