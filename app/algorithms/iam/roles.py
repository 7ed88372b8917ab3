"""Google’s predefined roles, as far as pods, buckets and service accounts need them, with their real permissions.

Each role lists all of its permissions that are among `PERMISSIONS`; the hundreds that other products add are left out.
Two surprises are true: Editor and Owner may not read an object (their buckets’ default bindings let them, see
`members.py`), and neither may make an access token, though both may create a key.

Sources: cloud.google.com/storage/docs/access-control/iam-roles, cloud.google.com/iam/docs/roles-permissions
(iam, container, compute, basic roles), read in 2026.
"""

from __future__ import annotations

from collections.abc import Iterable


def _all(service: str, actions: str) -> list[str]:
    return [f"{service}.{action}" for action in actions.split()]


OBJECT = _all("storage.objects", "create delete get getIamPolicy list setIamPolicy update")
BUCKET = _all("storage.buckets", "delete get getIamPolicy setIamPolicy update")
ACCOUNT = [
    *_all("iam.serviceAccounts", "actAs delete disable enable get getAccessToken getIamPolicy getOpenIdToken"),
    *_all("iam.serviceAccounts", "implicitDelegation setIamPolicy signBlob signJwt update"),
    *_all("iam.serviceAccountKeys", "create delete get list"),
]
PROJECT = [
    *_all("resourcemanager.projects", "get getIamPolicy setIamPolicy"),
    *_all("storage.buckets", "create list"),
    *_all("iam.serviceAccounts", "create list"),
    *_all("compute.instances", "create get list"),
    *_all("run.services", "create get list"),
    *_all("container", "clusters.get clusters.list pods.create secrets.get"),
    *_all("artifactregistry.repositories", "downloadArtifacts uploadArtifacts"),
    "secretmanager.versions.access",
    *_all("logging.logEntries", "create list"),
    *_all("monitoring.timeSeries", "create list"),
]
# The kind of resource on which a permission is asked.
PERMISSIONS = {"buckets": [*OBJECT, *BUCKET], "serviceAccounts": ACCOUNT, "projects": PROJECT}
EVERY = frozenset(permission for kind in PERMISSIONS.values() for permission in kind)

_LOOK = [*_all("resourcemanager.projects", "get")]
_VIEWER = [
    *_all("resourcemanager.projects", "get getIamPolicy"),
    "storage.buckets.list",
    *_all("iam.serviceAccounts", "get getIamPolicy list"),
    *_all("iam.serviceAccountKeys", "get list"),
    *_all("compute.instances", "get list"),
    *_all("run.services", "get list"),
    *_all("container.clusters", "get list"),
    "artifactregistry.repositories.downloadArtifacts",
    *_all("logging", "logEntries.list"),
    *_all("monitoring", "timeSeries.list"),
]
_EDITOR = [
    *_VIEWER,
    *_all("storage.buckets", "create delete"),
    *_all("iam.serviceAccounts", "actAs create delete disable enable update"),
    *_all("iam.serviceAccountKeys", "create delete"),
    "compute.instances.create",
    "run.services.create",
    *_all("container", "pods.create secrets.get"),
    "artifactregistry.repositories.uploadArtifacts",
    "logging.logEntries.create",
    "monitoring.timeSeries.create",
]
_OWNER = [
    *_EDITOR,
    "resourcemanager.projects.setIamPolicy",
    "iam.serviceAccounts.setIamPolicy",
    "secretmanager.versions.access",
]
_NODE = ["logging.logEntries.create", "monitoring.timeSeries.create"]

