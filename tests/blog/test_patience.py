"""Rendering has an end: what takes too long is refused with its line, and the next text is right."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from app.blog import patience
from app.blog.markdown import draft
from app.blog.patience import draft_in_time
from app.errors import InvalidInput

HOSTILE = {
    "brackets": "[" * 200_000,
    "pictures": "![" * 10_000,
    "half links": "[a](" * 5_000,
    "quotes": ">" * 5_000 + " x",
    "stairs of quotes": "\n".join("> " * depth + "x" for depth in range(1, 400)),
    "a long line": "word *and* _word_ [x] " * 45_000,
    "emphasis": "***a **b *c " * 4_000,
    "underscores": "_a__b___" * 3_000,
    "notes": "".join(f"[^{n}]" for n in range(4_000)) + "\n\n" + "\n".join(f"[^{n}]: x" for n in range(4_000)),
    "one note": "[^1]" * 8_000 + "\n\n[^1]: x",
    "brackets of TeX": "\\(" * 10_000,
    "back ticks": "".join("`" * (1 + n % 50) + "x" for n in range(3_000)),
    "elements": "<div>" * 20_000,
    "lists": "\n".join("    " * depth + "- x" for depth in range(300)),
    "abbreviations": "\n".join(f"*[a{n}]: b" for n in range(2_000)) + "\n\n" + "a1 a2 " * 5_000,
    "a formula": "$" + "{" * 3_000 + "x" + "}" * 3_000 + "$",
    "cells": "|" * 20_000 + "\n" + "|-" * 10_000,
}
SECONDS = 0.4
SLACK = 3  # for a machine that does other things; what is held is that there is an end


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_holds_a_page_up(name: str) -> None:
    source = f"Before.\n\n{HOSTILE[name]}\n\nAfter."
    before = time.monotonic()
    try:
        assert "After." in draft_in_time(source, SECONDS).html
    except InvalidInput as refused:
        assert refused.status == 422
        assert re.search(r"begins at line [35]\.$|smaller parts\.$", refused.problems["source"])
    # No measure of speed: without a limit, the worst of these take minutes.
    assert time.monotonic() - before < patience.KILLED_AFTER + SLACK
    assert draft_in_time("*right*").html == "<p><em>right</em></p>"


def test_four_thousand_brackets_are_nothing_to_refuse() -> None:
    assert "[" * 4096 in draft_in_time("[" * 4096).html


def test_the_slowest_part_is_named() -> None:
    code = f"```text\n\n{'x ' * 20_000}\n```"
    with pytest.raises(InvalidInput, match=r"begins at line 10\.$"):
        draft_in_time(f"One.\n\nTwo.\n\n{code}\n\n{'[^1]' * 8_000}\n\nThree.\n\n[^1]: x", SECONDS)


def test_a_text_that_kills_its_renderer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience._drafter, "seconds", 0.05)
    with pytest.raises(InvalidInput, match="smaller parts"):
        draft_in_time("[^1]" * 8_000 + "\n\n[^1]: x")  # seconds of work, however fast the machine is
    monkeypatch.undo()
    assert draft_in_time("x").words == 1


def test_apart_and_here_a_text_gives_the_same() -> None:
    source = (
        "## A\n\n![x](/a.png) $x$ [^1]\n\n```python\nx\n```\n\n::: demo a b=c\n\n[y](/posts/z)\n\n[^1]: n\n\n$\\foo$"
    )
    here, apart = draft(source), draft_in_time(source)
    assert here.html.replace(here.mark, "") == apart.html.replace(apart.mark, "")
    assert (here.demos, here.images, here.links, here.remarks) == (
        apart.demos,
        apart.images,
        apart.links,
        apart.remarks,
    )


def test_threads_share_the_child() -> None:
    with ThreadPoolExecutor(6) as pool:
        drafts = list(pool.map(lambda number: draft_in_time(f"text{number}").html, range(12)))
    assert drafts == [f"<p>text{number}</p>" for number in range(12)]


def test_a_clock_that_goes_off_at_the_very_first_text_leaves_no_half_module() -> None:
    patience._drafter.stop()
    with suppress(InvalidInput):
        draft_in_time("# One\n\n$x$", 0.001)
    assert draft_in_time("*right*").html == "<p><em>right</em></p>"
