"""Code that is coloured once is coloured as the library does it, whatever was coloured before."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from app.blog.colouring import ColouringExtension, coloured
from app.blog.markdown import COLOURS
from app.blog.recent import Recent

CODES = st.sampled_from(["x = 1\n", "if x:\n    pass\n", "<b>&amp;</b>\n", "  \n"])
HEADS = st.sampled_from(
    [
        "",
        "python",
        "html",
        "nonesuch",
        'python linenums="7"',
        'python hl_lines="1"',
        'python title="A file"',
        "{.python #here}",
    ]
)
FENCES = st.lists(st.tuples(HEADS, CODES, st.sampled_from(["", "> ", "    "])), min_size=1, max_size=8)


def page(text: str, *highlight: object) -> str:
    extensions = ["pymdownx.superfences", "pymdownx.inlinehilite", *highlight]
    return Markdown(extensions=extensions, extension_configs={"pymdownx.highlight": COLOURS}).convert(text)


@settings(deadline=None, max_examples=40)
@given(FENCES)
def test_it_is_what_the_library_gives(fences: list[tuple[str, str, str]]) -> None:
    blocks = [f"```{head}\n{code}```" for head, code, _ in fences]
    indented = [
        "\n".join(indent + line for line in block.split("\n"))
        for block, (_, _, indent) in zip(blocks, fences, strict=True)
    ]
    text = "\n\n".join([*indented, "Inline `#!python x = 1`."])
    assert page(text, ColouringExtension(**COLOURS)) == page(text, "pymdownx.highlight")


def test_the_same_code_is_coloured_once() -> None:
    text = "```python\nonly_here = 1\n```"
    page(text, ColouringExtension(**COLOURS))
    before = dict(coloured.values)
    page(f"Other words.\n\n{text}\n\n{text}", ColouringExtension(**COLOURS))
    assert dict(coloured.values) == before


@given(st.lists(st.integers(0, 12), max_size=80), st.integers(1, 8))
def test_the_last_ones_asked_for_are_there(asked: list[int], most: int) -> None:
    recent: Recent[int] = Recent(most)
    for number in asked:
        assert recent.of(number, lambda number=number: number**2) == number**2  # type: ignore[misc]
    last = list(dict.fromkeys(reversed(asked)))[:most]
    assert list(recent.values) == last[::-1]
