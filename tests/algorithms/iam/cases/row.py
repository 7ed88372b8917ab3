"""How a row is written, and the changes that rows are made of."""

from __future__ import annotations

from typing import Any, TypedDict

from app.algorithms.iam import scopes
from app.algorithms.iam.edit import Change
from app.algorithms.iam.examples import DIRECT, FRONTEND, NODE, POOL, READER

GET, LIST, CREATE, DELETE = (f"storage.objects.{action}" for action in ("get", "list", "create", "delete"))
FRONT, PLAIN, RESIZE = "web/frontend", "web/plain", "jobs/resize"
VIEWER, IMPERSONATE = "storage.objectViewer", "iam.workloadIdentityUser"
SET = f"principalSet://{POOL}"
CLUSTER = "https://container.googleapis.com/v1/projects/shop/locations/europe-west4/clusters"
SERVICE = f"serviceAccount:{READER}"
READER_DENIED = f"principal://iam.googleapis.com/projects/-/serviceAccounts/{READER}"
PUBLIC_DENIED = "principalSet://goog/public:all"
OBJECTS = "storage.googleapis.com/objects"
TAGGED = 'resource.matchTag("9/env", "prod")'


class Row(TypedDict):
    name: str
    changes: list[Change]
    pod: str
    permission: str
    bucket: str
    object: str | None
    time: str | None
    answer: str
    failing: str | None


def yes(name: str, *changes: Change, **asked: Any) -> Row:
    return _row(name, "allowed", None, changes, asked)


def no(name: str, failing: str, *changes: Change, **asked: Any) -> Row:
    return _row(name, "denied", failing, changes, asked)


def unknown(name: str, failing: str, *changes: Change, **asked: Any) -> Row:
    return _row(name, "unknown", failing, changes, asked)


def _row(name: str, answer: str, failing: str | None, changes: tuple[Change, ...], asked: dict[str, Any]) -> Row:
    usual = {"pod": FRONT, "permission": GET, "bucket": "photos", "object": None, "time": None, **asked}
    return Row(name=name, changes=list(changes), answer=answer, failing=failing, **usual)  # type: ignore[typeddict-item]


def put(value: Any, *path: str) -> Change:
    return {"set": list(path), "to": value}


def bind(resource: str, role: str, member: str, condition: str = "") -> Change:
    full = role if role.startswith(("roles/", "projects/")) else f"roles/{role}"
    change = {"bind": resource, "role": full, "member": member}
    return {**change, "condition": condition} if condition else change


def unbind(resource: str) -> Change:
    return {"unbind": resource}


def deny(resource: str, principal: str, permission: str = f"{OBJECTS}.get", **more: Any) -> Change:
    return {"deny": resource, "rule": {"deniedPrincipals": [principal], "deniedPermissions": [permission], **more}}


UNNAMED = put(None, "kubernetes_accounts", FRONT, "annotation")
SHUT = unbind(f"serviceAccounts/{READER}")
BARE = unbind("buckets/photos")
ALONE = [UNNAMED, BARE, SHUT]
NO_POOL = put(False, "clusters", "main", "workload_identity")
KEY = put({"account": READER, "id": "a1"}, "pods", FRONT, "key")
NARROW = put(scopes.DEFAULT, "clusters", "main", "node", "scopes")
PLAIN_NODE = [NO_POOL, *ALONE]  # no workload identity, and nobody meant to have it


def alone(role: str, member: str) -> list[Change]:
    """The frontend comes as itself, and gs://photos has this one binding."""
    return [*ALONE, bind("buckets/photos", role, member)]


def lets_in(member: str, role: str = IMPERSONATE, condition: str = "") -> list[Change]:
    """photo-reader lets in this member, and nobody else."""
    return [SHUT, bind(f"serviceAccounts/{READER}", role, member, condition)]


def only(member: str, condition: str = "") -> list[Change]:
    """gs://photos has this one reader."""
    return [BARE, bind("buckets/photos", VIEWER, member, condition)]


def node_reads(role: str = VIEWER) -> list[Change]:
    return [*PLAIN_NODE, bind("buckets/photos", role, f"serviceAccount:{NODE}")]


PUBLIC_NAMES = 'resource.name.startsWith("projects/_/buckets/photos/objects/public/")'
TILL_2027 = 'request.time < timestamp("2027-01-01T00:00:00Z")'
CONVENIENCE = bind("buckets/photos", "storage.legacyObjectReader", "projectViewer:shop")
__all__ = ["DIRECT", "FRONTEND", "NODE", "POOL", "READER"]
