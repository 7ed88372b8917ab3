"""HTML that a notebook printed: a plain table as one in Markdown, anything else as HTML that may stand in a post."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from app.blog import sanitiser

BLOCKED = {"script", "style"}
NUMBER = re.compile(r"[+\-−]?(?:\d[\d,\s]*)?\.?\d+(?:e[+-]?\d+)?%?|nan|-?inf", re.IGNORECASE)
MARKS = re.compile(r"[\\`*\[\]|$~^{}=+#!]|(?<!\w)_|_(?!\w)|(?<=:)/|(?<=\d)\.(?=\s)")
WORDS = re.compile(r"<(?!/?(?:div|p|br|span)\b)\w|[^<>\s](?![^<]*>)")


def markdown_of(html: str) -> str:
    """`html` as it may stand in a text; empty where nothing that can be shown is left of it."""
    reader = _Tables()
    reader.feed(html)
    reader.close()
    if reader.plain and len(reader.tables) == 1:
        return "\n\n".join(filter(None, [_table(reader.tables[0]), _escaped(reader.outside)]))
    cleaned = re.sub(r"\n\s*\n+", "\n", sanitiser.clean(html)).strip()
    return f"<div>\n{cleaned}\n</div>" if WORDS.search(cleaned) else ""


@dataclass
class _Table:
    head: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


class _Tables(HTMLParser):
    """Collects tables of plain cells; `plain` is false once something in one has no form in Markdown."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[_Table] = []
        self.plain, self.outside = True, ""
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._in_head, self._silent, self._open = False, 0, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in BLOCKED:
            self._silent += 1
        elif tag == "table":
            self.plain = self.plain and not self._open
            self._open += 1
            self.tables.append(_Table())
        elif tag == "thead":
            self._in_head = True
        elif tag == "tr":
            self._row = []
        elif tag in ("td", "th") and self._row is not None:
            self._cell = []
            spans = (given.get("colspan") or "1", given.get("rowspan") or "1")
            self.plain = self.plain and spans == ("1", "1")
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")
        elif tag in ("img", "ul", "ol", "pre", "svg", "a", "caption"):
            self.plain = False

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKED:
            self._silent = max(0, self._silent - 1)
        elif tag == "table":
            self._open = max(0, self._open - 1)
        elif tag == "thead":
            self._in_head = False
        elif tag in ("td", "th") and self._cell is not None and self._row is not None:
            self._row.append(" ".join("".join(self._cell).split()))
            self._cell = None
        elif tag == "tr" and self._row is not None and self.tables:
            self._take(self.tables[-1], self._row)
            self._row = None

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._cell is not None:
            self._cell.append(data)
        elif not self._open:
            self.outside = " ".join(f"{self.outside} {data}".split())

    def _take(self, table: _Table, row: list[str]) -> None:
        if not self._in_head:
            table.rows.append(row)
        elif table.head:
            self.plain = False  # a head of two lines
        else:
            table.head = row


def _table(table: _Table) -> str:
    head, *rows = [table.head or [""] * len(table.rows[0]) if table.rows else table.head, *table.rows]
    columns = max((len(row) for row in (head, *rows)), default=0)
    if not columns:
        return ""
    whole = [[*row, *[""] * (columns - len(row))] for row in (head, *rows)]
    under = ["---:" if _is_numbers([row[column] for row in whole[1:]]) else "---" for column in range(columns)]
    lines = [_line(map(_escaped, whole[0])), _line(under), *(_line(map(_escaped, row)) for row in whole[1:])]
    return "\n".join(lines)


def _is_numbers(cells: list[str]) -> bool:
    said = [cell for cell in cells if cell]
    return bool(said) and all(NUMBER.fullmatch(cell) for cell in said)


def _line(cells: object) -> str:
    return f"| {' | '.join(cells)} |"  # type: ignore[arg-type]


def _escaped(text: str) -> str:
    """`text` whose signs are no Markdown. References are used, which every extension leaves alone."""
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return MARKS.sub(lambda mark: f"&#{ord(mark[0])};", plain)
