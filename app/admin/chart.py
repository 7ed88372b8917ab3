"""Counts as bars, drawn on the server: whole numbers in a drawing that any width can stretch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from app.statistics.summary import Counts

WIDTH, HEIGHT = 1000, 100  # of the drawing, in its own units
GAP = 0.25  # share of a bar's room that stays empty
ROUND = (1, 2, 3, 4, 5, 6, 8, 10)
MOST_BARS = 62  # more days than that are drawn as weeks


class Bar(NamedTuple):
    """Views, and within them visitors; places in the drawing."""

    words: str
    x: float
    width: float
    views: float
    visitors: float
    counts: Counts


class Chart(NamedTuple):
    bars: Sequence[Bar]
    top: int  # the number at the upper edge
    weeks: bool


def of_days(days: Sequence[tuple[date, Counts]]) -> Chart:
    """One bar a day, or a week where there are many days; the last one ends with the last day."""
    weeks = len(days) > MOST_BARS
    stretches = _weeks(days) if weeks else [(day, counts) for day, counts in days]
    top = _round_above(max(counts.views for _, counts in stretches))
    room = WIDTH / len(stretches)
    bars = [_bar(number, room, day, counts, top, weeks) for number, (day, counts) in enumerate(stretches)]
    return Chart(bars, top, weeks)


def _bar(number: int, room: float, day: date, counts: Counts, top: int, weeks: bool) -> Bar:
    x, width = round((number + GAP / 2) * room, 2), round(room * (1 - GAP), 2)
    said = f"{day.day} {day:%b}" if not weeks else f"Week of {day.day} {day:%b}"
    high, inner = (round(HEIGHT * count / top, 2) for count in (counts.views, counts.visitors))
    views, visitors = _number(counts.views, "view"), _number(counts.visitors, "visitor")
    return Bar(f"{said}: {views}, {visitors}", x, width, high, inner, counts)


def _weeks(days: Sequence[tuple[date, Counts]]) -> list[tuple[date, Counts]]:
    """Weeks, named by their first day. The first one has the days that are left over as well."""
    starts = range(len(days) % 7, len(days), 7)
    weeks = [days[start if start >= 7 else 0 : start + 7] for start in starts]
    return [(week[0][0], sum((counts for _, counts in week), Counts())) for week in weeks]


def _round_above(most: int) -> int:
    """The least round number that is as much: 1, 2, 3, 4, 5, 6, 8, 10, 20, 30 …"""
    ten = 1
    while 10 * ten < most:
        ten *= 10
    return next(step * ten for step in ROUND if step * ten >= most)


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
