"""Text as a block of code, whatever is in it."""

from __future__ import annotations

import re

ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
MOST_LINES, FIRST, LAST = 200, 120, 40
LEFT_OUT = "[… {:,} lines left out]"


def fenced(text: str, language: str = "") -> str:
    """A fence that is longer than any in `text`."""
    runs = [len(run) for run in re.findall(r"`{3,}", text)]
    marks = "`" * max(3, max(runs, default=0) + 1)
    return f"{marks}{language}\n{text.rstrip(chr(10))}\n{marks}"


def printed(text: str) -> str:
    """What a terminal shows of `text` in the end: no colours, and of a line that was written over its last form."""
    shown = ANSI.sub("", text.replace("\r\n", "\n"))
    lines = [_overwritten(line) for line in shown.split("\n")]
    return CONTROL.sub("", "\n".join(lines)).strip("\n")


def shortened(text: str) -> str:
    """The beginning and the end of an output that nobody reads whole."""
    lines = text.split("\n")
    if len(lines) <= MOST_LINES:
        return text
    return "\n".join([*lines[:FIRST], LEFT_OUT.format(len(lines) - FIRST - LAST), *lines[-LAST:]])


def _overwritten(line: str) -> str:
    forms = [form for form in line.split("\r") if form]
    shown: list[str] = []
    for character in forms[-1] if forms else "":
        if character != "\b":
            shown.append(character)
        elif shown:
            shown.pop()
    return "".join(shown)
