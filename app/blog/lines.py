"""Which line of its source each block of a page comes from, for a preview that follows the text.

Markdown does not say where a block stood. Each block is noted as the parser comes to it, before anything has changed
it; its element gets a paragraph with an unguessable word before it, and that becomes an attribute when all is done.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from app.blog.places import fences

FIRST, LAST = 1000, -1000


class LinesExtension(Extension):
    """Puts `<p>{mark}l{number}e</p>` before every block of the page that `source` gives."""

    def __init__(self, source: str, mark: str) -> None:
        super().__init__()
        self.source, self.mark = source, mark
        self.text: list[str] = []  # what the parser gets, after code and HTML have been set aside
        self.aside: dict[str, str] = {}  # the HTML that was, by what stands in its place
        self.blocks: list[tuple[Element, str]] = []
        self.before: tuple[int, Element | None, str] = (0, None, "")

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.register(_Text(self, md), "lines-text", LAST)
        md.parser.blockprocessors.register(_Notes(self, md), "lines-notes", FIRST)
        md.treeprocessors.register(_Marks(self, md), "lines-marks", LAST)

    def note(self, root: Element, block: str) -> None:
        """The parser comes to `block`: what the one before it gave, if anything, stands in `root` now."""
        if not block:  # what stands before a quotation in its own block: nothing
            return
        self.end(root)
        self.before = (len(root), root[-1] if len(root) else None, block)

    def end(self, root: Element) -> None:
        length, last, text = self.before
        if len(root) > length:
            self.blocks.append((root[length], text))
        elif len(root) and root[-1] is not last:  # a term that its definition has made a list of
            self.blocks.append((root[-1], text))


def with_lines(page: str, mark: str) -> str:
    """A finished page whose marks have become `data-line` attributes of what stands behind them."""
    found = re.compile(rf"<p>{mark}l(\d+)e</p>(\s*(?:<!--[^>]*-->)?\s*<(?!p>{mark}l)[a-z][\w-]*)")
    return without_lines(found.sub(r'\2 data-line="\1"', page), mark)


def without_lines(page: str, mark: str) -> str:
    return re.sub(rf"<p>{mark}l\d+e</p>", "", page)


class _Text(Preprocessor):
    def __init__(self, lines: LinesExtension, md: Markdown) -> None:
        super().__init__(md)
        self.lines = lines

    def run(self, lines: list[str]) -> list[str]:
        stash = self.md.htmlStash
        set_aside = {stash.get_placeholder(n): html for n, html in enumerate(stash.rawHtmlBlocks)}
        self.lines.text = lines
        self.lines.aside = {place: html for place, html in set_aside.items() if isinstance(html, str)}
        return lines


class _Notes(BlockProcessor):
    """Looks at every block of the page itself, and takes none."""

    def __init__(self, lines: LinesExtension, md: Markdown) -> None:
        super().__init__(md.parser)
        self.lines = lines

    def test(self, parent: Element, block: str) -> bool:
        if parent is self.parser.root:
            self.lines.note(parent, block)
        return False


class _Marks(Treeprocessor):
    def __init__(self, lines: LinesExtension, md: Markdown) -> None:
        super().__init__(md)
        self.lines = lines

    def run(self, root: Element) -> None:
        self.lines.end(root)
        blocks = self.lines.blocks
        numbers = dict(zip((id(element) for element, _ in blocks), _numbers(self.lines), strict=True))
        for index in reversed(range(len(root))):
            # A block may have been wrapped since, as a picture is by its caption.
            number = next((numbers[id(part)] for part in root[index].iter() if id(part) in numbers), None)
            if number is not None:
                mark = Element("p")
                mark.text = f"{self.lines.mark}l{number}e"
                root.insert(index, mark)


def _numbers(lines: LinesExtension) -> Iterator[int]:
    """The line of the source at which each noted block begins, counted from 1."""
    text, origins = "\n" + "\n".join(lines.text), list(_origins(lines))
    cursor = 0
    for _, block in lines.blocks:
        first = block.split("\n")[0]
        found = text.find(f"\n{block}", cursor)
        if found < 0:  # a processor has put a part of it back, changed
            found = max(text.find(first, cursor), cursor)
        cursor = found + len(first)  # the rest of it may come as a block of its own
        yield origins[min(text.count("\n", 0, found), len(origins) - 1)]


def _origins(lines: LinesExtension) -> Iterator[int]:
    """For every line that the parser gets, the line of the source it comes from; most are the same lines still."""
    raw = [line.expandtabs(4).rstrip() for line in lines.source.split("\n")]
    places: dict[str, list[int]] = {}
    for number, line in enumerate(raw):
        places.setdefault(line, []).append(number)
    ends = {fence.first: fence.last for fence in fences(lines.source)}
    at = 0  # how many lines of the source lie behind
    for line in map(str.rstrip, lines.text):
        same = places.get(line, []) if line else []
        there = next(iter(same[bisect_left(same, at) :]), None)
        if there is not None:
            at = there + 1
            yield at
            continue
        there = next((n for n in range(at, len(raw)) if raw[n]), len(raw) - 1)
        if line:  # code or HTML that was set aside; the line after it has to be looked for behind it
            at = ends.get(there + 1) or there + len(lines.aside.get(line, "").strip().split("\n"))
        yield there + 1
