"""Which identity a pod’s program gets, and why: a key file, the node’s account, or workload identity’s two ways.

Application Default Credentials look at GOOGLE_APPLICATION_CREDENTIALS first, and ask the metadata server last. GKE’s
answers with the Kubernetes account’s own federated token, or with the Google account’s that an annotation names; where
it does not run, Compute Engine’s answers with the node’s account. Automounting does not matter here: GKE’s metadata
server asks for the Kubernetes token itself.

Sources: cloud.google.com/docs/authentication/application-default-credentials,
cloud.google.com/kubernetes-engine/docs/concepts/workload-identity (#restrictions for the host’s network).
"""

from __future__ import annotations

from typing import TypedDict

from app.algorithms.iam import mends
from app.algorithms.iam.access import Decision, decide
from app.algorithms.iam.members import Identity, denied_member, federated, google, matches, member
from app.algorithms.iam.mends import Mend
from app.algorithms.iam.sandbox import Pod, Sandbox, namespaced, pod_named, policy


class Step(TypedDict):
    """What was looked for, whether it holds (None: cannot be told), what was found, what is missing, how to mend it."""

    id: str
    sought: str
    holds: bool | None
    found: str
    missing: str | None
    mends: list[Mend]


OWN = "Does GKE’s metadata server speak for the pod’s own account?"
Walk = tuple[Identity | None, list[Step]]  # no identity: the program gets no token


def step(
    name: str, sought: str, holds: bool | None, found: str, missing: str | None = None, mend: list[Mend] | None = None
) -> Step:
    return {"id": name, "sought": sought, "holds": holds, "found": found, "missing": missing, "mends": mend or []}


def credentials(sandbox: Sandbox, name: str, time: str | None = None) -> Walk:
    """The identity of the token that the pod’s program gets, and the steps to it. Raises ValueError for no such pod."""
    pod = pod_named(sandbox, name)
    first = _account(sandbox, name, pod)
    if not first["holds"]:
        return None, [first]
    identity, steps = _key(sandbox, name, pod) if pod["key"] else from_metadata(sandbox, name, time)
    return identity, [first, *steps]


def from_metadata(sandbox: Sandbox, name: str, time: str | None = None) -> Walk:
    """What the metadata server gives to this pod, whether or not its program asks there."""
    pod = pod_named(sandbox, name)
    cluster = sandbox["clusters"][pod["cluster"]]
    if not pod["reaches_metadata"]:
        return None, [_unreachable(name)]
    steps = [step("metadata", "Can the pod reach the metadata server?", True, "Nothing stands in between.")]
    account = sandbox["kubernetes_accounts"][account_of(name, pod)]
    off = _off(sandbox, name, pod)
    if off is None:
        identity, more = _federated(sandbox, name, pod, account["annotation"], time)
        return identity, steps + more
    wanted = account["annotation"] is not None or cluster["workload_identity"]
    email = cluster["node"]["service_account"]
    found, mend = off
    sought = OWN if wanted else "Whose token does the metadata server give to the pod?"
    missing = "Workload Identity Federation for GKE, on the cluster and its nodes" if wanted else None
    steps.append(step("workload-identity", sought, not wanted, f"{found} The pod gets {email}.", missing, mend))
    steps.append(_google_account(sandbox, email))
    return google(email, cluster["node"]["scopes"]) if steps[-1]["holds"] else None, steps


def account_of(name: str, pod: Pod) -> str:
    """The pod’s Kubernetes account, “namespace/name”."""
    return f"{namespaced(name)[0]}/{pod['service_account']}"


def impersonation(sandbox: Sandbox, identity: Identity, email: str, time: str | None = None) -> Step:
    """May this federated identity make access tokens of that Google account?"""
    asked = decide(sandbox, identity, "iam.serviceAccounts.getAccessToken", f"serviceAccounts/{email}", time=time)
    holds = {"allowed": True, "denied": False, "unknown": None}[asked["answer"]]
    sought = f"May the Kubernetes account act as {email}?"
    if holds:
        found = asked["allow"][0]
        return step("impersonation", sought, True, f"{found['member']} has {found['role']} on {found['resource']}.")
    if asked["deny"]:
        principal = denied_member(identity)
        mend = mends.except_from_deny(asked["deny"][0]["resource"], principal)
        return step("impersonation", sought, holds, _reason(asked), f"an exception for {principal}", mend)
    missing = None if holds is None else f"{mends.workload_member(identity)} with roles/iam.workloadIdentityUser"
    return step("impersonation", sought, holds, _reason(asked), missing, mends.impersonate(email, identity))


