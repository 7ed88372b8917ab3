"""What a bench shows of a run: the outputs its demo declares, on the stage and below it, as far as the run has come."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template

from app.demos.base import Demo
from app.demos.finished import Finished
from app.demos.outputs import Image, Misfit, Output, Table, Told, words
from app.jobs.api import find
from app.jobs.describe import updates_after

log = logging.getLogger(__name__)

TEMPLATE = "demos/_outputs.html"


@dataclass(frozen=True)
class Drawn:
    """An output, and what its template draws of it; nothing before the run has said it."""

    output: Output
    seen: Any


def of_example(example: Finished) -> Told:
    return Told([update["data"] for update in example.updates], example.pictures)


def of_job(job: dict[str, Any]) -> Told:
    """A run as jobs describe it, with all of its reports."""
    shown = job["output"] or job["latest"]
    reports = [update["data"] for update in updates_after(find(job["id"]), 0)]
    return Told(reports or ([shown["data"]] if shown else []), shown["pictures"] if shown else {})


def parts(demo: Demo, told: Told) -> dict[str, list[Drawn]]:
    """Stage and read-out. Images stand on the stage; without one, the first output does."""
    outputs: Sequence[Output] = demo.outputs or _undeclared(told)
    stage: list[Output] = [output for output in outputs if isinstance(output, Image)] or list(outputs[:1])
    rest = [output for output in outputs if output not in stage]
    return {"stage": [_drawn(demo, output, told) for output in stage], "readout": [_drawn(demo, o, told) for o in rest]}


def fragment(demo: Demo, told: Told) -> str:
    """Both parts as HTML, for the bench's script to put in their places."""
    return render_template(TEMPLATE, parts=parts(demo, told))


def _undeclared(told: Told) -> Sequence[Output]:
    """Of a demo that declares none: its pictures, and a table of its data."""
    pictures = [Image(name, words(name)) for name in told.pictures or ["result"]]
    return [*pictures, Table("", "What the run says")]


def _drawn(demo: Demo, output: Output, told: Told) -> Drawn:
    """An output that cannot be drawn is left empty: the contract tells its author, a reader can do nothing about it."""
    try:
        return Drawn(output, output.seen(told))
    except Misfit as misfit:
        log.warning("%s: %s", demo.name, misfit)
        return Drawn(output, None)
