"""Sandboxes to start from: a shop with a reader that works, and one pod’s need met in four ways."""

from __future__ import annotations

from typing import Any

from app.algorithms.iam import scopes
from app.algorithms.iam.edit import Change, changed
from app.algorithms.iam.reach import Reach, reach
from app.algorithms.iam.sandbox import Pod, Sandbox, empty

READER = "photo-reader@shop.iam.gserviceaccount.com"
NODE = "111122223333-compute@developer.gserviceaccount.com"
POOL = "iam.googleapis.com/projects/111122223333/locations/global/workloadIdentityPools/shop.svc.id.goog"
FRONTEND = "serviceAccount:shop.svc.id.goog[web/frontend]"
DIRECT = f"principal://{POOL}/subject/ns/web/sa/frontend"


def shop() -> Sandbox:
    """Project shop, one cluster with workload identity; pod web/frontend reads gs://photos as photo-reader, pod
    jobs/resize reads and writes gs://thumbs as itself. Project vault beside it has gs://ledger.
    """
    return empty(
        projects={
            "shop": {"number": "111122223333", "parents": ["folders/12", "organizations/9"]},
            "vault": {"number": "444455556666", "parents": ["organizations/9"]},
        },
        clusters={
            "main": {
                "project": "shop",
                "location": "europe-west4",
                "workload_identity": True,
                "node": {"service_account": NODE, "scopes": scopes.EVERYTHING, "gke_metadata": True},
                "rbac": {"roles": [], "bindings": []},
            }
        },
        kubernetes_accounts={
            "web/frontend": {"cluster": "main", "annotation": READER},
            "web/default": {"cluster": "main", "annotation": None},
            "jobs/resize": {"cluster": "main", "annotation": None},
        },
        google_accounts={
            READER: {"project": "shop", "enabled": True, "keys": ["a1"]},
            NODE: {"project": "shop", "enabled": True, "keys": []},
        },
        buckets={
            "photos": {"project": "shop", "public_access_prevention": False},
            "thumbs": {"project": "shop", "public_access_prevention": False},
            "ledger": {"project": "vault", "public_access_prevention": True},
        },
        pods={"web/frontend": pod("frontend"), "web/plain": pod("default"), "jobs/resize": pod("resize")},
        policies=_policies(),
    )


def pod(service_account: str, **other: Any) -> Pod:
    """A pod of the cluster main, as pods are where nothing is said."""
    usual: dict[str, Any] = {
        "cluster": "main",
        "service_account": service_account,
        "automount": True,
        "key": None,
        "host_network": False,
        "reaches_metadata": True,
    }
    return Pod(**{**usual, **other})  # type: ignore[typeddict-item]


# The need: web/frontend reads gs://photos. What each way changes in the shop.
NO_FEDERATION: list[Change] = [
    {"set": ["clusters", "main", "workload_identity"], "to": False},
    {"set": ["kubernetes_accounts", "web/frontend", "annotation"], "to": None},
    {"unbind": f"serviceAccounts/{READER}"},
]
# What Google puts on a new project’s default account and on a new bucket, where nobody prevents it.
DEFAULTS: list[Change] = [
    {"bind": "projects/shop", "role": "roles/editor", "member": f"serviceAccount:{NODE}"},
    *(
        {"bind": f"buckets/{name}", "role": f"roles/storage.{role}", "member": "projectEditor:shop"}
        for name in ("photos", "thumbs")
        for role in ("legacyBucketOwner", "legacyObjectOwner")
    ),
]
FOUR_WAYS: dict[str, list[Change]] = {
    "node": [*NO_FEDERATION, {"unbind": "buckets/photos"}, *DEFAULTS],
    "key": [*NO_FEDERATION, {"set": ["pods", "web/frontend", "key"], "to": {"account": READER, "id": "a1"}}],
    "account": [],
    "direct": [
        {"set": ["kubernetes_accounts", "web/frontend", "annotation"], "to": None},
        {"unbind": f"serviceAccounts/{READER}"},
        {"unbind": "buckets/photos"},
        {"bind": "buckets/photos", "role": "roles/storage.objectViewer", "member": DIRECT},
    ],
}
TITLES = {
    "node": "The node’s account",
    "key": "A key file",
    "account": "Workload identity with a Google account",
    "direct": "Direct federation",
}


def four_ways() -> dict[str, Sandbox]:
    """The same need, by name of the way."""
    return {way: changed(shop(), changes) for way, changes in FOUR_WAYS.items()}


def compared(pod_name: str = "web/frontend") -> list[dict[str, Any]]:
    """What one stolen pod reaches in each way: title, count, list, identities, and whether something lasts."""
    found: dict[str, Reach] = {way: reach(sandbox, pod_name) for way, sandbox in four_ways().items()}
    return [{"way": way, "title": TITLES[way], **each} for way, each in found.items()]


def _policies() -> dict[str, Any]:
    return {
        "buckets/photos": {"bindings": [_grant("storage.objectViewer", f"serviceAccount:{READER}")]},
        "buckets/thumbs": {"bindings": [_grant("storage.objectUser", f"principal://{POOL}/subject/ns/jobs/sa/resize")]},
        f"serviceAccounts/{READER}": {"bindings": [_grant("iam.workloadIdentityUser", FRONTEND)]},
        "projects/shop": {"bindings": [_grant("container.defaultNodeServiceAccount", f"serviceAccount:{NODE}")]},
    }


def _grant(role: str, member: str) -> dict[str, Any]:
    return {"role": f"roles/{role}", "members": [member]}
