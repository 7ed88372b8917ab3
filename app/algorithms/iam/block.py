"""YAML in blocks, as gcloud prints policies: mappings, lists, scalars, by their indentation.

Source: yaml.org/spec/1.2.2. Anchors, tags and several documents are not read.
"""

from __future__ import annotations

import re
from typing import Any

from app.algorithms.iam.flow import Flow
from app.algorithms.iam.scalar import DocumentError, below, scalar, shallow

KEY = re.compile(r"""^("(?:[^"\\]|\\.)*"|'[^']*'|[^\s#:\[{"'-][^:#]*?|-[^\s:#][^:#]*?)\s*:(?:\s+(.*))?$""")


def uncommented(line: str) -> str:
    """A line without its comment: a # at its beginning or after a blank, outside quotes."""
    quote = ""
    for at, letter in enumerate(line):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'" and line[:at].endswith((" ", "[", ",", "(")):  # inside a word it is an apostrophe
            quote = letter
        elif letter == "#" and (at == 0 or line[at - 1] == " "):
            return line[:at]
    return line


class Block:
    """Reads rows of one indentation after another; `lines` maps the path of each value to its line."""

    def __init__(self, text: str) -> None:
        self.raw = text.replace("\r\n", "\n").split("\n")
        self.lines: dict[str, int] = {}
        self.rows: list[tuple[int, str, int]] = []  # indentation, text, line
        for number, line in enumerate(self.raw, 1):
            if "\t" in line[: len(line) - len(line.lstrip())]:
                raise DocumentError(number, "YAML is indented with spaces, not tabs.")
            bare = uncommented(line).rstrip()
            if bare == "---" and self.rows:
                raise DocumentError(number, "Another document begins here: paste one at a time.")
            if bare.strip() and bare != "---":
                self.rows.append((len(bare) - len(bare.lstrip()), bare.lstrip(), number))
        self.at = 0

    def whole(self) -> Any:
        if not self.rows:
            raise DocumentError(1, "There is nothing here: paste a policy.")
        data = self._block(self.rows[0][0], "")
        if self.at < len(self.rows):
            raise DocumentError(self.rows[self.at][2], "This line is not indented like the ones before it.")
        return data

    def _block(self, indent: int, path: str) -> Any:
        _, text, line = self.rows[self.at]
        shallow(path, line)
        self.lines.setdefault(path, line)
        if text == "-" or text.startswith("- "):
            return self._list(indent, path)
        if KEY.match(text):
            return self._mapping(indent, path)
        self.at += 1
        return self._inline(text, line, indent, path)

    def _list(self, indent: int, path: str) -> list[Any]:
        found: list[Any] = []
        while self._here(indent) and self.rows[self.at][1][:2] in ("-", "- "):
            _, text, line = self.rows[self.at]
            inner = text[1:].lstrip()
            where = below(path, len(found))
            self.lines[where] = line
            if inner:  # what follows the dash is a block that begins where it stands
                deeper = indent + len(text) - len(inner)
                self.rows[self.at] = (deeper, inner, line)
                found.append(self._block(deeper, where))
            else:
                self.at += 1
                found.append(self._nested(indent, where, same=False))
        return found

    def _mapping(self, indent: int, path: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while self._here(indent) and (pair := KEY.match(self.rows[self.at][1])):
            line = self.rows[self.at][2]
            key = str(scalar(pair[1], line))
            if key in found:
                raise DocumentError(line, f"{key} is there twice.")
            where = below(path, key)
            self.lines[where] = line
            self.at += 1
            value = (pair[2] or "").strip()
            found[key] = self._inline(value, line, indent, where) if value else self._nested(indent, where, same=True)
        return found

    def _here(self, indent: int) -> bool:
        return self.at < len(self.rows) and self.rows[self.at][0] == indent

    def _nested(self, indent: int, path: str, *, same: bool) -> Any:
        """What stands below a name or a dash: deeper, or for a name a list at the same depth, as gcloud prints it."""
        if self.at == len(self.rows):
            return None
        depth, text, _ = self.rows[self.at]
        if depth > indent or (same and depth == indent and text[:2] in ("-", "- ")):
            return self._block(depth, path)
        return None

    def _inline(self, value: str, line: int, indent: int, path: str) -> Any:
        if value[0] in "[{":
            flow = Flow(value, line)
            data = flow.value(path)
            if flow.peek():
                raise DocumentError(line, "Something follows after the closing bracket.")
            self.lines.update(flow.lines)
            return data
        if re.fullmatch(r"[|>][-+]?", value):
            return self._text(value, line, indent)
        while self.at < len(self.rows) and self.rows[self.at][0] > indent:  # a plain value goes on below
            value += " " + self.rows[self.at][1]
            self.at += 1
        return scalar(value, line)

    def _text(self, mark: str, line: int, indent: int) -> str:
        """A block scalar: its raw lines, without their common indentation."""
        taken = []
        for raw in self.raw[line:]:
            if raw.strip() and len(raw) - len(raw.lstrip()) <= indent:
                break
            taken.append(raw)
        while self.at < len(self.rows) and self.rows[self.at][2] <= line + len(taken):
            self.at += 1
        margin = min((len(raw) - len(raw.lstrip()) for raw in taken if raw.strip()), default=0)
        text = ("\n" if mark[0] == "|" else " ").join(raw[margin:].rstrip() for raw in taken).rstrip()
        return text if mark.endswith("-") else text + "\n"
