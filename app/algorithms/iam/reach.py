"""All that one stolen pod can reach: its own identities, those it can become, and every permission these hold.

Somebody who runs code in the pod takes what is at hand: the key file, what the metadata server gives, and by the
Kubernetes token what RBAC allows. From a service account another is reached by making its token, key or signature, by
changing who may, or by running something as it. Escaping to the node is left out. The permissions counted are those of
`roles.PERMISSIONS`; Google’s basic roles hold thousands more.

Source: cloud.google.com/iam/docs/service-account-permissions, …/best-practices-service-accounts.
"""

from __future__ import annotations

from typing import TypedDict

from app.algorithms.iam import rbac, scopes
from app.algorithms.iam.access import any_of, decide, denials
from app.algorithms.iam.credentials import account_of, credentials, from_metadata, impersonation
from app.algorithms.iam.members import Identity, federated, google, member
from app.algorithms.iam.roles import PERMISSIONS
from app.algorithms.iam.sandbox import Sandbox, namespaced, pod_named

BECOMES = {  # a permission on a service account, and what it is good for
    "iam.serviceAccounts.getAccessToken": "makes its access token",
    "iam.serviceAccounts.signJwt": "signs a JWT as it",
    "iam.serviceAccounts.signBlob": "signs as it",
    "iam.serviceAccountKeys.create": "makes a key of it",
    "iam.serviceAccounts.setIamPolicy": "lets itself in",
}
KEYS = ("key file", "RBAC: get secrets")  # how an identity is come by that needs no pod any more
RUNS = ("compute.instances.create", "run.services.create")  # with actAs: start something that runs as the account


class Reached(TypedDict):
    resource: str
    permission: str
    by: str  # the identity, as a member
    self_granted: bool  # only after changing a policy


class Held(TypedDict):
    member: str
    via: str


class Reach(TypedDict):
    """`count` is the number of different permissions on resources; `lasting` whether something outlives the pod."""

    identities: list[Held]
    reached: list[Reached]
    count: int
    lasting: bool


def reach(sandbox: Sandbox, pod: str, time: str | None = None) -> Reach:
    """Everything; what depends on a condition that cannot be told is left out. Raises ValueError for no such pod."""
    held: dict[str, tuple[Identity, str]] = {}
    waiting = at_hand(sandbox, pod, time)
    while waiting:
        identity, via = waiting.pop(0)
        if member(identity) not in held:
            held[member(identity)] = (identity, via)
            waiting += become(sandbox, identity, time)
    reached: dict[tuple[str, str], Reached] = {}
    for identity, _ in held.values():
        for each in permitted(sandbox, identity, time):
            key = (each["resource"], each["permission"])
            if key not in reached or (reached[key]["self_granted"] and not each["self_granted"]):
                reached[key] = each
    return {
        "identities": [{"member": name, "via": via} for name, (_, via) in held.items()],
        "reached": list(reached.values()),
        "count": len(reached),
        "lasting": any(via.startswith(KEYS) for _, via in held.values())
        or any(_lasts(each["permission"]) for each in reached.values()),
    }


def at_hand(sandbox: Sandbox, name: str, time: str | None = None) -> list[tuple[Identity, str]]:
    """The identities that the pod holds, or gets by asking the metadata server or the Kubernetes API."""
    pod = pod_named(sandbox, name)
    found = []
    first, _ = credentials(sandbox, name, time)
    if first and pod["key"]:
        found.append((first, f"key file {pod['key']['id']} in the pod"))
    if account_of(name, pod) not in sandbox["kubernetes_accounts"]:
        return found
    given, steps = from_metadata(sandbox, name, time)
    if given and not any(step["holds"] is None for step in steps):
        found.append((given, "the metadata server"))
    return found + _by_kubernetes(sandbox, name, time)


def become(sandbox: Sandbox, identity: Identity, time: str | None = None) -> list[tuple[Identity, str]]:
    """The Google accounts that an identity can turn into, one step."""
    found: list[tuple[Identity, str]] = []
    for email, account in sandbox["google_accounts"].items():
        if not account["enabled"]:
            continue
        resource = f"serviceAccounts/{email}"
        how = next((how for held, how in BECOMES.items() if allowed(sandbox, identity, held, resource, time)), None)
        if how is None and allowed(sandbox, identity, "iam.serviceAccounts.actAs", resource, time):
            places = (f"projects/{project}" for project in sandbox["projects"])
            if any(allowed(sandbox, identity, run, place, time) for place in places for run in RUNS):
                how = "runs something as it"
        if how is None and _sets_policy(sandbox, identity, f"projects/{account['project']}", time):
            how = "rewrites its project’s policy"
        if how:
            found.append((google(email), f"{member(identity)} {how}"))
    return found


