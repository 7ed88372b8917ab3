"""May this pod do that with this bucket? Answered step by step, as the request goes: credentials, deny, allow."""

from __future__ import annotations

from typing import TypedDict

from app.algorithms.iam import mends, scopes
from app.algorithms.iam.access import Decision, Found, decide
from app.algorithms.iam.credentials import Step, credentials, step
from app.algorithms.iam.members import Identity, denied_member, member
from app.algorithms.iam.roles import advised
from app.algorithms.iam.sandbox import Sandbox, pod_named


class Verdict(TypedDict):
    """`answer` is allowed, denied or unknown; `failing` the step that decides a no or an unknown, None for a yes.

    A step may fail and the answer still be yes: a pod that was to have its own identity may read by the node’s.
    """

    answer: str
    identity: str | None
    steps: list[Step]
    failing: str | None


def may(
    sandbox: Sandbox, pod: str, permission: str, bucket: str, object_name: str | None = None, time: str | None = None
) -> Verdict:
    """Whether the pod’s program may. Without an object’s name or a time, conditions on them are unknown.

    Raises ValueError for a pod or a bucket that the sandbox does not have.
    """
    if bucket not in sandbox["buckets"]:
        raise ValueError(f"There is no bucket {bucket} in the sandbox.")
    identity, steps = credentials(sandbox, pod, time)
    if identity is None:
        return _verdict("denied", None, steps)
    scope = _scope(sandbox, pod, identity, permission)
    asked = decide(sandbox, identity, permission, asked_of(sandbox, permission, bucket), object_name, time)
    steps = [*steps, *scope, _deny(asked, identity), *_allow(sandbox, asked, identity, permission, bucket)]
    answer = "denied" if any(each["holds"] is False for each in scope) else asked["answer"]
    if answer == "allowed" and any(each["id"] == "impersonation" and each["holds"] is None for each in steps):
        answer = "unknown"
    return _verdict(answer, identity, steps)


def asked_of(sandbox: Sandbox, permission: str, bucket: str) -> str:
    """The resource that a permission is asked of: making and listing buckets is a matter of their project."""
    if permission in ("storage.buckets.create", "storage.buckets.list"):
        return f"projects/{sandbox['buckets'][bucket]['project']}"
    return f"buckets/{bucket}"


def _verdict(answer: str, identity: Identity | None, steps: list[Step]) -> Verdict:
    wanted = {"allowed": (), "denied": (False,), "unknown": (None,)}[answer]
    failing = next((each["id"] for each in steps if each["holds"] in wanted), None)
    return {"answer": answer, "identity": identity and member(identity), "steps": steps, "failing": failing}


def _scope(sandbox: Sandbox, pod: str, identity: Identity, permission: str) -> list[Step]:
    if "scopes" not in identity:
        return []
    cluster = pod_named(sandbox, pod)["cluster"]
    names = scopes.named(identity["scopes"])
    sought = "Do the node’s access scopes let its token do this?"
    if scopes.within(identity["scopes"], permission):
        return [step("scope", sought, True, f"Its scopes are {names}.")]
    missing = "the scope cloud-platform, or workload identity, which has no scopes"
    mend = [*mends.workload_identity(sandbox, cluster), *mends.wider_scopes(sandbox, cluster)]
    return [step("scope", sought, False, f"Its scopes are {names}: they cap what IAM grants.", missing, mend)]


def _deny(asked: Decision, identity: Identity) -> Step:
    sought = "Is there a deny policy against it? It would win over every grant."
    if not asked["deny"]:
        return step("deny", sought, True, "No deny rule names it.")
    worst = next((each for each in asked["deny"] if each["holds"]), asked["deny"][0])
    hit = f"{worst['resource']} denies {worst['role']} to {worst['member']}"
    principal = denied_member(identity)
    mend = mends.except_from_deny(worst["resource"], principal)
    if worst["holds"] is None:
        return step("deny", sought, None, f"{hit}, if {worst['condition']}: that cannot be told here.", mend=mend)
    return step("deny", sought, False, f"{hit}.", f"an exception for {principal}", mend)


def _allow(sandbox: Sandbox, asked: Decision, identity: Identity, permission: str, bucket: str) -> list[Step]:
    who, resource = member(identity), asked_of(sandbox, permission, bucket)
    sought = f"Does a binding on {resource}, or above it, grant {permission} to {who}?"
    role = advised(permission)
    mend = mends.grant(resource, role, who)
    if not asked["allow"]:
        found = " ".join(asked["near"]) or "None does."
        return [step("allow", sought, False, found, f"{who} with {role} on {resource}", mend)]
    best = min(asked["allow"], key=lambda each: {True: 0, None: 1, False: 2}[each["holds"]])
    there = f"{best['member']} has {best['role']} on {best['resource']}."
    steps = [step("allow", sought, True, there)]
    return steps if best["condition"] is None else [*steps, _condition(best, mend)]


def _condition(best: Found, mend: list[mends.Mend]) -> Step:
    sought = f"Does its condition hold? {best['condition']}"
    if best["holds"]:
        return step("condition", sought, True, "It does.")
    if best["holds"] is None:
        return step("condition", sought, None, "It cannot be told without the object’s name or the time.")
    missing = "a binding whose condition holds, or that has none"
    return step("condition", sought, False, "It does not.", missing, mend)
