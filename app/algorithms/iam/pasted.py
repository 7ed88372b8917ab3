"""A policy that a reader pastes: what it grants and denies, what is inherited, what is wrong, what is risky.

Taken are an allow policy (of any get-iam-policy command), a deny policy, and what `gcloud projects
get-ancestors-iam-policy` prints: a list of both, with what they hang on. Nothing is kept.
"""

from __future__ import annotations

from typing import Any

from app.algorithms.iam.access import covers
from app.algorithms.iam.check import Checker, Problem
from app.algorithms.iam.conditions import evaluate, unnamed
from app.algorithms.iam.document import Document, read
from app.algorithms.iam.members import PUBLIC
from app.algorithms.iam.risks import risks
from app.algorithms.iam.roles import ROLES
from app.algorithms.iam.sandbox import DenyRule
from app.algorithms.iam.scalar import DocumentError, below

RULE = ("deniedPrincipals", "exceptionPrincipals", "deniedPermissions", "exceptionPermissions")
Held = list[tuple[str, dict[str, Any], str | None, str | None]]  # path, policy, kind and name of what it hangs on


def read_policy(text: str, kind: str | None = None) -> dict[str, Any]:
    """grants, denials, problems, risks; each with its line. `kind` is what a single policy hangs on, if that is known.

    A text that cannot be read gives one problem and nothing else. A grant says `permissions`: those of its role that
    are known here, or None for a role that is not. `inherited` is true for what comes from above the first resource.
    """
    try:
        document = read(text)
    except DocumentError as error:
        return _told([], [], [{"line": error.line, "text": error.sentence}])
    checker = Checker(document)
    grants: list[dict[str, Any]] = []
    denials: list[dict[str, Any]] = []
    for path, policy, on, name in _policies(document, checker, kind):
        if "rules" in policy:
            checker.deny(policy, path)
            denials += _denials(document, policy, path, on, name)
        else:
            checker.allow(policy, path, on)
            grants += _grants(document, policy, path, on, name)
    first = next((each["on"] for each in [*grants, *denials]), None)
    for each in [*grants, *denials]:
        each["inherited"] = each["on"] != first
    return _told(grants, denials, checker.problems)


def judge(told: dict[str, Any], member: str, permission: str, time: str | None = None) -> dict[str, Any]:
    """May a member, taken literally, do it by what was pasted: deny first; a condition is unknown unless the time
    settles it. `by` are the lines that decide. Groups are not looked into.
    """
    now = unnamed(time)
    denied = [each for each in told["denials"] if _denies(each["rule"], member) and covers(each["rule"], permission)]
    granted = [
        each for each in told["grants"] if _grants_to(each, member) and permission in (each["permissions"] or ())
    ]
    values = [evaluate(each["condition"], now) if each["condition"] else True for each in granted]
    if hard := [each for each in denied if not each["condition"]]:
        return {"answer": "denied", "by": [each["line"] for each in hard]}
    if True in values and not denied:
        return {"answer": "allowed", "by": [each["line"] for each, value in zip(granted, values, strict=True) if value]}
    if True in values or None in values:
        return {"answer": "unknown", "by": [each["line"] for each in [*denied, *granted]]}
    return {"answer": "denied", "by": []}


def _told(grants: list[Any], denials: list[Any], problems: list[Problem]) -> dict[str, Any]:
    found = [risk for grant in grants for risk in risks(grant)]
    ordered = sorted(problems, key=lambda problem: problem["line"])
    return {"grants": grants, "denials": denials, "problems": ordered, "risks": found}


def _policies(document: Document, checker: Checker, kind: str | None) -> Held:
    """The policies inside, each with its path; says what is none."""
    data = document.data
    if not isinstance(data, list) or not data:
        return _one(data, "", kind, None, checker)
    found: Held = []
    for i, each in enumerate(data):
        if isinstance(each, dict) and "policy" in each:
            found += _one(each["policy"], below(str(i), "policy"), each.get("type"), str(each.get("id")), checker)
        else:
            found += _one(each, str(i), kind, None, checker)
    return found


def _one(policy: Any, path: str, kind: str | None, name: str | None, checker: Checker) -> Held:
    if isinstance(policy, dict) and {"bindings", "rules"} & set(policy):
        return [(path, policy, kind, name)]
    if isinstance(policy, dict) and set(policy) <= {"etag", "version"} and policy:
        return []  # an empty policy, as gcloud prints it
    checker.say(path, "This is no policy: it has neither bindings nor rules.")
    return []


def _on(kind: str | None, name: str | None) -> str | None:
    return f"{kind} {name}" if kind and name else kind


def _grants(document: Document, policy: dict[str, Any], path: str, kind: str | None, name: str | None) -> list[Any]:
    found = []
    for i, binding in enumerate(policy["bindings"] if isinstance(policy["bindings"], list) else []):
        role = binding.get("role") if isinstance(binding, dict) else None
        members = binding.get("members") if isinstance(binding, dict) else None
        if not isinstance(role, str) or not isinstance(members, list):
            continue
        condition = binding.get("condition")
        expression = condition.get("expression") if isinstance(condition, dict) else None
        for j, member in enumerate(members):
            if isinstance(member, str):
                where = below(below(below(below(path, "bindings"), i), "members"), j)
                found.append(
                    {
                        "on": _on(kind, name),
                        "kind": kind,
                        "role": role,
                        "member": member,
                        "condition": expression if isinstance(expression, str) else None,
                        "permissions": sorted(ROLES[role]) if role in ROLES else None,
                        "line": document.lines[where],
                    }
                )
    return found


def _denials(document: Document, policy: dict[str, Any], path: str, kind: str | None, name: str | None) -> list[Any]:
    found = []
    for i, each in enumerate(policy["rules"] if isinstance(policy["rules"], list) else []):
        rule = each.get("denyRule") if isinstance(each, dict) else None
        if not isinstance(rule, dict):
            continue
        condition = rule.get("denialCondition")
        found.append(
            {
                "on": _on(kind, name),
                "kind": kind,
                "rule": {name: _strings(rule.get(name)) for name in RULE},
                "condition": str(condition.get("expression")) if isinstance(condition, dict) else None,
                "line": document.lines[below(below(below(path, "rules"), i), "denyRule")],
            }
        )
    return found


def _strings(found: Any) -> list[str]:
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def _grants_to(grant: dict[str, Any], member: str) -> bool:
    public = PUBLIC if member.startswith(("user:", "serviceAccount:")) and "[" not in member else PUBLIC[:1]
    return grant["member"] == member or grant["member"] in public


def _denies(rule: DenyRule, member: str) -> bool:
    kind, _, value = member.partition(":")
    account = f"principal://iam.googleapis.com/projects/-/serviceAccounts/{value}"
    names = {member, account if kind == "serviceAccount" else f"principal://goog/subject/{value}"}
    spared = names & set(rule["exceptionPrincipals"])
    return not spared and bool((names | {"principalSet://goog/public:all"}) & set(rule["deniedPrincipals"]))
