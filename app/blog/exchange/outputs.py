"""What a notebook's cell printed, drew or failed with, as Markdown; figures become files beside the text."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from app.blog.exchange.fenced import fenced, printed, shortened
from app.blog.exchange.tables import markdown_of

PICTURES = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}
ALT_KEYS = ("alt", "alt_text", "fig-alt", "fig_alt", "alt-text")
NOTHING = re.compile(r"<(?:Figure|Axes|matplotlib|IPython|AxesSubplot)[^\n]*>")
DOCTYPE = re.compile(r"<\?xml[^>]*\?>|<!DOCTYPE[^>\[]*>", re.IGNORECASE)
METADATA = re.compile(r"<metadata\b.*?</metadata>", re.DOTALL)
INTERACTIVE = "An interactive output could not be kept; its text stands in its place."
DAMAGED = "A picture in this notebook is damaged and left out."


@dataclass
class Shelf:
    """Figures of one notebook under names made from what they contain, so that one that stays the same stays."""

    folder: str
    files: dict[str, bytes] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def put(self, mime: str, content: Any) -> str:
        """The name under which a picture is kept; empty for one that is damaged."""
        text = joined(content)
        if mime == "image/svg+xml":
            data = METADATA.sub("", DOCTYPE.sub("", text)).strip().encode()
        else:
            try:
                data = base64.b64decode("".join(text.split()), validate=True)
            except (binascii.Error, ValueError):
                self.remarks.append(DAMAGED)
                return ""
        name = f"{self.folder}/{sha256(data).hexdigest()[:12]}.{PICTURES[mime]}"
        self.files[name] = data
        return name


@dataclass(frozen=True)
class Words:
    """What a cell says of its figures, in their order."""

    alts: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()


def markdown(outputs: Iterable[Mapping[str, Any]], language: str, words: Words, shelf: Shelf) -> list[str]:
    """Blocks of Markdown, in the order in which they came out."""
    blocks: list[str] = []
    figures = 0
    for output in _merged(outputs):
        kind = output.get("output_type")
        if kind == "stream":
            blocks += _fenced(printed(joined(output.get("text", ""))), "text")
        elif kind == "error":
            blocks += _fenced(_failure(output), "pytb" if language == "python" else "text")
        elif kind in ("display_data", "execute_result"):
            block, drawn = _shown(output, figures, words, shelf)
            figures += drawn
            blocks += [block] if block else []
    return blocks


def joined(text: Any) -> str:
    """A text of a notebook, which may be kept as its lines."""
    return "".join(map(str, text)) if isinstance(text, list) else str(text)


def listed(value: Any) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list) else (str(value),) if value else ()


def _merged(outputs: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Streams that were flushed in pieces are one text again."""
    merged: list[dict[str, Any]] = []
    for output in outputs:
        last = merged[-1] if merged else {}
        goes_on = output.get("output_type") == last.get("output_type") == "stream"
        if goes_on and output.get("name") == last.get("name"):
            last["text"] = joined(last.get("text", "")) + joined(output.get("text", ""))
            continue
        merged.append(dict(output))
    return merged


def _shown(output: Mapping[str, Any], number: int, words: Words, shelf: Shelf) -> tuple[str, int]:
    """The richest form that a page can show, and how many figures it is."""
    data: Mapping[str, Any] = output.get("data", {})
    if latex := joined(data.get("text/latex", "")).strip():
        return _formula(latex), 0
    for mime in PICTURES:
        if mime in data:
            return _figure(output, mime, number, words, shelf), 1
    if "text/markdown" in data:
        return joined(data["text/markdown"]).strip(), 0
    if "text/html" in data:
        if made := markdown_of(joined(data["text/html"])):
            return made, 0
        shelf.remarks.append(INTERACTIVE)
    plain = printed(joined(data.get("text/plain", "")))
    return ("", 0) if NOTHING.fullmatch(plain.strip()) else ("".join(_fenced(plain, "text")), 0)


def _figure(output: Mapping[str, Any], mime: str, number: int, words: Words, shelf: Shelf) -> str:
    name = shelf.put(mime, output["data"][mime])
    if not name:
        return ""
    said = output.get("metadata", {})
    own = [each.get(key) for each in (said.get(mime, {}), said) if isinstance(each, Mapping) for key in ALT_KEYS]
    alt = next(map(str, filter(None, own)), "") or _at(words.alts, number)
    caption = _at(words.captions, number)
    picture = f"![{plain_alt(alt)}]({name})"
    return f"{picture}\n\n/// caption\n{caption}\n///" if caption else picture


def plain_alt(text: str) -> str:
    return " ".join(text.split()).replace("[", "(").replace("]", ")")


def _at(texts: tuple[str, ...], number: int) -> str:
    return texts[number] if number < len(texts) else ""


def _formula(latex: str) -> str:
    """Mathematics as a block of its own, whichever marks stood around it."""
    inner = latex
    for opened, closed in (("$$", "$$"), ("$", "$"), (r"\[", r"\]"), (r"\(", r"\)")):
        if inner.startswith(opened) and inner.endswith(closed) and len(inner) > len(opened) + len(closed):
            inner = inner[len(opened) : -len(closed)].strip()
            break
    inner = inner.removeprefix(r"\displaystyle").strip()
    return inner if inner.startswith((r"\begin{equation", r"\begin{align")) else f"$$\n{inner}\n$$"


def _failure(output: Mapping[str, Any]) -> str:
    trace = printed("\n".join(map(str, output.get("traceback", []))))
    return trace or f"{output.get('ename', 'Error')}: {output.get('evalue', '')}"


def _fenced(text: str, language: str) -> list[str]:
    return [fenced(shortened(text), language)] if text.strip() else []
