"""What a run was made from and how it went, in words: for who has no script, and for who wants to make it again.

A finished picture says neither. The inputs are named as its form names them; what the reports say in numbers becomes a
table, in which a column that never changes is left out, since it tells nothing of how the run went.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from flask import render_template

from app.demos.base import Demo, Field
from app.demos.kinds import Choice, Number, Picture
from app.demos.outputs import Told, cell, found, words
from app.jobs.experience import Estimate

TEMPLATE = "demos/_record.html"
MOST_ROWS, MOST_COLUMNS = 24, 12
NOTHING = "none"


class Given(NamedTuple):
    """An input in words, and where the reader's own picture is while it is kept."""

    label: str
    words: str
    url: str | None = None


class Course(NamedTuple):
    """The reports of a run as a table: headings, rows, and of how many reports these are."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    of: int


def record(demo: Demo, job: dict[str, Any], told: Told) -> str:
    """The record of a run as HTML, from the job as jobs describe it and from its reports."""
    shown = {"job": job, "given": given(demo, job["inputs"]), "facts": facts(job), "steered": steered(demo, job)}
    return render_template(TEMPLATE, course=course(told.data), **shown)


def given(demo: Demo, inputs: Mapping[str, Any]) -> list[Given]:
    """Every input that the demo still has, in the order of its form."""
    return [_given(field, inputs[field.name]) for field in demo.fields if field.name in inputs]


def facts(job: dict[str, Any]) -> list[tuple[str, str]]:
    """When, how long, on what, with which code."""
    metrics = job["metrics"]
    told = {
        "Began": _moment(job["started_at"]),
        "Ended": _moment(job["finished_at"]),
        "Waited in line": _span(metrics["queue_s"]),
        "Ran for": _span(metrics["run_s"]),
        "Computed on": metrics["device"],
        "Attempts": str(job["attempt"]) if job["attempt"] > 1 else None,
        "Code and weights": job["version"],
    }
    return [(name, text) for name, text in told.items() if text]


def steered(demo: Demo, job: dict[str, Any]) -> list[str]:
    """What the reader changed while it ran, a sentence each."""
    fields = {field.name: field for field in demo.fields}
    told = [
        (at.get("step"), [_given(fields[n], v) for n, v in at["changes"].items() if n in fields])
        for at in job["steered"]
    ]
    return [
        f"{f'After step {step}' if step else 'From the start'}: {', '.join(f'{g.label} {g.words}' for g in changes)}"
        for step, changes in told
    ]


def course(reports: Sequence[Mapping[str, Any]]) -> Course | None:
    """How the numbers of a run changed; None where a run says one thing only, or no numbers."""
    names = dict.fromkeys(name for report in reports for name in _numbers(report))
    changing = [name for name in names if len({found(report, name) for report in reports}) > 1][:MOST_COLUMNS]
    if not changing:
        return None
    heads = [words(name.rpartition(".")[2]) for name in changing]
    return Course(heads, [[cell(found(r, name)) for name in changing] for r in _thinned(reports)], len(reports))


def _given(field: Field, value: Any) -> Given:
    kind, label = field.kind, field.kind.label
    if value is None:
        return Given(label, NOTHING)
    if isinstance(kind, Picture):
        return _picture(kind, value)
    if isinstance(kind, Choice):
        return Given(label, kind.choices.get(str(value), str(value)))
    return Given(label, f"{value:.10g} {kind.unit}".strip() if isinstance(kind, Number) else cell(value))


def _picture(kind: Picture, value: Mapping[str, Any]) -> Given:
    if name := value.get("name"):
        captions = [shelf.caption(name) for shelf in kind.shelves if name in shelf.names]
        return Given(kind.label, captions[0] if captions else str(name))
    url = value.get("picture")
    return Given(kind.label, "the reader’s own" if url else "the reader’s own, erased since", url)


def _numbers(report: Mapping[str, Any], within: str = "") -> Iterator[str]:
    """The names of what is a number, through dicts by dots."""
    for name, value in report.items():
        if isinstance(value, Mapping):
            yield from _numbers(value, f"{within}{name}.")
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield f"{within}{name}"


def _thinned(reports: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """As many as a reader looks through, the first and the last among them."""
    most = min(MOST_ROWS, len(reports))
    return [reports[round(at * (len(reports) - 1) / max(1, most - 1))] for at in range(most)]


def _moment(moment: str | None) -> str | None:
    return f"{datetime.fromisoformat(moment):%-d %B %Y, %H:%M:%S} UTC" if moment else None


def _span(seconds: float | None) -> str | None:
    return None if seconds is None else f"{seconds:.1f} s" if seconds < 100 else Estimate(*[seconds] * 3).words
