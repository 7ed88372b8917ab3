"""Links are found as Python-Markdown finds them, only faster: held against the library as it is."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import markdown

from app.blog.brackets import NEAR, BracketsExtension

PIECES = st.sampled_from(
    [
        "[",
        "]",
        "(",
        ")",
        "![",
        "](",
        "[a](/b)",
        "[a]",
        "[a][b]",
        "x",
        " ",
        "\n",
        "\\[",
        '"',
        "'",
        "<",
        ">",
        "`",
        "y" * NEAR,
    ]
)


@settings(max_examples=300, deadline=None)
@example('[]("(')
@given(st.lists(PIECES, max_size=30).map("".join))
def test_the_same_links_are_found(text: str) -> None:
    source = f"{text}\n\n[a]: /c\n[b]: /d 'e'"
    assert markdown(source, extensions=[BracketsExtension()]) == markdown(source)


def test_brackets_far_apart_find_each_other() -> None:
    long = "words " * NEAR
    for source in (f"[{long}[x] {long}](/a)", f"![{long}](/a)", f"[{long}][a]\n\n[a]: /b", "[" * 500 + long + "](/a)"):
        assert markdown(source, extensions=[BracketsExtension()]) == markdown(source)


def test_of_each_bracket_only_what_is_near_is_looked_at() -> None:
    looked: list[int] = []

    class Counted(str):
        def __getitem__(self, key):  # type: ignore[no-untyped-def]
            looked.append(1)
            return str.__getitem__(self, key)

    from markdown import Markdown
    from markdown.inlinepatterns import LinkInlineProcessor

    md = Markdown(extensions=[BracketsExtension()])
    (link,) = [pattern for pattern in md.inlinePatterns if type(pattern) is LinkInlineProcessor]
    data = Counted("[" * 5000)
    assert [link.getText(data, index)[2] for index in range(1, 5000, 100)] == [False] * 50
    assert len(looked) <= 2 * 50
