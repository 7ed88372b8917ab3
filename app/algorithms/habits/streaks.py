"""Days that were done, as streaks. A day is an ISO date, “2026-03-01”."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any


def streaks(done: list[str], today: str, grace: int = 0) -> dict[str, Any]:
    """All runs of done days, first to last, the longest, and the one that still lives.

    `grace` missed days in a row do not end a run (1 is “never miss twice”), nor do they count in it. Today may still
    be done: it does not end a run before it is over. Days after today are no days yet.
    """
    end = date.fromisoformat(today)
    days = sorted({day for day in map(date.fromisoformat, done) if day <= end})
    runs: list[list[date]] = []
    for day in days:
        if runs and (day - runs[-1][-1]).days <= grace + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    living = bool(runs) and (end - runs[-1][-1]).days <= grace + 1
    return {
        "runs": [{"first": run[0].isoformat(), "last": run[-1].isoformat(), "days": len(run)} for run in runs],
        "longest": max((len(run) for run in runs), default=0),
        "current": len(runs[-1]) if living else 0,
    }


def grid(done: list[str], today: str, weeks: int = 12) -> list[list[dict[str, Any]]]:
    """The last weeks as rows of seven days, Monday first; `done` is None for days that have not come."""
    end, kept = date.fromisoformat(today), set(done)
    monday = end - timedelta(days=end.weekday() + 7 * (weeks - 1))
    days = [monday + timedelta(days=i) for i in range(7 * weeks)]
    cells = [{"day": d.isoformat(), "done": d.isoformat() in kept if d <= end else None} for d in days]
    return [cells[i : i + 7] for i in range(0, len(cells), 7)]
