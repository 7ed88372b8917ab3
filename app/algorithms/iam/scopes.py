"""Access scopes: what a node’s token may be used for. They cap what IAM grants, and grant nothing themselves.

Sources: cloud.google.com/compute/docs/access/service-accounts#accesscopesiam,
cloud.google.com/storage/docs/oauth-scopes, cloud.google.com/kubernetes-engine/docs/how-to/access-scopes.
"""

from __future__ import annotations

SCOPE = "https://www.googleapis.com/auth/"
_READ = {"storage.objects.get", "storage.objects.list", "storage.buckets.get", "storage.buckets.list"}
_WRITE = _READ | {
    "storage.objects.create",
    "storage.objects.delete",
    "storage.buckets.create",
    "storage.buckets.delete",
}
SCOPES = {
    "devstorage.read_only": _READ,
    "devstorage.read_write": _WRITE,
    "logging.write": {"logging.logEntries.create"},
    "monitoring": {"monitoring.timeSeries.create", "monitoring.timeSeries.list"},
    "monitoring.write": {"monitoring.timeSeries.create"},
}
# What GKE gives to nodes where nobody says otherwise (devstorage.read_only also pulls images).
DEFAULT = [
    f"{SCOPE}{name}"
    for name in (
        *("devstorage.read_only", "logging.write", "monitoring"),
        *("service.management.readonly", "servicecontrol", "trace.append"),
    )
]
EVERYTHING = [f"{SCOPE}cloud-platform"]


def within(scopes: list[str], permission: str) -> bool:
    """Whether a token with these scopes may be used for a permission."""
    names = [scope.removeprefix(SCOPE) for scope in scopes]
    if "cloud-platform" in names or ("devstorage.full_control" in names and permission.startswith("storage.")):
        return True
    return any(permission in SCOPES.get(name, ()) for name in names)


def named(scopes: list[str]) -> str:
    """Their short names in a row, or “none”."""
    return ", ".join(scope.removeprefix(SCOPE) for scope in scopes) or "none"
