import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.blog.markdown import Rendered, render, renderer_version, without_demos
from app.errors import AppError, NotFound

ATTACKS = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[x](javascript:alert(1))",
    '<a href="java&#10;script:alert(1)">x</a>',
    "[x](JaVaScRiPt:alert(1) 'x')",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext></p><img src=x onerror=alert(1)></mtext></math>",
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<p style="position:fixed">x</p>',
    '<form action="/x"><input name="y"></form>',
    "![x](data:image/svg+xml;base64,AAAA)",
    "# x {: onclick=alert(1) }",
    "$\\href{javascript:alert(1)}{x}$",
    '<span class="arithmatex">\\(<script>alert(1)</script>\\)</span>',
    "```{.python onclick=alert(1)}\nx\n```",
    "<!--demo:x--><script>alert(1)</script><!--/demo-->",
    "[^1]\n\n[^1]: <script>alert(1)</script>",
]


def embed(name: str, options: dict[str, str]) -> str:
    if name != "style-transfer":
        raise NotFound(f"There is no demo named “{name}”.")
    return f'<section class="bench">{sorted(options.items())}</section>'


def rendered(source: str) -> Rendered:
    return render(source, embed)


def problems(source: str) -> list[tuple[int, str]]:
    return [(remark.line, remark.sentence) for remark in rendered(source).warnings]


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def assert_harmless(html: str) -> None:
    for tag, attributes in Tags(html).found:
        assert tag not in {"script", "style", "iframe", "object", "embed", "form", "svg", "link", "meta", "base"}
        for name, value in attributes.items():
            assert not name.startswith("on")
            assert name != "style"
            if name in {"href", "src", "srcset", "cite"}:
                scheme = re.match(r"[\s\x00-\x20]*([a-z+.-]+):", value.lower())
                assert scheme is None or scheme[1] in {"http", "https", "mailto"}


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_comes_through(attack: str) -> None:
    page = rendered(f"Before.\n\n{attack}\n\nafter")
    assert_harmless(page.html)
    assert_harmless(page.excerpt_html)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*ATTACKS, "\n", "\n\n", "> ", "- ", "$", "`", "*", "<", '"', "text"]), max_size=8))
def test_no_mixture_of_attacks_comes_through(pieces: list[str]) -> None:
    assert_harmless(rendered("".join(pieces)).html)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="#*_`~$[](){}<>!|:-=+^&\\/\n\t \"'abc123é") | st.text())
def test_nothing_an_author_writes_raises(source: str) -> None:
    page = rendered(source)
    assert all(1 <= remark.line <= source.count("\n") + 1 for remark in page.warnings)


@pytest.mark.parametrize(
    ("source", "piece"),
    [
        ("| a |\n|--:|\n| 1 |", '<td align="right">1</td>'),
        ("x[^1]\n\n[^1]: note", '<li id="fn:1">'),
        ("*[HTML]: Hyper\n\nHTML", '<abbr title="Hyper">HTML</abbr>'),
        ("term\n:   meaning", "<dd>meaning</dd>"),
        ("para\n{: .lead }", '<p class="lead">para</p>'),
        ('<div markdown="1">*x*</div>', "<em>x</em>"),
        ("1. item\n\n    ```python\n    x = 1\n    ```", '<span class="n">x</span>'),
        ("`#!python x = 1`", '<span class="n">x</span>'),
        ("!!! note\n    body", '<div class="admonition note">'),
        ("> [!NOTE]\n> body", '<div class="admonition note">'),
        ("/// details | More\ninside\n///", "<summary>More</summary>"),
        ("/// tab | One\nx\n///\n/// tab | Two\ny\n///", '<div class="tabs"><details name="tabs-1" open'),
        ('```python title="a.py" hl_lines="1"\nx\n```', '<span class="filename">a.py</span>'),
        ('```python hl_lines="2"\nx\ny\n```', '<span class="hll">'),
        ("![A](/a.png)\n/// caption\nwords\n///", "<figcaption>"),
        ("~~x~~ H~2~O x^2^ ^^y^^", "<del>x</del> H<sub>2</sub>O x<sup>2</sup> <ins>y</ins>"),
        ("- [x] done", 'aria-label="done"'),
        ('<aside class="note" markdown="1">*x*</aside>', '<aside class="note">'),
        ("```math\nx\n```", '<math display="block">'),
    ],
)
def test_every_extension_works(source: str, piece: str) -> None:
    assert piece in rendered(source).html


@pytest.mark.parametrize("money", ["$20-$30", "$5 and $10", r"\$3", "`$x$`", "it costs $5."])
def test_money_and_code_are_no_mathematics(money: str) -> None:
    assert "<math" not in rendered(money).html


@pytest.mark.parametrize(
    "tex", ["$x$", r"\(x\)", "$$x$$", "$$\nx\n$$", r"\[x\]", "words\n$$\nx\n$$\nwords", "a $x$-axis"]
)
def test_mathematics_is_mathml(tex: str) -> None:
    assert rendered(tex).html.count("<mi>x</mi>") == 1


def test_display_mathematics_scrolls_in_a_box_that_the_keyboard_reaches() -> None:
    box = dict(Tags(rendered("$$x$$").html).found)["div"]
    assert box["class"] == "math"
    assert box["tabindex"] == "0"


def test_a_demo_is_drawn_with_its_options() -> None:
    page = rendered('Words\n::: demo style-transfer steps=20 style="night café"\n:::\nmore')
    assert "<section class=\"bench\">[('steps', '20'), ('style', 'night café')]</section>" in page.html
    assert page.demos == ("style-transfer",)
    assert re.findall(r"<p>(.*?)</p>", page.html) == ["Words", "more"]


