"""The commands that mend what is missing: gcloud, kubectl and YAML, Terraform where that is how it is kept.

Source: cloud.google.com/kubernetes-engine/docs/how-to/workload-identity, cloud.google.com/sdk/gcloud/reference.
"""

from __future__ import annotations

from typing import TypedDict

from app.algorithms.iam.members import Identity, workload_member
from app.algorithms.iam.sandbox import Sandbox


class Mend(TypedDict):
    """`tool` is gcloud, kubectl, YAML or Terraform."""

    tool: str
    text: str


def grant(resource: str, role: str, member: str) -> list[Mend]:
    """A binding on a bucket, a service account or a project."""
    kind, _, name = resource.partition("/")
    command = {
        "buckets": f"gcloud storage buckets add-iam-policy-binding gs://{name}",
        "serviceAccounts": f"gcloud iam service-accounts add-iam-policy-binding {name}",
        "projects": f"gcloud projects add-iam-policy-binding {name}",
    }[kind]
    block, field, value = {
        "buckets": ("google_storage_bucket_iam_member", "bucket", name),
        "serviceAccounts": (
            "google_service_account_iam_member",
            "service_account_id",
            f"projects/{home(name)}/serviceAccounts/{name}",
        ),
        "projects": ("google_project_iam_member", "project", name),
    }[kind]
    return [
        {"tool": "gcloud", "text": f'{command} \\\n  --role="{role}" \\\n  --member="{member}"'},
        {"tool": "Terraform", "text": _block(block, "pod", {field: value, "role": role, "member": member})},
    ]


def impersonate(email: str, identity: Identity) -> list[Mend]:
    """Let a Kubernetes account act as a Google one."""
    return grant(f"serviceAccounts/{email}", "roles/iam.workloadIdentityUser", workload_member(identity))


def annotate(namespace: str, name: str, email: str) -> list[Mend]:
    key = "iam.gke.io/gcp-service-account"
    manifest = (
        "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n"
        f"  name: {name}\n  namespace: {namespace}\n  annotations:\n    {key}: {email}"
    )
    return [
        {
            "tool": "kubectl",
            "text": f"kubectl annotate serviceaccount {name} \\\n  --namespace {namespace} \\\n  {key}={email}",
        },
        {"tool": "YAML", "text": manifest},
    ]


def create_kubernetes_account(namespace: str, name: str) -> list[Mend]:
    return [{"tool": "kubectl", "text": f"kubectl create serviceaccount {name} --namespace {namespace}"}]


def workload_identity(sandbox: Sandbox, cluster: str) -> list[Mend]:
    """Turn it on for the cluster, then for its nodes: an existing node pool needs its own command."""
    home_of = sandbox["clusters"][cluster]
    pool = f"{home_of['project']}.svc.id.goog"
    place = f"--location={home_of['location']}"
    return [
        {"tool": "gcloud", "text": f"gcloud container clusters update {cluster} {place} \\\n  --workload-pool={pool}"},
        *node_metadata(sandbox, cluster),
        {
            "tool": "Terraform",
            "text": f'workload_identity_config {{\n  workload_pool = "{pool}"\n}}  # in google_container_cluster',
        },
    ]


def node_metadata(sandbox: Sandbox, cluster: str) -> list[Mend]:
    place = f"--cluster={cluster} --location={sandbox['clusters'][cluster]['location']}"
    command = f"gcloud container node-pools update default-pool {place} \\\n  --workload-metadata=GKE_METADATA"
    return [{"tool": "gcloud", "text": command}]


def own_network(pod: str) -> list[Mend]:
    return [{"tool": "YAML", "text": f"# in the pod {pod}\nspec:\n  hostNetwork: false"}]


def reach_metadata(namespace: str) -> list[Mend]:
    """What a network policy that denies egress must still allow: GKE’s metadata server, both ways it has."""
    manifest = (
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n"
        f"  name: allow-metadata\n  namespace: {namespace}\n"
        "spec:\n  podSelector: {}\n  policyTypes: [Egress]\n  egress:\n"
        "  - to:\n    - ipBlock:\n        cidr: 169.254.169.252/32\n    ports:\n    - port: 988\n"
        "  - to:\n    - ipBlock:\n        cidr: 169.254.169.254/32  # GKE Dataplane V2\n    ports:\n    - port: 80"
    )
    return [{"tool": "YAML", "text": manifest}]


def enable(email: str) -> list[Mend]:
    return [{"tool": "gcloud", "text": f"gcloud iam service-accounts enable {email}"}]


def create_google_account(email: str) -> list[Mend]:
    name = email.partition("@")[0]
    return [{"tool": "gcloud", "text": f"gcloud iam service-accounts create {name} --project={home(email)}"}]


def drop_key(pod: str) -> list[Mend]:
    """A key that is gone is better not made again."""
    text = f"# in the pod {pod}: remove the key’s volume and\nenv:\n- name: GOOGLE_APPLICATION_CREDENTIALS  # this"
    return [{"tool": "YAML", "text": text}]


def wider_scopes(sandbox: Sandbox, cluster: str) -> list[Mend]:
    """Scopes of running nodes cannot be changed: a new pool takes over."""
    place = f"--cluster={cluster} --location={sandbox['clusters'][cluster]['location']}"
    command = f"gcloud container node-pools create wide {place} \\\n  --scopes=cloud-platform"
    return [{"tool": "gcloud", "text": command}]


def except_from_deny(resource: str, principal: str) -> list[Mend]:
    """Deny policies are edited as files; the rule gets an exception."""
    kind, _, name = resource.partition("/")
    point = f"cloudresourcemanager.googleapis.com%2F{kind}%2F{name}"
    command = (
        f'gcloud iam policies list --attachment-point="{point}" --kind=denypolicies\n'
        f'gcloud iam policies update POLICY --attachment-point="{point}" --kind=denypolicies --policy-file=deny.json'
    )
    rule = f'"exceptionPrincipals": ["{principal}"]'
    return [{"tool": "gcloud", "text": command}, {"tool": "JSON", "text": rule}]


def home(email: str) -> str:
    """The project of a service account by its address; “-” where the address does not tell it."""
    domain = email.partition("@")[2]
    return domain.removesuffix(".iam.gserviceaccount.com") if domain.endswith(".iam.gserviceaccount.com") else "-"


def _block(kind: str, name: str, fields: dict[str, str]) -> str:
    width = max(map(len, fields))
    lines = [f'  {field:<{width}} = "{value}"' for field, value in fields.items()]
    return "\n".join([f'resource "{kind}" "{name}" {{', *lines, "}"])