def permitted(sandbox: Sandbox, identity: Identity, time: str | None = None) -> list[Reached]:
    """Every permission that an identity has on every resource, or can grant itself."""
    found: list[Reached] = []
    for kind, collection in (("buckets", "buckets"), ("serviceAccounts", "google_accounts"), ("projects", "projects")):
        for name in sandbox[collection]:  # type: ignore[literal-required]
            resource = f"{kind}/{name}"
            sets = _sets_policy(sandbox, identity, resource, time)
            for permission in PERMISSIONS[kind]:
                has = allowed(sandbox, identity, permission, resource, time)
                if has or (sets and _free(sandbox, identity, permission, resource)):
                    found.append(
                        {
                            "resource": resource,
                            "permission": permission,
                            "by": member(identity),
                            "self_granted": not has,
                        }
                    )
    return found


def allowed(sandbox: Sandbox, identity: Identity, permission: str, resource: str, time: str | None = None) -> bool:
    """Certainly allowed, by IAM and by the scopes of a node’s token."""
    if "scopes" in identity and not scopes.within(identity["scopes"], permission):
        return False
    return decide(sandbox, identity, permission, resource, time=time)["answer"] == "allowed"


def _sets_policy(sandbox: Sandbox, identity: Identity, resource: str, time: str | None) -> bool:
    """Whether it may change the policy of the resource, or of its project."""
    kind, _, name = resource.partition("/")
    own = {
        "buckets": "storage.buckets.setIamPolicy",
        "serviceAccounts": "iam.serviceAccounts.setIamPolicy",
        "projects": "resourcemanager.projects.setIamPolicy",
    }[kind]
    if allowed(sandbox, identity, own, resource, time):
        return True
    if kind == "projects":
        return False
    home = sandbox["buckets"][name]["project"] if kind == "buckets" else sandbox["google_accounts"][name]["project"]
    return _sets_policy(sandbox, identity, f"projects/{home}", time)


def _free(sandbox: Sandbox, identity: Identity, permission: str, resource: str) -> bool:
    """What it may grant itself: all but what a deny policy or its token’s scopes forbid."""
    if "scopes" in identity and not scopes.within(identity["scopes"], permission):
        return False
    return any_of(denials(sandbox, identity, permission, resource)) is False


def _by_kubernetes(sandbox: Sandbox, name: str, time: str | None) -> list[tuple[Identity, str]]:
    """Other Kubernetes accounts by RBAC: their token made, or a pod started as them; and keys read from secrets."""
    pod = pod_named(sandbox, name)
    if not pod["automount"]:
        return []
    cluster, mine = pod["cluster"], account_of(name, pod)
    found: list[tuple[Identity, str]] = []
    for account, known in sandbox["kubernetes_accounts"].items():
        where = namespaced(account)[0]
        asks = (("create", "serviceaccounts/token"), ("create", "pods"))
        ways = [resource for verb, resource in asks if rbac.granted(sandbox, cluster, mine, verb, resource, where)]
        if account == mine or known["cluster"] != cluster or not ways:
            continue
        found += _as_account(sandbox, cluster, account, f"RBAC: create {ways[0]} in {where}", time)
    for other, holder in sandbox["pods"].items():
        where, key = namespaced(other)[0], holder["key"]
        if key and holder["cluster"] == cluster and rbac.granted(sandbox, cluster, mine, "get", "secrets", where):
            owner = sandbox["google_accounts"].get(key["account"])
            if owner and owner["enabled"] and key["id"] in owner["keys"]:
                found.append((google(key["account"]), f"RBAC: get secrets in {where}"))
    return found


def _as_account(sandbox: Sandbox, cluster: str, account: str, via: str, time: str | None) -> list[tuple[Identity, str]]:
    if not sandbox["clusters"][cluster]["workload_identity"]:
        return []
    identity = federated(sandbox, cluster, account)
    email = sandbox["kubernetes_accounts"][account]["annotation"] or ""
    known = sandbox["google_accounts"].get(email)
    found = [(identity, via)]
    if known and known["enabled"] and impersonation(sandbox, identity, email, time)["holds"]:
        found.append((google(email), via))
    return found


def _lasts(permission: str) -> bool:
    return permission == "iam.serviceAccountKeys.create" or permission.endswith("setIamPolicy")
