"""Habits: one update, the answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.demos.base import Update
from app.demos.habits.answer import answer


def run(inputs: Any) -> Iterator[Update]:
    yield Update(1, answer(inputs))
