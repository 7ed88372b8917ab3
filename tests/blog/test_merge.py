from __future__ import annotations

import subprocess
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from app.blog.merge import three_ways

LINES = st.lists(st.sampled_from(["a\n", "b\n", "c\n", "d\n", "\n", "e"]), max_size=8).map("".join)


@given(LINES, LINES, LINES)
def test_the_chunks_are_the_three_texts(base: str, mine: str, theirs: str) -> None:
    chunks = three_ways(base, mine, theirs).chunks
    assert "".join(chunk.base for chunk in chunks) == base
    assert "".join(chunk.mine for chunk in chunks) == mine
    assert "".join(chunk.theirs for chunk in chunks) == theirs


@given(LINES, LINES)
def test_where_one_side_did_nothing_the_other_is_the_result(base: str, changed: str) -> None:
    assert three_ways(base, changed, base).text == changed
    assert three_ways(base, base, changed).text == changed
    assert three_ways(base, changed, changed).text == changed


@given(LINES, LINES, LINES)
def test_the_sides_are_alike(base: str, mine: str, theirs: str) -> None:
    assert three_ways(base, mine, theirs).text == three_ways(base, theirs, mine).text


def test_changes_apart_come_together_and_changes_in_one_place_do_not() -> None:
    base = "One.\n\nTwo.\n\nThree.\n\nFour.\n"
    merged = three_ways(base, base.replace("One", "First"), base.replace("Four", "Fourth"))
    assert [chunk.kind for chunk in merged.changed] == ["mine", "theirs"]
    assert merged.text == "First.\n\nTwo.\n\nThree.\n\nFourth.\n"
    both = three_ways(base, base.replace("Two", "Second"), base.replace("Two", "Zwei"))
    assert ([chunk.kind for chunk in both.changed], both.text) == (["both"], None)
    pieces = [(piece.kind, piece.text) for piece in both.changed[0].of_mine]
    assert pieces == [("removed", "Two"), ("added", "Second"), ("same", ".\n\n")]


def test_git_puts_the_same_texts_together(tmp_path: Path) -> None:
    """Paragraphs that all differ, each side changing others, so that there is one way to line them up."""
    base = [f"Paragraph {number}.\n" for number in range(12)]
    mine = ["New.\n", *base[:2], "Mine.\n", *base[3:9], *base[10:]]
    theirs = [*base[:5], "Theirs.\n", "Also theirs.\n", *base[6:], "End.\n"]
    names = []
    for name, lines in (("mine", mine), ("base", base), ("theirs", theirs)):
        (tmp_path / name).write_text("".join(lines))
        names.append(str(tmp_path / name))
    oracle = subprocess.run(["git", "merge-file", "-p", *names], capture_output=True, text=True, check=True).stdout
    assert three_ways("".join(base), "".join(mine), "".join(theirs)).text == oracle
