"""What every demo owes, whoever wrote it: checks that say what is not kept, for `flask demo check` and for the tests.

They try the cheapest inputs, which are the defaults, with less of whatever the demo's `work` grows with. To see that a
control changes the result, other values of it are tried, the cheapest first. Where a control shows only beside
others, the demo says with which: Demo(…, examples={"weight": {"second": "mosaic", "weight": "0.2"}}).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.demos import conduct, presence
from app.demos.base import Demo
from app.demos.steps import Fault
from app.demos.trial import Trial
from app.errors import AppError

CHECKS: tuple[Callable[[Trial], str | None], ...] = (
    conduct.takes_its_defaults,
    conduct.runs,
    conduct.shows_its_outputs,
    conduct.repeats,
    conduct.answers_at_once,
    conduct.goes_on,
    conduct.can_be_steered,
    conduct.every_control_counts,
    presence.has_a_page,
    presence.asks_the_same_everywhere,
    presence.stands_in_a_post,
    presence.answers_programs,
    presence.is_a_command,
    presence.has_a_finished_example,
)


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
