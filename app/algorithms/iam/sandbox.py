"""The sandbox as plain data: projects, clusters, pods, two kinds of service accounts, buckets and who was granted what.

Collections are dicts by name, so that a change is a path and a value. Names: a pod and a Kubernetes service account are
“namespace/name” (of a pod’s own cluster), a Google service account is its e-mail address; a policy hangs on
“buckets/…”, “serviceAccounts/…”, “projects/…”, “folders/…” or “organizations/…”.
"""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict


class Condition(TypedDict):
    expression: str
    title: NotRequired[str]


class Binding(TypedDict):
    role: str
    members: list[str]
    condition: NotRequired[Condition]


class DenyRule(TypedDict):
    deniedPrincipals: list[str]
    deniedPermissions: list[str]
    exceptionPrincipals: NotRequired[list[str]]
    exceptionPermissions: NotRequired[list[str]]
    denialCondition: NotRequired[Condition]


class Policy(TypedDict):
    """What hangs on one resource; deny rules hang on projects, folders and organizations only."""

    bindings: list[Binding]
    deny: NotRequired[list[DenyRule]]


class Project(TypedDict):
    number: str
    parents: list[str]  # folders and the organization, nearest first


class Node(TypedDict):
    """What all nodes of a cluster have. `gke_metadata` is --workload-metadata=GKE_METADATA."""

    service_account: str
    scopes: list[str]
    gke_metadata: bool


class Cluster(TypedDict):
    project: str
    location: str
    workload_identity: bool
    node: Node
    rbac: Rbac


class Rule(TypedDict):
    apiGroups: list[str]
    resources: list[str]
    verbs: list[str]
    resourceNames: NotRequired[list[str]]


class ClusterRole(TypedDict):
    kind: str  # Role or ClusterRole
    name: str
    namespace: NotRequired[str]
    rules: list[Rule]


class RoleBinding(TypedDict):
    kind: str  # RoleBinding or ClusterRoleBinding
    name: str
    namespace: NotRequired[str]
    role: dict[str, str]  # kind and name
    subjects: list[dict[str, str]]  # kind, name and, for a service account, namespace


class Rbac(TypedDict):
    roles: list[ClusterRole]
    bindings: list[RoleBinding]


class KubernetesAccount(TypedDict):
    cluster: str
    annotation: str | None  # iam.gke.io/gcp-service-account


class GoogleAccount(TypedDict):
    project: str
    enabled: bool
    keys: list[str]


class Bucket(TypedDict):
    project: str
    public_access_prevention: bool


class Key(TypedDict):
    account: str
    id: str


class Pod(TypedDict):
    """`key` is a key file that GOOGLE_APPLICATION_CREDENTIALS points to."""

    cluster: str
    service_account: str  # the name alone; its namespace is the pod’s
    automount: bool
    key: Key | None
    host_network: bool
    reaches_metadata: bool


class Sandbox(TypedDict):
    projects: dict[str, Project]
    clusters: dict[str, Cluster]
    kubernetes_accounts: dict[str, KubernetesAccount]
    google_accounts: dict[str, GoogleAccount]
    buckets: dict[str, Bucket]
    pods: dict[str, Pod]
    groups: dict[str, list[str]]
    roles: dict[str, list[str]]
    policies: dict[str, Policy]


def chain(sandbox: Sandbox, resource: str) -> list[str]:
    """A resource and all above it, whose policies it inherits: bucket or account, project, folders, organization.

    Raises ValueError for a resource that the sandbox does not have.
    """
    kind, _, name = resource.partition("/")
    if kind == "projects" and name in sandbox["projects"]:
        return [resource, *sandbox["projects"][name]["parents"]]
    if kind == "buckets" and name in sandbox["buckets"]:
        return [resource, *chain(sandbox, f"projects/{sandbox['buckets'][name]['project']}")]
    if kind == "serviceAccounts" and name in sandbox["google_accounts"]:
        return [resource, *chain(sandbox, f"projects/{sandbox['google_accounts'][name]['project']}")]
    raise ValueError(f"There is no {resource} in the sandbox.")


def policy(sandbox: Sandbox, resource: str) -> Policy:
    """What hangs on one resource; nothing, if nothing does."""
    return sandbox["policies"].get(resource, {"bindings": []})


def namespaced(name: str) -> tuple[str, str]:
    """“web/frontend” as its namespace and its name."""
    namespace, _, own = name.partition("/")
    return namespace, own


def pod_named(sandbox: Sandbox, name: str) -> Pod:
    """Raises ValueError for a pod that the sandbox does not have."""
    if name not in sandbox["pods"]:
        raise ValueError(f"There is no pod {name} in the sandbox.")
    return sandbox["pods"][name]


def empty(**parts: Any) -> Sandbox:
    """A sandbox with these parts and nothing else."""
    nothing: dict[str, Any] = {name: {} for name in Sandbox.__annotations__}
    return Sandbox(**{**nothing, **parts})  # type: ignore[typeddict-item]
