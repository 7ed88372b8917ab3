"""A policy’s text, JSON or the YAML that gcloud prints, as data that remembers its lines."""

from __future__ import annotations

from typing import Any, NamedTuple

from app.algorithms.iam.block import Block
from app.algorithms.iam.flow import Flow
from app.algorithms.iam.scalar import DocumentError


class Document(NamedTuple):
    """`lines` maps the path of every value, “bindings/0/members/1”, to its line; the whole has the path “”."""

    data: Any
    lines: dict[str, int]


def read(text: str) -> Document:
    """Raises DocumentError."""
    if not text.strip():
        raise DocumentError(1, "There is nothing here: paste a policy.")
    if text.lstrip()[0] in "{[":
        flow = Flow(text)
        data = flow.value("")
        if flow.peek():
            raise DocumentError(flow.line(), "Something follows after the end.")
        return Document(data, flow.lines)
    block = Block(text)
    return Document(block.whole(), block.lines)
