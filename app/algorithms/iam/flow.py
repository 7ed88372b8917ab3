"""JSON, and the same brackets inside YAML, with the line of every value. Source: RFC 8259."""

from __future__ import annotations

import re
from typing import Any

from app.algorithms.iam.scalar import SINGLE, STRING, DocumentError, below, scalar, shallow

NAME = re.compile(r"[^\s,\[\]{}:\"'][^,\[\]{}:\n]*")
PLAIN = re.compile(r"[^\s,\[\]{}:\"'][^,\[\]{}\n]*")


class Flow:
    """Reads from its text, value by value; `lines` maps the path of each to its line."""

    def __init__(self, text: str, first_line: int = 1) -> None:
        self.text, self.at, self.first = text, 0, first_line
        self.lines: dict[str, int] = {}

    def line(self) -> int:
        return self.first + self.text.count("\n", 0, self.at)

    def peek(self) -> str:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1
        return self.text[self.at : self.at + 1]

    def value(self, path: str) -> Any:
        opening = self.peek()
        shallow(path, self.line())
        self.lines[path] = self.line()
        if opening == "{":
            return self._mapping(path)
        if opening == "[":
            return self._list(path)
        return self._scalar()

    def _mapping(self, path: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        self.at += 1
        while self._more("}", bool(found)):
            line, key = self.line(), self._scalar(NAME)
            if not isinstance(key, str):
                raise DocumentError(line, "A name is a text in quotes.")
            if key in found:
                raise DocumentError(line, f"{key} is there twice.")
            if self.peek() != ":":
                raise DocumentError(self.line(), f"A colon is missing after {key}.")
            self.at += 1
            found[key] = self.value(below(path, key))
        return found

    def _list(self, path: str) -> list[Any]:
        found: list[Any] = []
        self.at += 1
        while self._more("]", bool(found)):
            found.append(self.value(below(path, len(found))))
        return found

    def _more(self, closing: str, started: bool) -> bool:
        """Steps over a comma or the closing bracket; whether another value follows."""
        here = self.peek()
        if here == closing:
            self.at += 1
            return False
        if not here:
            raise DocumentError(self.line(), f"The end comes before a closing {closing}.")
        if started:
            if here != ",":
                raise DocumentError(self.line(), "A comma is missing.")
            self.at += 1
            if self.peek() == closing:
                raise DocumentError(self.line(), f"There is a comma too many before {closing}.")
        return True

    def _scalar(self, plain: re.Pattern[str] = PLAIN) -> Any:
        self.peek()
        for pattern in (STRING, SINGLE, plain):
            if found := pattern.match(self.text, self.at):
                line = self.line()
                self.at = found.end()
                return scalar(found[0].strip(), line)
        raise DocumentError(self.line(), "A value is missing, or a quotation mark.")
