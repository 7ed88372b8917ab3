"""How a demo's run behaves: the checks of the contract that try it out, each of which says what is not kept, or None.

To see that a control changes the result, other values of it are tried, the cheapest first.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from itertools import islice
from typing import Any

from app import demos
from app.demos.base import Field, Update
from app.demos.instant import answer
from app.demos.kinds import Picture
from app.demos.outputs import Misfit, Output, Told
from app.demos.trial import MEASURED, Trial, comparable
from app.demos.values import default, parsed, values
from app.jobs.engine import Changes

MOST_TRIES = 4


def takes_its_defaults(trial: Trial) -> str | None:
    """Its defaults are values that its inputs take."""
    for field in trial.demo.fields:
        if field.default is not None:
            try:
                field.kind.parse(default(field))
            except ValueError as refused:
                return f"{field.name}: {refused}"
    return None


def runs(trial: Trial) -> str | None:
    """It runs, and its progress rises to 1."""
    last = trial.updates()[-1].progress
    return None if abs(last - 1) < 1e-6 else f"The last update says progress={last:g}; it must say 1."


def shows_its_outputs(trial: Trial) -> str | None:
    """Each output that it declares is drawn from what a run says."""
    updates = trial.updates()
    seen = Told([update.data for update in updates], {name: name for name in updates[-1].pictures})
    return " ".join(problem for output in trial.demo.outputs if (problem := _unseen(output, seen))) or None


def _unseen(output: Output, told: Told) -> str | None:
    """Why an output is left empty, or None."""
    kind = type(output).__name__
    try:
        if output.seen(told) is not None:
            return None
    except Misfit as misfit:
        return f"{kind} “{output.name}”: {misfit}"
    there = ", ".join(told.pictures if output.kind == "image" else told.last) or "nothing"
    return f"{kind} “{output.name}”: the last update has none; it has {there}."


def repeats(trial: Trial) -> str | None:
    """The same inputs give the same result."""
    if trial.result() == trial.result(turn=1):
        return None
    return f"Two runs with the same inputs differ. Seed what is random; name what is measured “{MEASURED}”."


def answers_at_once(trial: Trial) -> str | None:
    """If it says that it answers at once, it does, and its data are the answer."""
    demo = trial.demo
    if not demo.instant:
        return None
    if any(update.pictures or update.files for update in trial.updates()):
        return "instant is set, and an update has pictures or files: an answer is data, which the panel draws."
    if demo.goes_on or any(field.live or isinstance(field.kind, Picture) for field in demo.fields):
        return "instant is set, so it can neither go on nor be steered, nor take pictures."
    answer(demo, parsed(demo, {}))
    return None


def goes_on(trial: Trial) -> str | None:
    """If it says that it goes on, it does, and ends as if it had never paused."""
    if not trial.demo.goes_on:
        return None
    inputs, run = parsed(trial.demo, trial.cheapest), demos.run(trial.demo.name)
    reached, state = _stopped(run(inputs))
    if not isinstance(state, bytes):
        return "goes_on is set, and no update has a state: Update(…, state=lambda: …bytes…)."
    rest = list(run(inputs, state))
    if rest[0].progress < reached:
        return "Given a state, run(inputs, state) began again: its progress fell."
    if comparable(rest[-1]) != trial.result():
        return "Given a state, run(inputs, state) ends otherwise than a run that never paused; keep all that it needs."
    return None


def _stopped(updates: Generator[Update, Changes, None]) -> tuple[float, Any]:
    """How far a run is at its second state, or the only one, and that state, which is asked for in time."""
    with closing(updates):
        found = [*islice(((update.progress, update.state()) for update in updates if update.state), 2)]
    return found[-1] if found else (0.0, None)


def can_be_steered(trial: Trial) -> str | None:
    """What can be changed while it runs changes it then, too."""
    idle = [field.name for field in trial.demo.fields if field.live and not changes(trial, field, running=True)]
    if not idle:
        return None
    return (
        f"Changed after the first update, these change nothing: {', '.join(idle)}. A run is sent what its reader "
        f"changed: changes = yield Update(…), such as {{{idle[0]!r}: …}}, or None."
    )


def every_control_counts(trial: Trial) -> str | None:
    """Each control changes the result."""
    idle = [field.name for field in trial.demo.fields if not changes(trial, field)]
    if not idle:
        return None
    return (
        f"These change nothing with the values that were tried: {', '.join(idle)}. Where one shows only beside "
        f"others, say so in demo.py: examples={{{idle[0]!r}: {{…, {idle[0]!r}: …}}}}."
    )


def changes(trial: Trial, field: Field, running: bool = False) -> bool:
    """True if some value of a control, given at first or while it runs, gives another result.

    It is tried beside the inputs that its example names.
    """
    example = dict(trial.demo.examples.get(field.name, {}))
    base = trial.cheapest | {name: value for name, value in example.items() if name != field.name}
    tried = [example[field.name]] if field.name in example else values(field)
    others = [base | {field.name: value} for value in tried if value != base.get(field.name)]
    by_cost = sorted(others, key=lambda given: trial.demo.work(parsed(trial.demo, given)))[:MOST_TRIES]
    if running:
        return any(trial.result(base, {field.name: str(given[field.name])}) != trial.result(base) for given in by_cost)
    return any(trial.result(given) != trial.result(base) for given in by_cost)