@pytest.mark.parametrize("code", ["```\n{}\n```", "    {}", "`{}`", "~~~text\nx\n{}\n~~~"])
def test_a_demo_in_code_is_code(code: str) -> None:
    page = rendered(code.format("::: demo style-transfer"))
    assert page.demos == ()
    assert "bench" not in page.html
    assert "::: demo style-transfer" in re.sub("<[^>]+>", "", page.html)


@pytest.mark.parametrize(
    ("source", "line", "word"),
    [
        ("a\n\n```foolang\nx\n```", 3, "foolang"),
        ("`$\\foo$`\n\n$\\foo$", 3, r"\foo"),
        ("a\n\n$$\n\\foo\n$$", 4, r"\foo"),
        ("a\n\n::: demo nope", 3, "nope"),
        ("::: demo", 1, "name"),
        ("x\n\n::: demo style-transfer steps", 3, "key=value"),
        ('::: demo style-transfer a="b', 1, "quotation"),
        ("a\n\n![](/x.png)", 3, "alt"),
    ],
)
def test_every_problem_has_a_line_and_a_sentence(source: str, line: int, word: str) -> None:
    found = problems(source)
    assert [number for number, _ in found] == [line]
    assert word in found[0][1]
    assert found[0][1].endswith(".")


def test_a_clean_text_has_no_problem() -> None:
    assert problems("## A\n\n![A tree](/x.png) $x$\n\n```python\nx\n```\n\n```\nplain\n```") == []


def test_a_page_carries_so_many_demos_and_no_more() -> None:
    page = rendered("::: demo style-transfer\n\n" * 32)
    assert len(page.demos) == page.html.count('<section class="bench">') == 30
    assert [remark.line for remark in page.warnings] == [61, 63]


def test_a_wrong_demo_says_so_in_its_place() -> None:
    assert "There is no demo named “nope”." in rendered("::: demo nope").html


@pytest.mark.parametrize("mark", ["<!-- more -->", "<!--more-->", "<!-- TEASER_END -->", "<!-- END_TEASER -->"])
def test_the_excerpt_ends_at_its_mark(mark: str) -> None:
    page = rendered(f"One[^1] $x$.\n\nTwo.\n\n{mark}\n\nThree.\n\n[^1]: note")
    assert "One <math>" in page.excerpt_html.replace("One<", "One <")
    assert "Two" in page.excerpt_html
    assert "Three" not in page.excerpt_html
    assert "footnote" not in page.excerpt_html
    assert "Three" in page.html
    assert "cut" not in page.html


def test_without_a_mark_the_excerpt_is_the_first_paragraph_with_words() -> None:
    page = rendered("## Heading\n\n![A](/a.png)\n\n::: demo style-transfer\n\nFirst *words*.\n\nSecond.")
    assert page.excerpt_html == "<p>First <em>words</em>.</p>"


def test_a_mark_in_code_cuts_nothing() -> None:
    assert rendered("First.\n\n`<!-- more -->` second").excerpt_html == "<p>First.</p>"


def test_contents_are_the_headings_of_two_levels() -> None:
    contents = rendered("## A & $x$\n\n### B\n\n#### C\n\n## Ü").contents
    assert [(entry["id"], entry["name"]) for entry in contents] == [("a--x", "A & x"), ("ü", "Ü")]
    assert [entry["name"] for entry in contents[0]["children"]] == ["B"]


def test_words_are_those_a_reader_sees() -> None:
    assert rendered("One *two* [three](/four)").words == 3


def test_demos_can_be_taken_out_again() -> None:
    page = rendered("a\n\n::: demo style-transfer\n\nb")
    assert without_demos(page.html, lambda name: f"[{name}]") == "<p>a</p>\n[style-transfer]\n<p>b</p>"


LINKS = "[a](/posts/one) [b](/posts/two#x) [c](https://e.org/posts/y) [d](//e.org/x)"


def test_links_to_pages_that_are_not_there_are_remarked_on() -> None:
    page = render(f"x\n\n{LINKS}", embed, exists=lambda path: path == "/posts/one")
    assert [(remark.line, "/posts/two#x" in remark.sentence) for remark in page.warnings] == [(3, True)]


def test_the_same_source_gives_the_same_bytes() -> None:
    source = "![a](/a.png)\n{: .b #c }\n\n- [x] y\n\nx[^1] $y$\n\n::: demo style-transfer\n\n[^1]: z"
    assert len({rendered(source).html for _ in range(20)}) == 1
    assert len(renderer_version()) == 16


def test_all_pictures_but_the_first_wait_until_they_are_seen() -> None:
    page = rendered("![A tree](/a.png)\n\n<!-- more -->\n\n![A bush](/b.png)")
    assert '<img src="/a.png" alt="A tree" decoding="async">' in page.html
    assert '<img src="/b.png" alt="A bush" loading="lazy" decoding="async">' in page.html
    assert '<img src="/a.png" alt="A tree" loading="lazy" decoding="async">' in page.excerpt_html


def test_check_boxes_can_only_be_looked_at() -> None:
    page = rendered("- [x] a\n- [ ] b\n\n<input type=text name=q value=z>")
    assert re.findall("<input[^>]*>", page.html) == [
        '<input type="checkbox" disabled aria-label="done" checked>',
        '<input type="checkbox" disabled aria-label="to do">',
        '<input type="checkbox" disabled aria-label="to do">',
    ]


def test_an_error_of_a_demo_itself_is_not_hidden() -> None:
    def broken(name: str, options: dict[str, str]) -> str:
        raise RuntimeError("a defect")

    with pytest.raises(RuntimeError):
        render("::: demo x", broken)
    assert not issubclass(RuntimeError, AppError)
