"""Changes to a sandbox, as plain data: what a reader drags and undoes, and what a puzzle or a test row says.

A change is a dict with one verb: set, drop, bind, unbind, deny. The sandbox that is given stays as it is.
"""

from __future__ import annotations

import copy
from typing import Any

from app.algorithms.iam.sandbox import Policy, Sandbox

Change = dict[str, Any]


def changed(sandbox: Sandbox, changes: list[Change]) -> Sandbox:
    """A copy with the changes, in order. Raises ValueError for a verb that there is not, or a path that leads nowhere.

    {"set": [path…], "to": value} · {"drop": [path…]} · {"bind": resource, "role", "member", "condition"?} ·
    {"unbind": resource, "role"?, "member"?} takes away what fits · {"deny": resource, "rule": a deny rule}
    """
    after = copy.deepcopy(sandbox)
    for change in changes:
        if "set" in change:
            holder, last = _holder(after, change["set"])
            holder[last] = copy.deepcopy(change["to"])
        elif "drop" in change:
            holder, last = _holder(after, change["drop"])
            holder.pop(last)
        elif "bind" in change:
            _bind(after, change)
        elif "unbind" in change:
            _unbind(after, change)
        elif "deny" in change:
            _policy(after, change["deny"]).setdefault("deny", []).append(copy.deepcopy(change["rule"]))
        else:
            raise ValueError("A change sets, drops, binds, unbinds or denies.")
    return after


def _holder(sandbox: Sandbox, path: list[str]) -> tuple[Any, str]:
    place: Any = sandbox
    for part in path[:-1]:
        if not isinstance(place, dict) or part not in place:
            raise ValueError(f"There is no {part} at {'/'.join(path)}.")
        place = place[part]
    return place, path[-1]


def _policy(sandbox: Sandbox, resource: str) -> Policy:
    return sandbox["policies"].setdefault(resource, {"bindings": []})


def _bind(sandbox: Sandbox, change: Change) -> None:
    binding: dict[str, Any] = {"role": change["role"], "members": [change["member"]]}
    if "condition" in change:
        binding["condition"] = {"expression": change["condition"]}
    _policy(sandbox, change["bind"])["bindings"].append(binding)  # type: ignore[arg-type]


def _unbind(sandbox: Sandbox, change: Change) -> None:
    bindings = _policy(sandbox, change["unbind"])["bindings"]
    for binding in bindings:
        if change.get("role", binding["role"]) == binding["role"]:
            gone = change.get("member")
            binding["members"] = [each for each in binding["members"] if gone not in (None, each)]
    bindings[:] = [binding for binding in bindings if binding["members"]]
