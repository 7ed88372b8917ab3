"""What the bench answers: the verdict step by step, what a stolen pod reaches, and what belongs to the start."""

from __future__ import annotations

from typing import Any

from app.algorithms.iam import can, checked, may, reach, score, symptom
from app.algorithms.iam.edit import Change, changed
from app.algorithms.iam.sandbox import Sandbox
from app.algorithms.iam.symptoms import ERRORS
from app.demos.service_accounts import words
from app.demos.service_accounts.starts import started
from app.errors import InvalidInput

ERROR_IDS = tuple(each["id"] for each in ERRORS)


def sandbox_of(inputs: Any) -> Sandbox:
    """The sandbox that is asked. Raises InvalidInput for words that mean nothing in it, and for who is not there."""
    try:
        sandbox = words.read(started(inputs.start), inputs.changes or "")
    except ValueError as error:
        raise InvalidInput({"changes": str(error)}) from None
    for field, there in (("pod", sandbox["pods"]), ("bucket", sandbox["buckets"])):
        if getattr(inputs, field) not in there:
            raise InvalidInput(
                {field: f"This sandbox has no {field} {getattr(inputs, field)}: {_either(list(there))}."}
            )
    return sandbox


def answer(inputs: Any) -> dict[str, Any]:
    """answer, identity, failing, steps, symptom; reach of the pod; checks of an error’s start, score of a golf’s."""
    sandbox = sandbox_of(inputs)
    time = f"{inputs.time}T12:00:00Z" if inputs.time else None
    if inputs.system == "rbac":
        verb, resource = words.ALLOWED[inputs.request]
        verdict = can(sandbox, inputs.pod, verb, resource)
    else:
        verdict = dict(may(sandbox, inputs.pod, inputs.permission, inputs.bucket, time=time))
        verdict["symptom"] = symptom(verdict, inputs.permission)  # type: ignore[arg-type]
    more: dict[str, Any] = {"symptom": None, "reach": reach(sandbox, inputs.pod, time)}
    if inputs.start in ERROR_IDS:
        more["checks"] = checked(inputs.start, sandbox, inputs.pod, inputs.permission, inputs.bucket)["checks"]
    if inputs.start == "golf":
        more["golf"] = _golf(inputs)
    return more | verdict


def _golf(inputs: Any) -> dict[str, Any]:
    laid, made = started("golf"), list[Change]()
    for word in filter(None, (part.strip() for part in (inputs.changes or "").split(","))):
        more = words.changes(laid, word.removeprefix("-"), not word.startswith("-"))
        laid, made = changed(laid, more), [*made, *more]
    try:
        return score(made)
    except ValueError as error:
        raise InvalidInput({"changes": str(error)}) from None


def _either(names: list[str]) -> str:
    return f"there are {', '.join(names[:-1])} and {names[-1]}"
