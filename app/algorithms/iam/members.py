"""Who somebody is, and which members of a policy mean them.

An identity is a Google service account, or a Kubernetes one that federates directly. Sources:
cloud.google.com/iam/docs/principal-identifiers, …/principals-overview,
cloud.google.com/kubernetes-engine/docs/concepts/workload-identity#principal-id-examples,
cloud.google.com/storage/docs/access-control/iam#convenience-values.
"""

from __future__ import annotations

import re
from typing import NotRequired, TypedDict

from app.algorithms.iam.sandbox import Sandbox, namespaced, policy

CONVENIENCE = {"projectOwner": "roles/owner", "projectEditor": "roles/editor", "projectViewer": "roles/viewer"}
PUBLIC = ("allUsers", "allAuthenticatedUsers")


class Identity(TypedDict):
    """`kind` is google (with `email`, and `scopes` where a node’s token has them) or federated (the rest)."""

    kind: str
    email: NotRequired[str]
    scopes: NotRequired[list[str]]
    project: NotRequired[str]
    number: NotRequired[str]
    location: NotRequired[str]
    cluster: NotRequired[str]
    namespace: NotRequired[str]
    name: NotRequired[str]


def google(email: str, scopes: list[str] | None = None) -> Identity:
    return (
        {"kind": "google", "email": email} if scopes is None else {"kind": "google", "email": email, "scopes": scopes}
    )


def federated(sandbox: Sandbox, cluster: str, account: str) -> Identity:
    """A Kubernetes account, “namespace/name”, as IAM sees it: by project, not by cluster."""
    namespace, name = namespaced(account)
    home = sandbox["clusters"][cluster]
    return {
        "kind": "federated",
        "project": home["project"],
        "number": sandbox["projects"][home["project"]]["number"],
        "location": home["location"],
        "cluster": cluster,
        "namespace": namespace,
        "name": name,
    }


def member(identity: Identity) -> str:
    """The member to write in a policy."""
    return f"serviceAccount:{identity['email']}" if identity["kind"] == "google" else _pool(identity, "principal://")[0]


def denied_member(identity: Identity) -> str:
    """The member to write in a deny policy."""
    if identity["kind"] == "google":
        return f"principal://iam.googleapis.com/projects/-/serviceAccounts/{identity['email']}"
    return member(identity)


def workload_member(identity: Identity) -> str:
    """The older name of a Kubernetes account, as the binding for impersonation is usually written."""
    return f"serviceAccount:{identity['project']}.svc.id.goog[{identity['namespace']}/{identity['name']}]"


def matches(sandbox: Sandbox, written: str, identity: Identity) -> bool:
    """Whether a member of an allow or a deny policy means this identity."""
    if written in ("allUsers", "principalSet://goog/public:all"):
        return True
    kind, _, value = written.partition(":")
    if kind in CONVENIENCE:
        return _holds(sandbox, identity, value, CONVENIENCE[kind])
    if kind == "group" or written.startswith("principalSet://goog/group/"):
        return _in_group(sandbox, written.removeprefix("principalSet://goog/group/").removeprefix("group:"), identity)
    return written in names(sandbox, identity)


def names(sandbox: Sandbox, identity: Identity) -> set[str]:
    """All members that mean this identity without looking anything else up.

    Federated identities are not among allAuthenticatedUsers; they are among allUsers.
    """
    if identity["kind"] == "google":
        email = identity["email"]
        found = {
            f"serviceAccount:{email}",
            f"principal://iam.googleapis.com/projects/-/serviceAccounts/{email}",
            "allAuthenticatedUsers",
        }
        if home := sandbox["google_accounts"].get(email):
            number = sandbox["projects"][home["project"]]["number"]
            found.add(f"principalSet://cloudresourcemanager.googleapis.com/projects/{number}/type/ServiceAccount")
        return found
    return {workload_member(identity), *_pool(identity, "principal://")[:1], *_pool(identity, "principalSet://")[1:]}


def resembles(sandbox: Sandbox, written: str, identity: Identity) -> str | None:
    """Why a member that was perhaps meant for this identity does not mean it, as a sentence; None if it was not."""
    if identity["kind"] == "google":
        return _resembles_account(written, identity["email"])
    if written == "allAuthenticatedUsers":
        return "allAuthenticatedUsers does not include federated identities."
    account = kubernetes_account(written)
    if account is None:
        return None
    here = (identity["project"], identity["namespace"], identity["name"])
    wrong = [i for i in range(3) if account[i] != here[i] and not (i == 0 and account[0] in ("", identity["number"]))]
    if len(wrong) != 1:
        return None
    what = ("project", "namespace", "service account")[wrong[0]]
    return f"The {what} is {account[wrong[0]]} in the binding, and {here[wrong[0]]} where the pod runs."


def kubernetes_account(written: str) -> tuple[str, str, str] | None:
    """Project (its id or its number), namespace and name in a member that means one Kubernetes account."""
    older = re.fullmatch(r"serviceAccount:([^\[\]]+)\.svc\.id\.goog\[([^/\]]*)/([^/\]]*)\]", written)
    newer = re.fullmatch(
        r"principal://iam\.googleapis\.com/projects/(\d+)/locations/global/workloadIdentityPools/[^/]+/subject/"
        r"ns/([^/]+)/sa/([^/]+)",
        written,
    )
    found = older or newer
    return (found[1], found[2], found[3]) if found else None


def _pool(identity: Identity, scheme: str) -> list[str]:
    pool = (
        f"{scheme}iam.googleapis.com/projects/{identity['number']}/locations/global/workloadIdentityPools/"
        f"{identity['project']}.svc.id.goog"
    )
    cluster = f"projects/{identity['project']}/locations/{identity['location']}/clusters/{identity['cluster']}"
    return [
        f"{pool}/subject/ns/{identity['namespace']}/sa/{identity['name']}",
        f"{pool}/namespace/{identity['namespace']}",
        f"{pool}/kubernetes.cluster/https://container.googleapis.com/v1/{cluster}",
        f"{pool}/*",
    ]


def _holds(sandbox: Sandbox, identity: Identity, project: str, role: str) -> bool:
    """A convenience value means whoever has the basic role on that project itself."""
    bindings = policy(sandbox, f"projects/{project}")["bindings"]
    members = [each for binding in bindings if binding["role"] == role for each in binding["members"]]
    return any(each.partition(":")[0] not in CONVENIENCE and matches(sandbox, each, identity) for each in members)


def _in_group(sandbox: Sandbox, group: str, identity: Identity, seen: frozenset[str] = frozenset()) -> bool:
    """Groups may hold groups; a circle of them ends where it began."""
    known = names(sandbox, identity)
    for each in sandbox["groups"].get(group, []):
        inner = each.removeprefix("group:")
        if each in known or (
            inner != each and inner not in seen and _in_group(sandbox, inner, identity, seen | {group})
        ):
            return True
    return False


def _resembles_account(written: str, email: str) -> str | None:
    if written.partition("?")[0] == f"deleted:serviceAccount:{email}":
        return f"It was granted to an account {email} that was deleted: one of the same name is another account."
    own, _, _ = email.partition("@")
    other = written.removeprefix("serviceAccount:")
    if other != email and other.partition("@")[0] == own and "@" in other:
        return f"{other} is another account than {email}: their projects differ."
    if written.startswith("user:") and written.removeprefix("user:") == email:
        return f"A service account is written serviceAccount:{email}, not user:."
    return None
