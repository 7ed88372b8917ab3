"""What every demo owes, whoever wrote it: checks that say what is not kept, for `flask demo check` and for the tests.

They try the cheapest inputs, which are the defaults, with less of whatever the demo's `work` grows with. To see that a
control changes the result, other values of it are tried, the cheapest first. Where a control shows only beside
others, the demo says with which: Demo(…, examples={"weight": {"second": "mosaic", "weight": "0.2"}}).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Any

from flask import current_app

from app import demos
from app.demos import bench
from app.demos.base import Demo, Field, Update
from app.demos.command import demo_command
from app.demos.finished import finished_run
from app.demos.kinds import Picture
from app.demos.outputs import Misfit, Told
from app.demos.steps import Fault
from app.demos.trial import MEASURED, Trial, comparable
from app.demos.untouched import untouched
from app.demos.values import default, parsed, values
from app.errors import AppError
from app.jobs.engine import Changes

MOST_TRIES = 4


@dataclass(frozen=True)
class Verdict:
    """A check in words, and what is not kept, or None."""

    check: str
    problem: str | None


def verdicts(demo: Demo) -> Iterator[Verdict]:
    """Every check of a demo, one after the other, in an application's context."""
    trial, known = Trial(demo), set()
    for check in CHECKS:
        problem = verdict(check, trial)
        yield Verdict(inspect.getdoc(check) or "", "For the same reason." if problem in known else problem)
        known |= {problem} - {None}


def verdict(check: Callable[[Trial], str | None], trial: Trial) -> str | None:
    """What is not kept, or None."""
    try:
        return check(trial)
    except (Fault, AppError) as broken:
        return str(broken)


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
    for output in trial.demo.outputs:
        kind = type(output).__name__
        try:
            if output.seen(seen) is None:
                there = ", ".join(seen.pictures if output.kind == "image" else seen.last) or "nothing"
                return f"{kind} “{output.name}”: the last update has none; it has {there}."
        except Misfit as misfit:
            return f"{kind} “{output.name}”: {misfit}"
    return None


def repeats(trial: Trial) -> str | None:
    """The same inputs give the same result."""
    if trial.result() == trial.result(turn=1):
        return None
    return f"Two runs with the same inputs differ. Seed what is random; name what is measured “{MEASURED}”."


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


def has_a_page(trial: Trial) -> str | None:
    """Its page has a form with every input, and no file of its code is served."""
    name, client = trial.demo.name, current_app.test_client()
    page = client.get(f"/demos/{name}")
    if page.status_code != 200:
        return f"/demos/{name} answers {page.status_code}."
    if missing := [field.name for field in trial.demo.fields if f'name="{field.name}"' not in page.text]:
        return f"The page has no field for {', '.join(missing)}; a panel.html that fills the controls must draw all."
    for file in ("demo.py", "run.py", "panel.html"):
        if client.get(f"/demos/{name}/assets/-/{file}").status_code != 404:
            return f"{file} can be read from outside."
    shelves = [shelf for field in trial.demo.fields if isinstance(field.kind, Picture) for shelf in field.kind.shelves]
    strange = [str(shelf.folder) for shelf in shelves if trial.demo.folder not in shelf.folder.parents]
    return f"Ready pictures lie in the demo's folder; these do not: {', '.join(strange)}." if strange else None


def asks_the_same_everywhere(trial: Trial) -> str | None:
    """Its form, left as it is, asks for what the API and the command line do by themselves."""
    demo, action = trial.demo, f"/demos/{trial.demo.name}/jobs"
    with current_app.test_request_context():
        form = untouched(bench.in_post(demo, {}), action)
    needed = {field.name: trial.cheapest[field.name] for field in demo.fields if field.required}
    sent = demo.dump(parsed(demo, form | needed))[0]
    alone = demo.dump(parsed(demo, needed))[0]
    other = [name for name in alone if sent[name] != alone[name]]
    return f"The form and the API begin with other values of {', '.join(other)}." if other else None


def stands_in_a_post(trial: Trial) -> str | None:
    """A post can hold its bench."""
    with current_app.test_request_context():
        html = bench.in_post(trial.demo, {})
    return None if f'data-name="{trial.demo.name}"' in html else "The bench is not in what a post would show."


def answers_programs(trial: Trial) -> str | None:
    """Its API is described, and refuses in a sentence."""
    name, client = trial.demo.name, current_app.test_client()
    if f"/demos/{name}/jobs" not in client.get("/api/v1/openapi.json").get_json()["paths"]:
        return "It is not in /api/v1/openapi.json."
    answer = client.post(f"/api/v1/demos/{name}/jobs", json={"no such input": "1"})
    return None if answer.status_code == 422 else f"A wrong input is answered {answer.status_code} and not 422."


def is_a_command(trial: Trial) -> str | None:
    """It runs on the command line, with an option for every input."""
    options = {option.name for option in demo_command(trial.demo).params}
    missing = [field.name for field in trial.demo.fields if field.name not in options]
    return f"There is no option for {', '.join(missing)}." if missing else None


def has_a_finished_example(trial: Trial) -> str | None:
    """A finished example is there before anyone presses Run."""
    with current_app.test_request_context():
        example = finished_run(trial.demo, {field.name: field.default for field in trial.demo.fields})
    return None if example else f"Make one: flask demo {trial.demo.name} --keep “What it shows”"


CHECKS: tuple[Callable[[Trial], str | None], ...] = (
    takes_its_defaults,
    runs,
    shows_its_outputs,
    repeats,
    goes_on,
    can_be_steered,
    every_control_counts,
    has_a_page,
    asks_the_same_everywhere,
    stands_in_a_post,
    answers_programs,
    is_a_command,
    has_a_finished_example,
)
