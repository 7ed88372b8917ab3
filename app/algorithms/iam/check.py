"""What is wrong with a policy as it is written: sentences, each with its line.

Sources: cloud.google.com/iam/docs/reference/rest/v1/Policy, cloud.google.com/iam/docs/conditions-overview#limitations,
cloud.google.com/iam/docs/deny-overview.
"""

from __future__ import annotations

import re
from typing import Any, TypedDict

from app.algorithms.iam.document import Document
from app.algorithms.iam.members import CONVENIENCE, PUBLIC, kubernetes_account
from app.algorithms.iam.roles import BASIC, ROLES, only_on_buckets
from app.algorithms.iam.scalar import below
from app.algorithms.iam.spelling import closest

ALLOW_KEYS = ("bindings", "etag", "version", "auditConfigs")
DENY_KEYS = (
    "rules",
    "name",
    "uid",
    "kind",
    "displayName",
    "annotations",
    "etag",
    "createTime",
    "updateTime",
    "policyId",
)
KINDS = ("user", "serviceAccount", "group", "domain", "deleted", *CONVENIENCE)


class Problem(TypedDict):
    line: int
    text: str


class Checker:
    """Goes through one document; `at` is the path of the policy inside it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []

    def say(self, path: str, text: str) -> None:
        while path not in self.document.lines:  # what is missing is told at what it is missing from
            path = path.rpartition("/")[0]
        self.problems.append({"line": self.document.lines[path], "text": text})

    def allow(self, policy: dict[str, Any], at: str, kind: str | None) -> None:
        """An allow policy; `kind` is what it hangs on (bucket, project, folder, …), None if that is not known."""
        self._keys(policy, at, ALLOW_KEYS)
        bindings = policy["bindings"]
        if not isinstance(bindings, list):
            return self.say(below(at, "bindings"), "bindings is a list: each begins with a dash, or stands in [ ].")
        if "etag" not in policy:
            self.say(at, "There is no etag: setting this policy overwrites what others changed meanwhile.")
        for i, binding in enumerate(bindings):
            self._binding(binding, below(below(at, "bindings"), i), kind)
        conditional = any(isinstance(each, dict) and each.get("condition") for each in bindings)
        if conditional and policy.get("version") != 3:
            self.say(below(at, "version"), "A policy with conditions says version: 3, or they are lost.")
        return None

    def deny(self, policy: dict[str, Any], at: str) -> None:
        self._keys(policy, at, DENY_KEYS)
        rules = policy["rules"]
        if not isinstance(rules, list):
            return self.say(below(at, "rules"), "rules is a list: each begins with a dash, or stands in [ ].")
        for i, each in enumerate(rules):
            where = below(below(at, "rules"), i)
            rule = each.get("denyRule") if isinstance(each, dict) else None
            if not isinstance(rule, dict):
                self.say(where, "A rule holds a denyRule.")
                continue
            where = below(where, "denyRule")
            for name in ("deniedPrincipals", "exceptionPrincipals"):
                for j, member in enumerate(self._texts(rule, name, where, needed=name == "deniedPrincipals")):
                    if not member.startswith(("principal://", "principalSet://")):
                        self.say(below(below(where, name), j), _as_principal(member))
            for name in ("deniedPermissions", "exceptionPermissions"):
                for j, permission in enumerate(self._texts(rule, name, where, needed=name == "deniedPermissions")):
                    if "/" not in permission:
                        self.say(below(below(where, name), j), _as_denied(permission))
        return None

    def _keys(self, policy: dict[str, Any], at: str, known: tuple[str, ...]) -> None:
        for key in policy:
            if key not in known:
                meant = closest(key, known)
                self.say(below(at, key), f"A policy has no {key}{f': did you mean {meant}?' if meant else '.'}")

    def _texts(self, holder: dict[str, Any], name: str, at: str, *, needed: bool) -> list[str]:
        """The texts of a list; says what is none."""
        if name not in holder:
            if needed:
                self.say(at, f"{name} is missing.")
            return []
        found = holder[name]
        if not isinstance(found, list) or (needed and not found):
            self.say(below(at, name), f"{name} is a list with at least one in it.")
            return []
        for i, each in enumerate(found):
            if not isinstance(each, str):
                self.say(below(below(at, name), i), "A text stands here, without a blank after its colon.")
        return [each if isinstance(each, str) else "" for each in found]

    def _binding(self, binding: Any, at: str, kind: str | None) -> None:
        if not isinstance(binding, dict):
            return self.say(at, "A binding is a role with its members.")
        self._keys(binding, at, ("role", "members", "condition"))
        role = binding.get("role")
        if isinstance(role, str):
            self._role(role, below(at, "role"), kind)
        else:
            self.say(below(at, "role"), "This binding has no role.")
        members = self._texts(binding, "members", at, needed=True)
        for i, member in enumerate(members):
            if member and (wrong := wrong_member(member)):
                self.say(below(below(at, "members"), i), wrong)
        if binding.get("condition") is not None:
            self._condition(binding["condition"], below(at, "condition"), role, members)
        return None

    def _role(self, role: str, at: str, kind: str | None) -> None:
        if not role.startswith(("roles/", "projects/", "organizations/")):
            return self.say(at, f"A role begins with roles/, projects/ or organizations/: roles/{role}?")
        meant = closest(role, ROLES) if role not in ROLES and role.startswith("roles/") else None
        if meant:
            self.say(at, f"{role} is not known here: did you mean {meant}?")
        if only_on_buckets(role) and kind not in (None, "bucket"):
            self.say(at, f"{role} can be granted on a bucket only, not on a {kind}.")
        return None

    def _condition(self, condition: Any, at: str, role: Any, members: list[str]) -> None:
        if not isinstance(condition, dict) or not isinstance(condition.get("expression"), str):
            return self.say(at, "A condition has an expression.")
        if role in BASIC:
            self.say(at, "A basic role cannot have a condition.")
        if public := [each for each in members if each in PUBLIC]:
            self.say(at, f"A binding of {public[0]} cannot have a condition.")
        return None


def wrong_member(member: str) -> str | None:
    """What is wrong with how a member is written, in a sentence; None if nothing is."""
    if member in PUBLIC:
        return None
    if member.startswith(("principal://", "principalSet://")):
        project = re.match(r"principal(?:Set)?://iam\.googleapis\.com/projects/([^/]+)/locations/", member)
        if project and not project[1].isdigit():
            return f"A principal has the project’s number, not its id: {project[1]} stands here."
        return None
    kind, colon, value = member.partition(":")
    if not colon:
        guess = "serviceAccount" if member.endswith("gserviceaccount.com") else "user"
        return f"{member} has no kind: write {guess}:{member}."
    if kind not in KINDS:
        meant = closest(kind, KINDS)
        return f"There is no kind of member {kind}{f': did you mean {meant}?' if meant else '.'}"
    if kind == "user" and value.endswith("gserviceaccount.com"):
        return f"A service account is written serviceAccount:{value}."
    if kind == "serviceAccount" and ".svc.id.goog" in value and not kubernetes_account(member):
        return "A Kubernetes account is written serviceAccount:PROJECT.svc.id.goog[NAMESPACE/NAME]."
    if kind not in ("domain", *CONVENIENCE) and "@" not in value and ".svc.id.goog" not in value:
        return f"{kind}: is followed by an address with an @."
    return None


def _as_principal(member: str) -> str:
    kind, _, value = member.partition(":")
    written = {
        "serviceAccount": f"principal://iam.googleapis.com/projects/-/serviceAccounts/{value}",
        "user": f"principal://goog/subject/{value}",
        "group": f"principalSet://goog/group/{value}",
        "allUsers": "principalSet://goog/public:all",
    }.get(kind)
    return f"A deny policy writes {written}." if written else "A deny policy names principal://… or principalSet://…."


def _as_denied(permission: str) -> str:
    service, _, rest = permission.partition(".")
    return f"A deny policy writes {service}.googleapis.com/{rest}." if rest else f"{permission} is no permission."
