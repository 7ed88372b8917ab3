"""Front matter in the ways in which blogs write it: YAML, TOML, JSON, Nikola's comment and Bear's plain lines."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from typing import Any, Literal

from app.blog import frontmatter
from app.blog.exchange.sheet import plain
from app.errors import AppError

Syntax = Literal["yaml", "toml", "json", "nikola", "bear", "none"]

TOML = re.compile(r"\A\+\+\+[ \t]*\r?\n(?P<head>.*?)^\+\+\+[ \t]*(?:\r?\n|\Z)(?:\r?\n)?", re.DOTALL | re.MULTILINE)
NIKOLA = re.compile(r"\A\s*<!--[ \t]*\r?\n?(?P<head>(?:\s*\.\. [\w-]+:.*\r?\n)+)\s*-->[ \t]*(?:\r?\n)*")
LINE = re.compile(r"^\s*\.\. (?P<key>[\w-]+):[ \t]*(?P<value>.*?)[ \t]*\r?$", re.MULTILINE)
BEAR = re.compile(r"\A(?P<head>(?:[a-z_ ]+:[^\n]*\n)+)_{3,}[ \t]*(?:\r?\n|\Z)(?:\r?\n)?")
PAIR = re.compile(r"^(?P<key>[A-Za-z_ ]+):[ \t]*(?P<value>.*?)[ \t]*\r?$")
OF_BEAR = {"link", "published_date", "publish", "is_page", "meta_description", "meta_image", "make_discoverable"}
TRUTH = {"true": True, "false": False}


@dataclass(frozen=True)
class Head:
    """Front matter as plain JSON, the text below it, and how the first was written."""

    front: dict[str, Any]
    body: str
    syntax: Syntax


def split(text: str) -> Head:
    """Raises AppError, with a sentence, where front matter is there and cannot be read."""
    if found := frontmatter.FRONT.match(text):
        lines = _bear(found["yaml"])
        if lines is not None:
            return Head(lines, text[found.end() :], "bear")
        front, body = frontmatter.split(text)
        return Head(front, body, "yaml")
    if found := TOML.match(text):
        return Head(_toml(found["head"]), text[found.end() :], "toml")
    if found := NIKOLA.match(text):
        return Head(pairs(found["head"]), text[found.end() :], "nikola")
    if (found := BEAR.match(text)) and (lines := _bear(found["head"])) is not None:
        return Head(lines, text[found.end() :], "bear")
    return _json(text) if text.startswith("{") else Head({}, text, "none")


def pairs(text: str) -> dict[str, Any]:
    """Nikola's lines `.. key: value`, as they stand in a comment or in a .meta file beside the text."""
    return {found["key"]: found["value"] for found in LINE.finditer(text)}


def _bear(text: str) -> dict[str, Any] | None:
    """Bear's lines `key: value`, whose values are never quoted; None where these are none of Bear's."""
    lines = [PAIR.match(line) for line in text.splitlines() if line.strip()]
    front = {line["key"].strip(): line["value"] for line in lines if line}
    if not all(lines) or "title" not in front or not OF_BEAR & front.keys():
        return None
    return {key: TRUTH.get(value.lower(), value) for key, value in front.items()}


def _toml(text: str) -> dict[str, Any]:
    try:
        front: dict[str, Any] = plain(tomllib.loads(text.replace("\r\n", "\n")))
    except tomllib.TOMLDecodeError as error:
        raise AppError(f"The front matter is no TOML: {error}.") from None
    except (TypeError, ValueError, RecursionError):
        raise AppError("The front matter has something in it that cannot be read.") from None
    return front


def _json(text: str) -> Head:
    """JSON as the first thing in a file; a text that only begins with a brace is a text."""
    try:
        front, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return Head({}, text, "none")
    body = re.sub(r"\A[ \t]*(?:\r?\n|\Z)(?:\r?\n)?", "", text[end:], count=1)
    return Head(front, body, "json") if isinstance(front, dict) else Head({}, text, "none")
