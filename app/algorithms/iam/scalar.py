"""Single values of a policy’s text, and the error that says its line."""

from __future__ import annotations

import json
import re
from typing import Any

STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')
SINGLE = re.compile(r"'(?:[^'\n]|'')*'")
DEEPEST = 30
WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


class DocumentError(ValueError):
    """A sentence, and the line (from 1) that it is about."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(f"Line {line}: {sentence}")
        self.line = line
        self.sentence = sentence


def scalar(text: str, line: int) -> Any:
    """A YAML scalar: quoted, a word, a whole number, or the text itself."""
    if text.startswith('"'):
        if not STRING.fullmatch(text):
            raise DocumentError(line, "A quotation mark is missing.")
        return _unquoted(text, line)
    if text.startswith("'"):
        if not SINGLE.fullmatch(text):
            raise DocumentError(line, "A quotation mark is missing.")
        return text[1:-1].replace("''", "'")
    if text[:1] in ("&", "*", "!", "@", "`", "%"):
        raise DocumentError(line, f"{text[0]} at the beginning means something else in YAML: put the value in quotes.")
    if text in WORDS:
        return WORDS[text]
    return int(text) if re.fullmatch(r"-?\d+", text) else text


def shallow(path: str, line: int) -> None:
    """Raises DocumentError where values are nested deeper than any policy’s."""
    if path.count("/") > DEEPEST:
        raise DocumentError(line, "This is nested too deep for a policy.")


def below(path: str, key: str | int) -> str:
    """The path of a value inside another."""
    return f"{path}/{key}" if path else str(key)


def _unquoted(text: str, line: int) -> str:
    try:
        return str(json.loads(text))
    except json.JSONDecodeError:
        raise DocumentError(line, "A backslash stands before something that it cannot escape.") from None
