"""What an author picks is what the post shows: the line is read back by the renderer, and draws the same bench."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app import demos
from app.blog.syntax import demo_of
from app.demos import picking
from app.errors import NotFound

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=30)


@given(st.dictionaries(st.from_regex(r"[a-z_]{1,12}", fullmatch=True), WORDS))
def test_a_line_says_what_was_picked(options: dict[str, str]) -> None:
    if any(value.rstrip().endswith(":::") for value in options.values()):
        return  # the renderer takes these marks for the end of the line
    assert demo_of(picking.line("astar", options)) == ("astar", options)


@pytest.mark.parametrize("name", demos.names())
def test_the_bench_is_that_of_the_line(app: Flask, name: str) -> None:
    with app.test_request_context():
        plain = picking.picked(name, {})
        assert plain.line == f"::: demo {name}"
        choices = [f for f in plain.fields if f["kind"] == "choice" and len(f["choices"]) > 1]
        other = {f["name"]: next(v for v, _ in f["choices"] if v != plain.values[f["name"]]) for f in choices[:1]}
        set_so = picking.picked(name, other)
        assert demo_of(set_so.line) == (name, other)
        assert set_so.bench == demos.embed(*demo_of(set_so.line))


@pytest.mark.parametrize("name", demos.names())
def test_a_form_left_as_it_is_asks_for_nothing(app: Flask, name: str) -> None:
    with app.test_request_context():
        plain = picking.picked(name, {})
        values = {f["name"]: plain.values[f["name"]] for f in plain.fields}
        sent = {n: "" if v is None else str(v).lower() if isinstance(v, bool) else str(v) for n, v in values.items()}
        assert picking.picked(name, sent).line == plain.line


def test_a_wrong_option_is_a_sentence_at_its_field(app: Flask) -> None:
    with app.test_request_context():
        wrong = picking.picked("astar", {"map": "nowhere at all"})
        assert wrong.problems["map"].endswith(".")
        assert wrong.line == "::: demo astar"


def test_a_demo_that_is_not_there_is_told(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(NotFound, match="There is"):
        picking.picked("nothing", {})
