"""How the demos are used and how well they are served, at a glance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import render_template

from app.admin.door import bp
from app.admin.jobs import handed

TOLD = 2  # values of a choice
SETTLED = 0.98  # a choice that so many leave alone is only named


@bp.get("/demos")
def loads() -> str:
    """One row a demo, and under it what readers choose."""
    jobs = handed()
    found = jobs.loads()
    chosen = [(load, *_chosen(load.choices)) for load in found]
    return render_template("admin/demos.html", loads=found, chosen=chosen, alive=jobs.worker_alive())


@bp.app_template_filter("seconds")
def seconds(value: float) -> str:
    """Such as 0.4 s, 12 s, 3 min."""
    if value < 10:
        return f"{value:.1f} s"
    return f"{value:.0f} s" if value < 120 else f"{value / 60:.0f} min"


Choices = Mapping[str, Sequence[tuple[str, float]]]


def _chosen(choices: Choices) -> tuple[Choices, list[str]]:
    """The choices that readers make, each with its most used values, and the names of those that they leave alone."""
    made = {name: values[:TOLD] for name, values in choices.items() if values[0][1] < SETTLED}
    return made, [name for name in choices if name not in made]
