"""IAM’s decision for one identity, one permission and one resource: deny first, then allow, inherited from above.

Source: cloud.google.com/iam/docs/policy-evaluation (principal access boundaries are left out: a pod rarely has one),
cloud.google.com/iam/docs/deny-overview, cloud.google.com/storage/docs/public-access-prevention.
"""

from __future__ import annotations

from typing import TypedDict

from app.algorithms.iam.conditions import Request, evaluate, request_for
from app.algorithms.iam.members import PUBLIC, Identity, matches, resembles
from app.algorithms.iam.roles import permissions
from app.algorithms.iam.sandbox import DenyRule, Sandbox, chain, policy

ANSWERS = {True: "allowed", False: "denied", None: "unknown"}


class Found(TypedDict):
    """A line of a policy that matters; `holds` is its condition’s value, True if it has none."""

    resource: str
    member: str
    role: str  # of a deny rule: the permission
    condition: str | None
    holds: bool | None


class Decision(TypedDict):
    """`near` are sentences on lines that were perhaps meant to allow it, and do not."""

    answer: str
    deny: list[Found]
    allow: list[Found]
    near: list[str]


def decide(
    sandbox: Sandbox,
    identity: Identity,
    permission: str,
    resource: str,
    object_name: str | None = None,
    time: str | None = None,
) -> Decision:
    """Whether IAM lets it; raises ValueError for an unknown resource.

    A condition that cannot be told makes the answer unknown only where nothing else settles it.
    """
    request = request_for(permission, resource, object_name, time)
    deny = denials(sandbox, identity, permission, resource)
    allow = allowances(sandbox, identity, permission, resource, request)
    answer: bool | None = any_of(allow)
    if any_of(deny) is True:
        answer = False
    elif any_of(deny) is None and answer is not False:
        answer = None
    near = [] if answer else _near(sandbox, identity, permission, resource)
    return {"answer": ANSWERS[answer], "deny": deny, "allow": allow, "near": near}


def any_of(found: list[Found]) -> bool | None:
    """Whether one of them holds: True, unknown (None), or False."""
    values = [each["holds"] for each in found]
    return True if True in values else None if None in values else False


def denials(sandbox: Sandbox, identity: Identity, permission: str, resource: str) -> list[Found]:
    """The deny rules that hit, nearest first. Their conditions speak of tags, which the sandbox has not: unknown."""
    found: list[Found] = []
    for holder in chain(sandbox, resource):
        for rule in policy(sandbox, holder).get("deny", []):
            member = next((each for each in rule["deniedPrincipals"] if matches(sandbox, each, identity)), None)
            if member is None or not covers(rule, permission) or _excepted(sandbox, rule, identity):
                continue
            condition = rule.get("denialCondition", {}).get("expression")
            found.append(
                {
                    "resource": holder,
                    "member": member,
                    "role": denied_name(permission),
                    "condition": condition,
                    "holds": None if condition else True,
                }
            )
    return found


def allowances(sandbox: Sandbox, identity: Identity, permission: str, resource: str, request: Request) -> list[Found]:
    """The bindings that grant it to this identity, nearest first. Public ones do not count where that is prevented."""
    found: list[Found] = []
    for holder in chain(sandbox, resource):
        for binding in policy(sandbox, holder)["bindings"]:
            if permission not in (permissions(binding["role"], sandbox["roles"]) or ()):
                continue
            for member in binding["members"]:
                if not matches(sandbox, member, identity) or _prevented(sandbox, member, resource):
                    continue
                condition = binding.get("condition", {}).get("expression")
                holds = evaluate(condition, request) if condition else True
                found.append(
                    {
                        "resource": holder,
                        "member": member,
                        "role": binding["role"],
                        "condition": condition,
                        "holds": holds,
                    }
                )
    return found


def denied_name(permission: str) -> str:
    """A permission as deny policies write it: storage.objects.get is storage.googleapis.com/objects.get."""
    service, _, rest = permission.partition(".")
    host = "cloudresourcemanager" if service == "resourcemanager" else service
    return f"{host}.googleapis.com/{rest}"


def covers(rule: DenyRule, permission: str) -> bool:
    """Whether a deny rule is about a permission: written out, or as a group, storage.googleapis.com/objects.*."""
    name = denied_name(permission)
    written = [name, name.rpartition(".")[0] + ".*", name.partition("/")[0] + "/*"]
    spared = rule.get("exceptionPermissions", [])
    return any(each in rule["deniedPermissions"] for each in written) and not any(each in spared for each in written)


def prevented(sandbox: Sandbox, resource: str) -> bool:
    """Whether a bucket’s public access prevention is on."""
    kind, _, name = resource.partition("/")
    return kind == "buckets" and sandbox["buckets"][name]["public_access_prevention"]


def _prevented(sandbox: Sandbox, member: str, resource: str) -> bool:
    return member in PUBLIC and prevented(sandbox, resource)


def _excepted(sandbox: Sandbox, rule: DenyRule, identity: Identity) -> bool:
    return any(matches(sandbox, each, identity) for each in rule.get("exceptionPrincipals", []))


def _near(sandbox: Sandbox, identity: Identity, permission: str, resource: str) -> list[str]:
    sentences = []
    for holder in chain(sandbox, resource):
        for binding in policy(sandbox, holder)["bindings"]:
            held = permissions(binding["role"], sandbox["roles"])
            for member in binding["members"]:
                mine = matches(sandbox, member, identity)
                if mine and _prevented(sandbox, member, resource):
                    sentences.append(f"{member} has {binding['role']}, but public access is prevented.")
                elif mine and member not in PUBLIC and held is not None and permission not in held:
                    sentences.append(f"{binding['role']} on {holder} does not contain {permission}.")
                elif not mine and held and permission in held:
                    sentences += filter(None, [resembles(sandbox, member, identity)])
    return list(dict.fromkeys(sentences))
