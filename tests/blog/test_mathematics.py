import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.blog.mathematics import ATTRIBUTES, ELEMENTS, MathProblem, to_mathml
from tests.blog.formulas import FORMULAS

SHOWN = {
    r"\operatorname*{arg}_x f": ["arg", "f"],
    r"\arg\min_x f": ["a", "r", "g", "min"],
    r"\begin{aligned} a &= b \\ c &= d \end{aligned}": ["a", "b", "c", "d"],
    r"\begin{gathered} a \\ b \end{gathered}": ["a", "b"],
    r"\text{if $x$ is small}": ["x"],
    r"\mathcal{L}_{\text{style}} = \sum_l w_l \lVert G^l - A^l \rVert_F^2": ["style", "∑", "G"],
    r"x < y": ["<"],
    r"\$ 5": ["$"],
}
REFUSED = {
    r"\foo{x}": r"\foo",
    r"a & b": "&",
    r"\frac{1}{2": "brace",
    r"}{": "brace",
    r"": "read",
    r"\left( x": "read",
    r"\DeclareMathOperator{\x}{y}": "nothing",
}


def texts(mathml: str) -> list[str]:
    tree = ElementTree.fromstring(mathml)
    return [e.text for e in tree.iter() if e.text and e.tag != "annotation"]


@pytest.mark.parametrize("tex", SHOWN)
def test_what_the_library_gets_wrong_is_right(tex: str) -> None:
    shown = "".join(texts(to_mathml(tex, display=True)))
    assert all(piece in shown for piece in SHOWN[tex])
    assert not re.search(r"\\[a-z]|&", shown)


def test_aligned_equations_have_a_row_each() -> None:
    tree = ElementTree.fromstring(to_mathml(r"\begin{aligned} a &= b \\ c &= d \end{aligned}", display=True))
    assert len(tree.findall(".//mtr")) == 2


@pytest.mark.parametrize("tex", FORMULAS)
def test_the_formulas_of_such_posts_are_shown_whole_and_in_order(tex: str) -> None:
    seen = re.sub(r"[\s\u2061]", "", "".join(texts(to_mathml(tex, display=True))))
    assert FORMULAS[tex] in seen


@pytest.mark.parametrize("name", ["aligned", "align*", "split", "gathered", "cases", "pmatrix"])
def test_every_row_is_a_row(name: str) -> None:
    tree = ElementTree.fromstring(to_mathml(rf"\begin{{{name}}} a \\ b \\ c \end{{{name}}}", display=True))
    assert [len(table) for table in tree.iter("mtable")] == [3]


@pytest.mark.parametrize("tex", REFUSED)
def test_what_cannot_be_shown_is_refused_with_its_cause(tex: str) -> None:
    with pytest.raises(MathProblem) as refused:
        to_mathml(tex, display=False)
    assert REFUSED[tex] in str(refused.value)


def test_upright_letters_stay_upright() -> None:
    upright, slanted = (ElementTree.fromstring(to_mathml(tex, display=False)) for tex in (r"\mathrm{d}x", "d"))
    assert [e.get("mathvariant") for e in upright.iter("mi")] == ["normal", None]
    assert [e.get("mathvariant") for e in slanted.iter("mi")] == [None]


def test_the_source_goes_along() -> None:
    tree = ElementTree.fromstring(to_mathml("x < y", display=False))
    assert tree.findtext(".//annotation") == "x < y"


@given(st.text(alphabet=r"\{}^_&$<>\"'ab1 +=") | st.text())
def test_any_text_gives_clean_mathml_or_a_sentence(tex: str) -> None:
    try:
        mathml = to_mathml(tex, display=False)
    except MathProblem as problem:
        assert str(problem).endswith(".")
        return
    for element in ElementTree.fromstring(mathml).iter():
        assert element.tag in [*ELEMENTS.split(), "semantics", "annotation"]
        assert set(element.attrib) <= {*ATTRIBUTES.split(), "encoding"}


@pytest.mark.parametrize(
    "tex", [r"\href{javascript:alert(1)}{x}", r"\text{<script>alert(1)</script>}", r"\style{x:y}{x}"]
)
def test_no_markup_comes_through(tex: str) -> None:
    mathml = to_mathml(tex, display=False)
    assert not re.search(r"<script|href=|style=", mathml)


def test_bars_and_slashes_stand_as_close_as_letters_and_relations_do_not() -> None:
    shown = to_mathml(r"P(A|B) = \|x\| / 2 \mid y", display=False)
    close = re.findall(r'<mo[^>]*lspace="0" rspace="0"[^>]*>(.)</mo>', shown)
    assert close == ["|", "‖", "‖", "/"]
    assert "lspace" not in to_mathml(r"\left|x\right| = y", display=False)
