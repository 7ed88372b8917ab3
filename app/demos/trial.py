"""Trying a demo out: its runs with some inputs, each made once, and what they end with as values that compare."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from app import demos
from app.demos.base import Demo, Update
from app.demos.folders import told
from app.demos.values import Given, cheapest, parsed

MEASURED = "seconds"  # data of this name is measured, and may differ from run to run
NO_UPDATE = "run(inputs) must yield one Update or more, and nothing else."


class Broken(Exception):
    """A run that could not be made; the message is for the demo's author."""


class Trial:
    """A demo that is tried out; no run is made twice."""

    def __init__(self, demo: Demo) -> None:
        self.demo = demo
        self._made: dict[tuple[Any, ...], list[Update]] = {}

    @cached_property
    def cheapest(self) -> dict[str, str | bytes]:
        """The inputs that cost least. Raises InvalidInput for a default that is none."""
        return cheapest(self.demo)

    def updates(self, given: Given | None = None, turn: int = 0) -> list[Update]:
        """The updates of a run, the pictures and files of the last one only. Raises Broken with file and line."""
        given = self.cheapest if given is None else given
        key = (turn, *sorted(given.items()))
        if key not in self._made:
            self._made[key] = self._run(given)
        return self._made[key]

    def result(self, given: Given | None = None, turn: int = 0) -> Any:
        """What a run ends with, as values that can be compared; what it measured is left out."""
        last = self.updates(given, turn)[-1]
        return _unmeasured(last.data), {n: (p.size, p.tobytes()) for n, p in last.pictures.items()}, last.files

    def _run(self, given: Given) -> list[Update]:
        made: list[Update] = []
        try:
            for update in demos.run(self.demo.name)(parsed(self.demo, given)):
                if not isinstance(update, Update):
                    raise Broken(NO_UPDATE)
                made = [*made[:-1], *(Update(last.progress, last.data) for last in made[-1:]), update]
        except Broken:
            raise
        except Exception as error:
            raise Broken(told(error, self.demo.folder / "run.py")) from error
        if not made:
            raise Broken(NO_UPDATE)
        return made


def _unmeasured(data: Any) -> Any:
    if isinstance(data, Mapping):
        return {name: _unmeasured(value) for name, value in data.items() if name != MEASURED}
    if isinstance(data, list | tuple):
        return [_unmeasured(value) for value in data]
    return data if isinstance(data, str | int | float | None) else repr(data)  # an array would compare to an array
