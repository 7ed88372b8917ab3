"""Trying a demo out: its runs with some inputs, each made once, and what they end with as values that compare."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from typing import Any

from app import demos
from app.demos.base import Demo, Update
from app.demos.values import Given, cheapest, parsed
from app.jobs.engine import Changes

MEASURED = "seconds"  # data of this name, or in thousandths of them, is measured, and may differ from run to run

Texts = Mapping[str, str]
NONE: Texts = {}


class Trial:
    """A demo that is tried out; no run is made twice."""

    def __init__(self, demo: Demo) -> None:
        self.demo = demo
        self._made: dict[tuple[Any, ...], list[Update]] = {}

    @cached_property
    def cheapest(self) -> dict[str, str | bytes]:
        """The inputs that cost least. Raises InvalidInput for a default that is none."""
        return cheapest(self.demo)

    def updates(self, given: Given | None = None, changes: Texts = NONE, turn: int = 0) -> list[Update]:
        """The updates of a run, the pictures and files of the last one only. Raises Fault with file and line.

        `changes` are made after the first update, as by a reader while it runs.
        """
        given = self.cheapest if given is None else given
        key = (turn, *sorted(given.items()), "then", *sorted(changes.items()))
        if key not in self._made:
            self._made[key] = self._run(given, changes)
        return self._made[key]

    def result(self, given: Given | None = None, changes: Texts = NONE, turn: int = 0) -> Any:
        """What a run ends with, as values that can be compared."""
        return comparable(self.updates(given, changes, turn)[-1])

    def _run(self, given: Given, changes: Texts) -> list[Update]:
        run = demos.run(self.demo.name)(parsed(self.demo, given))
        made: list[Update] = []
        for update in _steered(run, self.demo.parse_some(changes) if changes else None):
            if made:
                made[-1] = Update(made[-1].progress, made[-1].data)
            made.append(update)
        return made


def comparable(update: Update) -> Any:
    """What an update says and shows, as values that can be compared; what it measured is left out."""
    pictures = {name: (one.size, one.convert("RGBA").tobytes()) for name, one in update.pictures.items()}
    return _unmeasured(update.data), pictures, update.files


def _steered(run: Generator[Update, Changes, None], changes: Changes) -> Iterator[Update]:
    yield next(run)
    with suppress(StopIteration):  # one update may be all there is
        if changes:
            yield run.send(changes)
        yield from run


def _unmeasured(data: Any) -> Any:
    if isinstance(data, Mapping):
        return {name: _unmeasured(value) for name, value in data.items() if name not in (MEASURED, f"milli{MEASURED}")}
    return [_unmeasured(value) for value in data] if isinstance(data, list) else data