def _account(sandbox: Sandbox, name: str, pod: Pod) -> Step:
    account = account_of(name, pod)
    known = sandbox["kubernetes_accounts"].get(account)
    exists = known is not None and known["cluster"] == pod["cluster"]
    sought = f"Does the Kubernetes service account {account} exist?"
    if exists:
        return step("account", sought, True, f"The pod runs as {account}.")
    namespace, own = namespaced(account)
    mend = mends.create_kubernetes_account(namespace, own)
    return step("account", sought, False, f"{pod['cluster']} has no {account}: the pod does not start.", account, mend)


def _key(sandbox: Sandbox, name: str, pod: Pod) -> Walk:
    key = pod["key"]
    assert key is not None
    account = sandbox["google_accounts"].get(key["account"])
    sought = f"Is the mounted key {key['id']} of {key['account']} valid?"
    if account is None or key["id"] not in account["keys"]:
        found = "It was deleted: every request ends with invalid_grant."
        return None, [step("key", sought, False, found, f"key {key['id']}", mends.drop_key(name))]
    steps = [step("key", sought, True, "The key file comes first: nothing else is asked.")]
    steps.append(_google_account(sandbox, key["account"]))
    return google(key["account"]) if steps[-1]["holds"] else None, steps


def _off(sandbox: Sandbox, name: str, pod: Pod) -> tuple[str, list[Mend]] | None:
    """Why workload identity does not work for this pod, and its mend; None if it does."""
    cluster = sandbox["clusters"][pod["cluster"]]
    if not cluster["workload_identity"]:
        return "The cluster has no workload pool.", mends.workload_identity(sandbox, pod["cluster"])
    if not cluster["node"]["gke_metadata"]:
        return "The node pool runs with GCE_METADATA.", mends.node_metadata(sandbox, pod["cluster"])
    if pod["host_network"]:
        return "The pod is on its host’s network, past GKE’s metadata server.", mends.own_network(name)
    return None


def _federated(sandbox: Sandbox, name: str, pod: Pod, annotation: str | None, time: str | None) -> Walk:
    account = account_of(name, pod)
    identity = federated(sandbox, pod["cluster"], account)
    steps = [
        step(
            "workload-identity",
            OWN,
            True,
            "The cluster has a workload pool, the nodes run GKE’s metadata server.",
        )
    ]
    if annotation is None:
        return identity, [*steps, _unannotated(sandbox, identity, account)]
    steps.append(step("annotation", f"Does {account} name a Google account?", True, f"Its annotation is {annotation}."))
    steps.append(_google_account(sandbox, annotation))
    if not steps[-1]["holds"]:
        return None, steps
    steps.append(impersonation(sandbox, identity, annotation, time))
    return (None if steps[-1]["holds"] is False else google(annotation)), steps


def _unannotated(sandbox: Sandbox, identity: Identity, account: str) -> Step:
    """No annotation is right for direct federation, and wrong if some Google account waits for this one."""
    sought = f"Does {account} name a Google account?"
    waiting = [email for email in sandbox["google_accounts"] if _lets_in(sandbox, email, identity)]
    if not waiting:
        return step("annotation", sought, True, f"It does not, so it comes as itself: {member(identity)}.")
    found = f"It does not, though {waiting[0]} lets it in. It comes as itself: {member(identity)}."
    missing = f"iam.gke.io/gcp-service-account: {waiting[0]}"
    return step("annotation", sought, False, found, missing, mends.annotate(*namespaced(account), waiting[0]))


def _lets_in(sandbox: Sandbox, email: str, identity: Identity) -> bool:
    return any(
        binding["role"] == "roles/iam.workloadIdentityUser"
        and any(matches(sandbox, each, identity) for each in binding["members"])
        for binding in policy(sandbox, f"serviceAccounts/{email}")["bindings"]
    )


def _google_account(sandbox: Sandbox, email: str) -> Step:
    sought = f"Is there a Google service account {email}, and is it enabled?"
    account = sandbox["google_accounts"].get(email)
    if account is None:
        return step("google-account", sought, False, "There is none.", email, mends.create_google_account(email))
    if not account["enabled"]:
        return step("google-account", sought, False, "It is disabled.", "the account enabled", mends.enable(email))
    return step("google-account", sought, True, "It is there, and enabled.")


def _unreachable(name: str) -> Step:
    return step(
        "metadata",
        "Can the pod reach the metadata server?",
        False,
        "A network policy denies it: the program finds no credentials.",
        "egress to the metadata server",
        mends.reach_metadata(namespaced(name)[0]),
    )


def _reason(asked: Decision) -> str:
    if asked["answer"] == "unknown":
        return "A condition decides, and cannot be told here."
    if asked["deny"]:
        return f"A deny policy on {asked['deny'][0]['resource']} forbids it."
    return " ".join(asked["near"]) or "No binding on the account, nor above it, lets this one in."
