"""What a demo shows of a run: declared once, and drawn here for a finished example, a page without scripts, and live.

DEMO = Demo(…, outputs=(Image("result", "The walk"), Plot("distance", "Distance from the start", x="step")))

Each takes a name in the data or the pictures of an update, where `losses.content` is `content` in `losses`, and says
what its template draws of it. What an author got wrong is told to the author (Misfit) and never breaks a page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from app.demos.plot import Line, Misfit, Plotted, number, plotted

__all__ = ["Bars", "Image", "Misfit", "Output", "Plot", "Table", "Told", "Value", "Words"]

MOST_ROWS = 100


@dataclass(frozen=True)
class Told:
    """A run as far as it is: the data of its updates in their order, and the addresses of its newest pictures."""

    data: Sequence[Mapping[str, Any]] = ()
    pictures: Mapping[str, str] = field(default_factory=dict)

    @property
    def last(self) -> Mapping[str, Any]:
        return self.data[-1] if self.data else {}


@dataclass(frozen=True)
class Output:
    """What every output has: a name in the data or the pictures, and the label that a reader sees."""

    name: str
    label: str
    kind: ClassVar[str]

    def seen(self, told: Told) -> Any:
        """What its template draws, or None before the run has said it. Raises Misfit with a sentence for the author."""
        value = found(told.last, self.name)
        return None if value is None else self.read(value)

    def read(self, value: Any) -> Any:
        """`value` as its template draws it. Raises Misfit."""
        raise NotImplementedError

    def misfit(self, value: Any, wanted: str) -> Misfit:
        return Misfit(f"{type(self).__name__} “{self.name}” takes {wanted}, not {type(value).__name__}: {value!r:.60}.")


@dataclass(frozen=True)
class Image(Output):
    """A picture. All images share the stage."""

    kind: ClassVar[str] = "image"

    def seen(self, told: Told) -> str | None:
        return told.pictures.get(self.name)


@dataclass(frozen=True)
class Plot(Output):
    """Lines: numbers over the updates, or lists of numbers of the last one; a dict of them is a line for each."""

    x: str = ""
    log: bool = False
    kind: ClassVar[str] = "plot"

    def seen(self, told: Told) -> Plotted | None:
        lines = self._lines(told)
        return plotted(lines, self.label, self.log) if lines else None

    def _lines(self, told: Told) -> list[Line]:
        last = found(told.last, self.name)
        if last is None:
            return []
        names = list(last) if isinstance(last, Mapping) else [""]
        return [line for name in names if (line := self._line(told, name)).points]

    def _line(self, told: Told, name: str) -> Line:
        whole = f"{self.name}.{name}" if name else self.name
        last = found(told.last, whole)
        if isinstance(last, Sequence) and not isinstance(last, str):
            given = found(told.last, self.x) if self.x else None
            pairs = list(zip(given if isinstance(given, Sequence) else range(1, len(last) + 1), last, strict=False))
        else:
            steps = [(found(data, self.x) if self.x else at, found(data, whole)) for at, data in enumerate(told.data)]
            pairs = [(x, y) for x, y in steps if x is not None]
        return Line(name, [(number(x, self.x or whole), None if y is None else number(y, whole)) for x, y in pairs])


@dataclass(frozen=True)
class Bars(Output):
    """A bar for each name of a dict of numbers."""

    unit: str = ""
    kind: ClassVar[str] = "bars"

    def read(self, value: Any) -> list[tuple[str, str, float, float]]:
        """Name, figure, and where its bar begins and how long it is, in percent."""
        if not isinstance(value, Mapping):
            raise self.misfit(value, "a dict of numbers")
        known = {name: number(size, f"{self.name}.{name}") for name, size in value.items() if size is not None}
        low, high = min([0, *known.values()]), max([0, *known.values()])
        scale = 100 / ((high - low) or 1)
        sizes = [(str(name), size, known.get(name, 0)) for name, size in value.items()]
        return [(n, cell(s), (min(at, 0) - low) * scale, abs(at) * scale) for n, s, at in sizes[:MOST_ROWS]]


@dataclass(frozen=True)
class Table(Output):
    """A dict as names and values, or rows: dicts with the same names, or lists. No name is all of the data."""

    kind: ClassVar[str] = "table"

    def seen(self, told: Told) -> tuple[list[str], list[list[str]], int] | None:
        return self.read(told.last) if not self.name and told.last else super().seen(told)

    def read(self, value: Any) -> tuple[list[str], list[list[str]], int]:
        """Headings, rows, and how many rows are left out."""
        if isinstance(value, Mapping):
            rows = [[words(str(name)), cell(one)] for name, one in value.items()]
            return [], rows[:MOST_ROWS], len(rows[MOST_ROWS:])
        if not isinstance(value, list | tuple) or not all(isinstance(row, Mapping | list | tuple) for row in value):
            raise self.misfit(value, "a dict, or a list of rows")
        heads = [str(name) for name in value[0]] if value and isinstance(value[0], Mapping) else []
        rows = [[cell(one) for one in _row(row, heads)] for row in value[:MOST_ROWS]]
        return [words(head) for head in heads], rows, max(0, len(value) - MOST_ROWS)


@dataclass(frozen=True)
class Value(Output):
    """One number, or a word, large."""

    unit: str = ""
    kind: ClassVar[str] = "value"

    def read(self, value: Any) -> str:
        if not isinstance(value, str | int | float):
            raise self.misfit(value, "a number or a word")
        return cell(value)


@dataclass(frozen=True)
class Words(Output):
    """A text; a line feed begins a new line."""

    kind: ClassVar[str] = "words"

    def read(self, value: Any) -> list[str]:
        if not isinstance(value, str):
            raise self.misfit(value, "a text")
        return value.splitlines()


def found(data: Mapping[str, Any], name: str) -> Any:
    """The value of this name, through dicts by dots; None where there is none."""
    value: Any = data
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def cell(value: Any) -> str:
    """A value as a table shows it."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return figure(value)
    if isinstance(value, list | tuple) and len(value) > 3:
        return f"{len(value)} values"
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {cell(one)}" for name, one in value.items())
    return ", ".join(cell(one) for one in value) if isinstance(value, list | tuple) else str(value)


def figure(value: float) -> str:
    """A number as read-outs show it: whole ones as they are, others with three figures."""
    if isinstance(value, int):
        text = f"{value:,}"
    elif value and not 1e-3 <= abs(value) < 1e6:
        text = f"{value:.2e}"
    else:
        text = f"{float(f'{value:.3g}'):,.10g}"
    return text.replace("-", "−")


def words(name: str) -> str:
    """A name in the data as a reader sees it."""
    return name.replace("_", " ").replace("-", " ")[:1].upper() + name.replace("_", " ").replace("-", " ")[1:]


def _row(row: Any, heads: list[str]) -> list[Any]:
    if isinstance(row, Mapping):
        return [row.get(head) for head in heads]
    return list(row)