ROLES: dict[str, frozenset[str]] = {
    f"roles/{name}": frozenset(permissions)
    for name, permissions in {
        "viewer": _VIEWER,
        "editor": _EDITOR,
        "owner": _OWNER,
        "browser": _all("resourcemanager.projects", "get getIamPolicy"),
        "storage.objectViewer": [*_all("storage.objects", "get list"), *_LOOK],
        "storage.objectCreator": ["storage.objects.create", *_LOOK],
        "storage.objectUser": [*_all("storage.objects", "create delete get list update"), *_LOOK],
        "storage.objectAdmin": [*OBJECT, *_LOOK],
        "storage.admin": [*OBJECT, *BUCKET, *_all("storage.buckets", "create list"), *_LOOK],
        "storage.bucketViewer": _all("storage.buckets", "get list"),
        "storage.legacyObjectReader": ["storage.objects.get"],
        "storage.legacyObjectOwner": _all("storage.objects", "get getIamPolicy setIamPolicy update"),
        "storage.legacyBucketReader": ["storage.buckets.get", "storage.objects.list"],
        "storage.legacyBucketWriter": ["storage.buckets.get", *_all("storage.objects", "create delete list")],
        "storage.legacyBucketOwner": [
            *_all("storage.buckets", "get getIamPolicy setIamPolicy update"),
            *_all("storage.objects", "create delete list"),
        ],
        "iam.workloadIdentityUser": _all("iam.serviceAccounts", "get getAccessToken getOpenIdToken list"),
        "iam.serviceAccountTokenCreator": [
            *_all("iam.serviceAccounts", "get getAccessToken getOpenIdToken implicitDelegation list signBlob signJwt"),
            *_LOOK,
        ],
        "iam.serviceAccountOpenIdTokenCreator": ["iam.serviceAccounts.getOpenIdToken"],
        "iam.serviceAccountUser": [*_all("iam.serviceAccounts", "actAs get list"), *_LOOK],
        "iam.serviceAccountKeyAdmin": [
            *_all("iam.serviceAccountKeys", "create delete get list"),
            *_all("iam.serviceAccounts", "get list"),
            *_LOOK,
        ],
        "iam.serviceAccountAdmin": [
            *_all("iam.serviceAccounts", "create delete disable enable get getIamPolicy list setIamPolicy update"),
            *_LOOK,
        ],
        "iam.securityAdmin": [
            *_all("resourcemanager.projects", "get getIamPolicy setIamPolicy"),
            *_all("storage.buckets", "getIamPolicy list setIamPolicy"),
            *_all("storage.objects", "getIamPolicy list setIamPolicy"),
            *_all("iam.serviceAccounts", "get getIamPolicy list setIamPolicy"),
            *_all("iam.serviceAccountKeys", "get list"),
        ],
        "resourcemanager.projectIamAdmin": _all("resourcemanager.projects", "get getIamPolicy setIamPolicy"),
        "container.defaultNodeServiceAccount": [*_NODE, "monitoring.timeSeries.list"],
        # The older role for nodes reads every object of its project, and so does every pod that gets the node’s token.
        "container.nodeServiceAccount": [*_NODE, *_all("storage.objects", "get list"), *_LOOK],
        "container.clusterViewer": [*_all("container.clusters", "get list"), *_LOOK],
        "container.developer": [*_all("container", "clusters.get clusters.list pods.create secrets.get"), *_LOOK],
        "compute.instanceAdmin.v1": [*_all("compute.instances", "create get list"), *_LOOK],
        "logging.logWriter": ["logging.logEntries.create"],
        "monitoring.metricWriter": ["monitoring.timeSeries.create"],
        "artifactregistry.reader": ["artifactregistry.repositories.downloadArtifacts"],
        "secretmanager.secretAccessor": ["secretmanager.versions.access", *_LOOK],
    }.items()
}
BASIC = ("roles/owner", "roles/editor", "roles/viewer")
# Best first: what to grant for a permission is the first of these that has it.
ADVISED = (
    "roles/storage.objectViewer",
    "roles/storage.objectCreator",
    "roles/storage.objectUser",
    "roles/storage.objectAdmin",
    "roles/storage.legacyBucketReader",
    "roles/storage.bucketViewer",
    "roles/storage.admin",
    "roles/iam.workloadIdentityUser",
    "roles/iam.serviceAccountUser",
    "roles/iam.serviceAccountTokenCreator",
    "roles/iam.serviceAccountKeyAdmin",
    "roles/iam.serviceAccountAdmin",
)


def only_on_buckets(role: str) -> bool:
    """Storage’s legacy roles can be granted on one bucket, not on a project or above."""
    return role.startswith("roles/storage.legacy")


def permissions(role: str, custom: dict[str, list[str]]) -> frozenset[str] | None:
    """A role’s permissions, among them those of the reader’s own (custom) roles; None for a role that is not known."""
    return frozenset(custom[role]) if role in custom else ROLES.get(role)


def advised(permission: str) -> str:
    """The role to grant for a permission: the narrowest usual one, else the smallest that has it."""
    having: Iterable[str] = (role for role in ADVISED if permission in ROLES[role])
    smallest = sorted((len(held), role) for role, held in ROLES.items() if permission in held)
    return next(iter(having), smallest[0][1] if smallest else "roles/owner")
