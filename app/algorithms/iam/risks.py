"""What is risky in grants: broad roles, the public, and the roads from one account to another.

The permissions behind each rule are those that Google names as sensitive:
cloud.google.com/iam/docs/service-account-permissions, cloud.google.com/iam/docs/best-practices-service-accounts.
"""

from __future__ import annotations

from typing import Any

from app.algorithms.iam.members import PUBLIC
from app.algorithms.iam.roles import ROLES

BROAD = ("roles/owner", "roles/editor", "roles/storage.admin", "roles/iam.securityAdmin")
RULES = {  # permissions that make a rule hit, and what they let somebody do
    "policy": (
        ("resourcemanager.projects.setIamPolicy", "storage.buckets.setIamPolicy", "iam.serviceAccounts.setIamPolicy"),
        "may change policies, and so grant itself whatever is missing",
    ),
    "keys": (("iam.serviceAccountKeys.create",), "may make keys, which last until somebody deletes them"),
    "impersonation": (
        ("iam.serviceAccounts.getAccessToken", "iam.serviceAccounts.signJwt", "iam.serviceAccounts.signBlob"),
        "may act as the service accounts under this policy",
    ),
    "actAs": (
        ("iam.serviceAccounts.actAs",),
        "may run machines and services as the service accounts under this policy",
    ),
}
KUBERNETES = ("serviceAccount", "principal")  # whom an account lets in to federate: not a risk on the account itself


def risks(grant: dict[str, Any]) -> list[dict[str, Any]]:
    """The rules that one grant hits, as of `pasted.read_policy`: rule, sentence, line, role, member."""
    found = [*_who(grant), *_what(grant)]
    only = " (if its condition holds)" if grant["condition"] else ""
    return [
        {
            "rule": rule,
            "text": f"{text}{only}.",
            "line": grant["line"],
            "role": grant["role"],
            "member": grant["member"],
        }
        for rule, text in found
    ]


def _who(grant: dict[str, Any]) -> list[tuple[str, str]]:
    member, role = grant["member"], grant["role"]
    if member in PUBLIC:
        who = "Everybody on the internet" if member == "allUsers" else "Everybody with a Google account"
        return [("public", f"{who} has {role}")]
    if member.startswith("deleted:"):
        return [("deleted", f"{member.partition('?')[0]} is deleted: the grant waits for nobody, take it away")]
    if member.startswith("principalSet://") and member.endswith(".svc.id.goog/*"):
        return [("pool", f"Every pod of every cluster of the project has {role}")]
    if member.startswith("user:") and member.endswith("@gmail.com"):
        return [("outside", f"{member} is a private account, which nobody at work can close")]
    return []


def _what(grant: dict[str, Any]) -> list[tuple[str, str]]:
    role, member = grant["role"], grant["member"]
    found = []
    default = member.startswith("serviceAccount:") and member.endswith(
        ("-compute@developer.gserviceaccount.com", "@appspot.gserviceaccount.com")
    )
    if role in BROAD and grant["kind"] != "bucket":
        whose = "a default account, which everything runs as that names none" if default else member
        found.append(("broad", f"{role} is broad, and goes to {whose}"))
    held = ROLES.get(role, frozenset())
    for rule, (permissions, what) in RULES.items():
        if not held.intersection(permissions) or (rule == "impersonation" and _federates(grant)):
            continue
        found.append((rule, f"{member} with {role} {what}"))
    return found


def _federates(grant: dict[str, Any]) -> bool:
    """Workload identity as it is meant: one Kubernetes account let in by one service account."""
    meant = grant["role"] == "roles/iam.workloadIdentityUser" and grant["kind"] not in (
        "project",
        "folder",
        "organization",
    )
    return meant and grant["member"].startswith(KUBERNETES)
