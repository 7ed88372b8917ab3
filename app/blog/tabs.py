"""Tabs that need no script: a row of disclosures with one name, of which one is open at a time."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor


class TabsExtension(Extension):
    """Turns what `/// tab | Title` gives into <div class="tabs"><details name="tabs-1">…."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(_Tabs(md), "tabs", 3)  # after all that looks into a tab


class _Tabs(Treeprocessor):
    def run(self, root: Element) -> None:
        sets = [element for element in root.iter("div") if element.get("class") == "tabbed-set"]
        for number, tabs in enumerate(sets, start=1):
            _as_disclosures(tabs, f"tabs-{number}")


def _as_disclosures(tabs: Element, name: str) -> None:
    """The library's radio buttons, labels and contents, in turn, as one disclosure each; the chosen one is open."""
    pieces = list(tabs)
    for piece in pieces:
        tabs.remove(piece)
    chosen = next((i for i, piece in enumerate(pieces[::3]) if "checked" in piece.attrib), 0)
    tabs.attrib = {"class": "tabs"}
    for index, (label, content) in enumerate(zip(pieces[1::3], pieces[2::3], strict=True)):
        details = SubElement(tabs, "details", {"name": name} | ({"open": "open"} if index == chosen else {}))
        label.tag, label.attrib = "summary", {}
        content.attrib = {"class": "tab"}
        details.extend((label, content))
