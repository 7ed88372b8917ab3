"""Lines as SVG paths in a square of 1000 units, with the marks of both axes. The page stretches the square."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.demos.axis import Axis, axis

SIDE = 1000
MOST_POINTS = 400  # of a line; more than a screen can show


class Misfit(ValueError):
    """Data that an output cannot draw; the message is for the demo's author."""


@dataclass(frozen=True)
class Line:
    """Points in order; one without y is a gap."""

    name: str
    points: Sequence[tuple[float, float | None]]


@dataclass(frozen=True)
class Plotted:
    """Paths by name, the texts of the marks from low to high, the grid behind, and all of it in a sentence."""

    paths: list[tuple[str, str]]
    x: list[str]
    y: list[str]
    grid: str
    summary: str


def plotted(lines: Sequence[Line], label: str, log: bool = False) -> Plotted | None:
    """The drawing of some lines; None where none has a value. Raises Misfit where a logarithm has none."""
    values = [y for line in lines for _, y in line.points if y is not None and not (log and y <= 0)]
    if not values:
        if log and any(y is not None for line in lines for _, y in line.points):
            raise Misfit(f"Plot “{label}” is logarithmic, and none of its values is above 0.")
        return None
    across, up = axis(x for line in lines for x, _ in line.points), axis(values, log)
    grid = "".join(f"M0 {_far(1 - up.place(mark))}H{SIDE}" for mark in up.marks)
    paths = [(line.name, _path(line, across, up)) for line in lines]
    return Plotted(
        paths, _texts(across), _texts(up), grid, f"{label}. {' '.join(_told(line) for line in lines)}".strip()
    )


def number(value: Any, name: str) -> float:
    """`value`, which must be a finite number. Raises Misfit."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise Misfit(f"“{name}” must be a finite number, not {type(value).__name__}: {value!r:.60}.")
    return value


def thinned(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """At most MOST_POINTS of them, with the least and the most of every stretch, so that no spike is lost."""
    if len(points) <= MOST_POINTS:
        return list(points)
    stretch = math.ceil(2 * len(points) / MOST_POINTS)
    kept = []
    for first in range(0, len(points), stretch):
        part = range(first, min(first + stretch, len(points)))
        ends = {min(part, key=lambda at: points[at][1]), max(part, key=lambda at: points[at][1])}
        kept += [points[at] for at in sorted(ends)]
    return kept


def _path(line: Line, across: Axis, up: Axis) -> str:
    pieces: list[list[tuple[float, float]]] = [[]]
    for x, y in line.points:
        if y is None or (up.log and y <= 0):
            pieces.append([])
        else:
            pieces[-1].append((x, y))
    return "".join(_piece(thinned(piece), across, up) for piece in pieces if piece)


def _piece(points: list[tuple[float, float]], across: Axis, up: Axis) -> str:
    places = [f"{_far(across.place(x))} {_far(1 - up.place(y))}" for x, y in points]
    return f"M{'L'.join(places)}" + ("h0" if len(places) == 1 else "")  # a length of 0 is drawn as a dot


def _far(share: float) -> str:
    return f"{share * SIDE:.1f}".rstrip("0").rstrip(".")


def _texts(of: Axis) -> list[str]:
    """The marks in words, all with the same number of decimals."""
    if of.log or max(abs(of.low), abs(of.high)) >= 1e6 or of.marks[1] - of.marks[0] < 1e-4:
        return [f"{mark:,g}".replace("-", "−") for mark in of.marks]
    decimals = max(len(f"{mark:.10g}".partition(".")[2]) for mark in of.marks)
    return [f"{mark:,.{decimals}f}".replace("-", "−") for mark in of.marks]


def _told(line: Line) -> str:
    known = [y for _, y in line.points if y is not None]
    if not known:
        return ""
    about = f"{line.name} goes from" if line.name else "From"
    return f"{about} {known[0]:.3g} to {known[-1]:.3g}, between {min(known):.3g} and {max(known):.3g}."
