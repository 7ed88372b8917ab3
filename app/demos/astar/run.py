"""Searching a path: one update, the answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.demos.astar.answer import answer
from app.demos.base import Update


def run(inputs: Any) -> Iterator[Update]:
    yield Update(1, answer(inputs))
