"""TeX to MathML, on the server and checked: what cannot be shown right is refused.

latex2mathml turns what it does not know into plain letters without a word. So what it is known to get wrong
is rewritten first, and its answer is rebuilt from a list of allowed elements, which finds leftovers and lets
no markup through that stood in a formula.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from latex2mathml.converter import convert_to_element

ELEMENTS = (
    "math mrow mi mn mo mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover "
    "mmultiscripts mprescripts none mtable mtr mtd mstyle mpadded mphantom menclose merror"
)
ATTRIBUTES = (
    "accent accentunder columnalign columnlines columnspacing depth display displaystyle fence form "
    "height largeop linethickness lspace mathcolor mathvariant maxsize minsize movablelimits notation "
    "rowlines rowspacing rspace scriptlevel separator stretchy symmetric voffset width"
)
REWRITES = (
    (re.compile(r"\\(begin|end)\{(?:aligned|gathered)\}"), r"\\\1{split}"),
    (re.compile(r"\\operatorname\*\s*\{([^{}]*)\}"), r"\\mathop{\\mathrm{\1}}\\limits"),
    (re.compile(r"\\arg(?![a-zA-Z])"), r"\\mathrm{arg}"),
    (re.compile(r"\\(?:nonumber|notag)(?![a-zA-Z])"), ""),
)
TEXT = re.compile(r"\\text\{([^{}$]*)\$([^{}$]+)\$([^{}]*)\}")
CONTROL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
COMMAND = re.compile(r"\\[a-zA-Z]+")
ORDINARY = {"|", "‖", "/"}  # TeX sets these like letters; MathML takes them for relations, with space on both sides
LETTER_BY_NUMBER = re.compile(r"&#x0*[0-9a-fA-F]{2};")


class MathProblem(ValueError):
    """A formula that cannot be shown; the message says why, for its author."""


@lru_cache(1024)  # a text is rendered again and again while it is written
def to_mathml(tex: str, *, display: bool) -> str:
    """One `<math>` element with the TeX as its annotation. Raises MathProblem."""
    tex = CONTROL.sub("", tex).strip()
    _refuse_unbalanced(tex)
    try:
        converted = convert_to_element(_rewritten(tex), display="block" if display else "inline")
    except Exception as error:  # the library raises a class of its own for each mistake, some without a base
        raise MathProblem(f"This formula cannot be read: {_cause(error)}.") from error
    rebuilt = _rebuilt(converted)
    if not any((element.text or "").strip() for element in rebuilt.iter()):
        raise MathProblem("This formula shows nothing.")
    return ElementTree.tostring(_annotated(rebuilt, tex, display), encoding="unicode")


def _refuse_unbalanced(tex: str) -> None:
    depth = 0
    for token in re.findall(r"\\.|[{}]", tex, re.DOTALL):
        depth += (token == "{") - (token == "}")
        if depth < 0:
            break
    if depth:
        raise MathProblem("This formula has a brace without its partner.")


def _rewritten(tex: str) -> str:
    for pattern, replacement in REWRITES:
        tex = pattern.sub(replacement, tex)
    while TEXT.search(tex):
        tex = TEXT.sub(r"\\text{\1}\2\\text{\3}", tex)
    return tex.replace(r"\text{}", "")


def _cause(error: Exception) -> str:
    words = re.sub(r"(?<!^)([A-Z])", r" \1", type(error).__name__.removesuffix("Error")).lower()
    return words if "value" not in words else "a part of it is missing"


def _rebuilt(element: Element) -> Element:
    """A copy made of allowed elements and attributes only. Raises MathProblem for leftovers of TeX."""
    tag = element.tag.rpartition("}")[2]
    if tag not in ELEMENTS.split():
        raise MathProblem(f"This formula uses {tag}, which cannot be shown.")
    copy = Element(tag, {name: value for name, value in element.attrib.items() if name in ATTRIBUTES.split()})
    if tag == "mo" and not element.text and not len(element):
        raise MathProblem("This formula has an operator that cannot be shown.")
    copy.text = _checked(tag, html.unescape(element.text or "")) or None
    if tag == "mi" and LETTER_BY_NUMBER.fullmatch(element.text or "") and (copy.text or "").isalpha():
        copy.set("mathvariant", "normal")  # an upright letter: the library writes it as its number, and no more
    if tag == "mo" and copy.text in ORDINARY and "form" not in copy.attrib:
        copy.attrib |= {"lspace": "0", "rspace": "0"}
    copy.extend([_rebuilt(child) for child in element])
    return copy


def _checked(tag: str, text: str) -> str:
    command = COMMAND.search(text)
    if command:
        raise MathProblem(f"{command[0]} is not known here.")
    if tag in ("mi", "mo") and text == "&":
        raise MathProblem("This formula has an & outside an alignment.")
    if "$" in text and (tag == "mtext" or len(text) > 1):
        raise MathProblem("This formula has a dollar sign inside.")
    return text


def _annotated(rebuilt: Element, tex: str, display: bool) -> Element:
    math = Element("math", {"display": "block"} if display else {})
    semantics = ElementTree.SubElement(math, "semantics")
    rebuilt.tag, rebuilt.attrib = "mrow", {}
    semantics.append(rebuilt[0] if len(rebuilt) == 1 else rebuilt)
    annotation = ElementTree.SubElement(semantics, "annotation", {"encoding": "application/x-tex"})
    annotation.text = tex
    return math
