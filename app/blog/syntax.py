"""What our Markdown has beyond Python-Markdown's: demos on a line, and money that is not mathematics."""

from __future__ import annotations

import re
import secrets
import shlex
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from app.errors import AppError

DEMO_LINE = re.compile(r"^ {0,3}(?P<line>:::[ \t]*demo\b[^\n]*?)[ \t]*$(?:\n {0,3}:::[ \t]*$)?", re.MULTILINE)
DISPLAY_MATH = re.compile(r"^ {0,3}\$\$(?!\$).+?(?<!\\)\$\$[ \t]*$", re.MULTILINE | re.DOTALL)
DEMO = re.compile(r":::[ \t]*demo(?:[ \t]+(?P<name>[^\s]+))?(?P<options>.*)")
CLOSING_DOLLAR = r"(?<!\s)(?:\$)"


class PlaypressExtension(Extension):
    """Leaves a paragraph with an unguessable word for each demo; `demos` are their lines, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.mark = f"demo{secrets.token_hex(12)}n"
        self.demos: list[str] = []

    def extendMarkdown(self, md: Markdown) -> None:
        md.parser.blockprocessors.register(_DemoBlock(md.parser, self), "demo", 79.95)
        md.parser.blockprocessors.register(_MathInParagraph(md.parser), "math-in-paragraph", 79.92)
        md.treeprocessors.register(_NoEmptyAlt(md), "no-empty-alt", 6)
        _spare_money(md)
        _spare_colons(md)


def demo_of(line: str) -> tuple[str, dict[str, str]]:
    """The name and options of `::: demo name key=value key="two words"`. Raises AppError."""
    match = DEMO.match(line)
    if not match or not match["name"]:
        raise AppError("A demo needs its name, such as ::: demo style-transfer.")
    try:
        parts = shlex.split(match["options"].removesuffix(":::"))
    except ValueError:
        raise AppError("A demo's options have a quotation mark without its partner.") from None
    wrong = next((part for part in parts if "=" not in part), None)
    if wrong:
        raise AppError(f"A demo's options are written key=value; “{wrong}” is not.")
    return match["name"], {key: value for key, _, value in (part.partition("=") for part in parts)}


class _DemoBlock(BlockProcessor):
    def __init__(self, parser: object, extension: PlaypressExtension) -> None:
        super().__init__(parser)  # type: ignore[arg-type]
        self.extension = extension

    def test(self, parent: Element, block: str) -> bool:
        return bool(DEMO_LINE.search(block))

    def run(self, parent: Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        match = DEMO_LINE.search(block)
        assert match
        if block[: match.start()].strip():
            self.parser.parseBlocks(parent, [block[: match.start()].rstrip("\n")])
        SubElement(parent, "p").text = AtomicString(f"{self.extension.mark}{len(self.extension.demos)}e")
        self.extension.demos.append(match["line"])
        rest = block[match.end() :].lstrip("\n")
        if rest:
            blocks.insert(0, rest)
        elif blocks and blocks[0].strip() == ":::":
            blocks.pop(0)


class _MathInParagraph(BlockProcessor):
    """Cuts a paragraph around display mathematics that has no empty lines around it."""

    def test(self, parent: Element, block: str) -> bool:
        match = DISPLAY_MATH.search(block)
        return bool(match) and match[0].strip() != block.strip()  # type: ignore[index]

    def run(self, parent: Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        match = DISPLAY_MATH.search(block)
        assert match
        parts = (block[: match.start()].rstrip("\n"), match[0].strip(), block[match.end() :].lstrip("\n"))
        blocks[:0] = [part for part in parts if part.strip()]


class _NoEmptyAlt(Treeprocessor):
    """Takes alt="" from pictures written in Markdown: only who writes it in HTML says that one is decoration."""

    def run(self, root: Element) -> None:
        for image in root.iter("img"):
            if not image.get("alt", "").strip():
                image.attrib.pop("alt", None)


def _spare_money(md: Markdown) -> None:
    """Pandoc's rule, which arithmatex lacks: no digit may follow the closing dollar sign of a formula."""
    inline = md.inlinePatterns["arithmatex-inline"]
    pattern = inline.pattern.replace(CLOSING_DOLLAR, CLOSING_DOLLAR + r"(?!\d)")
    inline.compiled_re = re.compile(pattern, re.DOTALL | re.UNICODE)


def _spare_colons(md: Markdown) -> None:
    """Three colons begin a demo; so only #!python, not :::python, names the language of code within a line."""
    md.inlinePatterns["backtick"].RE_LANG = re.compile(r"^(\#!(?P<lang>[\w#.+-]+)\s+)")  # type: ignore[attr-defined]
