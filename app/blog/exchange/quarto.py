"""Quarto's documents: code that it would run stays as code, callouts are quotes that call out.

Source: quarto.org, “Front Matter”, “Callout Blocks”, “Computations”.
"""

from __future__ import annotations

import re
from dataclasses import replace

from app.blog.exchange.sheet import Sheet

NAMES = {"date-modified": "updated", "image-alt": "cover_alt"}
CHUNK = re.compile(r"^(?P<indent> *)(?P<marks>`{3,})\{(?P<language>\w+)[^}\n]*\}[ \t]*$")
OPTION = re.compile(r"^\s*(?:#|//|--|%%)\| ")
DIV = re.compile(r"^(?P<colons>:{3,})[ \t]*\{(?P<attributes>[^}]*)\}[ \t]*$")
END = re.compile(r"^(?P<colons>:{3,})[ \t]*$")
KIND = re.compile(r"\.callout-(note|tip|important|warning|caution)")
TITLE = re.compile(r'title="([^"]*)"')
HEADING = re.compile(r"^#{1,6} +(?P<title>.+?)[ \t]*$")
FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")


def read(sheet: Sheet) -> Sheet:
    """`sheet` with our keys, its blocks as Markdown."""
    known = sheet.renamed(NAMES).with_aliases()
    known = known.with_tags("tags", "categories") if "categories" in known.front else known
    return blocks(known.with_cover("image").with_dates())


def blocks(sheet: Sheet) -> Sheet:
    return replace(sheet, body=_callouts(_chunks(sheet.body)))


def _chunks(text: str) -> str:
    """Code that would be run, as code in its language; what stood at its head for Quarto goes."""
    lines: list[str] = []
    head = False
    for line in text.split("\n"):
        chunk = CHUNK.match(line)
        if chunk:
            lines.append(f"{chunk['indent']}{chunk['marks']}{chunk['language']}")
        elif not (head and OPTION.match(line)):
            lines.append(line)
            head = False
            continue
        head = True
    return "\n".join(lines)


def _callouts(text: str) -> str:
    """`::: {.callout-tip}` as `> [!TIP]`; other blocks between colons stay as they are."""
    lines = text.split("\n")
    out: list[str] = []
    number = 0
    fence = ""
    while number < len(lines):
        opened = DIV.match(lines[number])
        kind = KIND.search(opened["attributes"]) if opened and not fence else None
        end = _end(lines, number) if kind else None
        if opened and kind and end is not None:
            out += _called_out(kind[1], opened["attributes"], lines[number + 1 : end])
            number = end + 1
            continue
        marks = FENCE.match(lines[number])
        if marks:
            fence = "" if fence and marks[1].startswith(fence) else fence or marks[1]
        out.append(lines[number])
        number += 1
    return "\n".join(out)


def _end(lines: list[str], start: int) -> int | None:
    """The line that closes the block opened at `start`; blocks may stand in blocks."""
    depth = 0
    for number in range(start, len(lines)):
        if DIV.match(lines[number]):
            depth += 1
        elif END.match(lines[number]):
            depth -= 1
            if depth == 0:
                return number
    return None


def _called_out(kind: str, attributes: str, inside: list[str]) -> list[str]:
    while inside and not inside[0].strip():
        inside = inside[1:]
    while inside and not inside[-1].strip():
        inside = inside[:-1]
    given = TITLE.search(attributes)
    heading = HEADING.match(inside[0]) if inside and not given else None
    title = given[1] if given else heading["title"] if heading else ""
    folded = "-" if re.search(r"collapse=\"?true", attributes) else ""
    body = _callouts("\n".join(inside[1:] if heading else inside)).strip("\n").split("\n")
    return [f"> [!{kind.upper()}]{folded}{' ' + title if title else ''}", *(f"> {line}".rstrip() for line in body)]
