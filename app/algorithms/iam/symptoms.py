"""Five usual errors: what the program prints, what to check in which order, and where it fails.

Each can be played: `broken` are the changes that bring it about in the shop. The texts are those of Google’s Python
libraries and of Cloud Storage. Source: cloud.google.com/kubernetes-engine/docs/troubleshooting/authentication.
"""

from __future__ import annotations

from typing import Any

from app.algorithms.iam.edit import Change
from app.algorithms.iam.examples import NODE, READER
from app.algorithms.iam.sandbox import Sandbox
from app.algorithms.iam.verdict import Verdict, may

TOKEN = "403 Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist)."
NOTHING = "google.auth.exceptions.DefaultCredentialsError: Your default credentials were not found."
INVALID = "google.auth.exceptions.RefreshError: ('invalid_grant: Invalid JWT Signature.')"

CHECKS = {  # a step of the verdict: the question, and the command that answers it
    "account": (
        "Which account does the pod run as?",
        "kubectl get pod POD -n NAMESPACE -o yaml | grep serviceAccountName",
    ),
    "key": ("Is a key file mounted?", "kubectl exec POD -n NAMESPACE -- printenv GOOGLE_APPLICATION_CREDENTIALS"),
    "metadata": (
        "Does the metadata server answer, and as whom?",
        "kubectl exec POD -n NAMESPACE -- curl -sH Metadata-Flavor:Google "
        "http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/email",
    ),
    "workload-identity": (
        "Do cluster and nodes have workload identity?",
        "gcloud container node-pools describe POOL --cluster=CLUSTER --location=LOCATION "
        '--format="value(config.workloadMetadataConfig.mode)"',
    ),
    "annotation": ("Does the account name a Google account?", "kubectl get serviceaccount NAME -n NAMESPACE -o yaml"),
    "google-account": ("Is that account there, and enabled?", "gcloud iam service-accounts describe EMAIL"),
    "impersonation": (
        "Does it let in this namespace and this name?",
        "gcloud iam service-accounts get-iam-policy EMAIL",
    ),
    "deny": ("Does a deny policy forbid it?", "gcloud iam policies list --attachment-point=POINT --kind=denypolicies"),
    "allow": ("Does the bucket grant it?", "gcloud storage buckets get-iam-policy gs://BUCKET"),
}

ERRORS: list[dict[str, Any]] = [
    {
        "id": "token-denied",
        "title": "403, getAccessToken denied",
        "symptom": TOKEN,
        "order": ["annotation", "google-account", "impersonation"],
        "fails_at": "impersonation",
        "broken": [{"unbind": f"serviceAccounts/{READER}"}],
        "why": "The annotation asks for the Google account, and the account does not let the pod in.",
    },
    {
        "id": "no-credentials",
        "title": "No credentials found",
        "symptom": NOTHING,
        "order": ["account", "key", "metadata"],
        "fails_at": "metadata",
        "broken": [{"set": ["pods", "web/frontend", "reaches_metadata"], "to": False}],
        "why": "There is no key file, and a network policy stands before the metadata server.",
    },
    {
        "id": "wrong-namespace",
        "title": "Right name, wrong namespace",
        "symptom": TOKEN,
        "order": ["account", "annotation", "google-account", "impersonation"],
        "fails_at": "impersonation",
        "broken": [
            {"unbind": f"serviceAccounts/{READER}"},
            {
                "bind": f"serviceAccounts/{READER}",
                "role": "roles/iam.workloadIdentityUser",
                "member": "serviceAccount:shop.svc.id.goog[default/frontend]",
            },
        ],
        "why": "The binding lets in the account of this name in another namespace: that is another account.",
    },
    {
        "id": "no-annotation",
        "title": "The annotation is missing",
        "symptom": "403 Caller does not have storage.objects.get access to the Google Cloud Storage object.",
        "order": ["workload-identity", "annotation", "allow"],
        "fails_at": "annotation",
        "broken": [{"set": ["kubernetes_accounts", "web/frontend", "annotation"], "to": None}],
        "why": "Without the annotation the pod comes as itself, and the bucket knows only the Google account.",
    },
    {
        "id": "node-account",
        "title": "The node’s account instead",
        "symptom": f"403 {NODE} does not have storage.objects.get access to the Google Cloud Storage object.",
        "order": ["metadata", "workload-identity", "annotation", "allow"],
        "fails_at": "workload-identity",
        "broken": [{"set": ["clusters", "main", "node", "gke_metadata"], "to": False}],
        "why": "These nodes were there before workload identity: their metadata server still speaks for the node.",
    },
]


def broken(error: str) -> list[Change]:
    """The changes to the shop that bring an error about. Raises KeyError."""
    changes: list[Change] = {each["id"]: each["broken"] for each in ERRORS}[error]
    return changes


def checked(error: str, sandbox: Sandbox, pod: str, permission: str, bucket: str) -> dict[str, Any]:
    """The error’s checks in order, each with what it shows in this sandbox, up to the first that fails.

    `holds` is None for what the request does not come to, or what cannot be told; `fails_at` is None if all is well.
    """
    steps = {each["id"]: each for each in may(sandbox, pod, permission, bucket)["steps"]}
    checks = []
    for name in {each["id"]: each["order"] for each in ERRORS}[error]:
        question, command = CHECKS[name]
        found = steps.get(name)
        holds = found["holds"] if found else None
        checks.append(
            {
                "step": name,
                "question": question,
                "command": command,
                "holds": holds,
                "found": found["found"] if found else "The request does not come to this.",
                "mends": found["mends"] if found else [],
            }
        )
        if holds is False:
            break
    fails_at = next((each["step"] for each in checks if each["holds"] is False), None)
    return {"checks": checks, "fails_at": fails_at}


def symptom(verdict: Verdict, permission: str) -> str | None:
    """What the program prints for a no; None for a yes, and where the pod does not run or the text is not known."""
    if verdict["answer"] != "denied":
        return None
    if verdict["identity"] is None:
        return {"metadata": NOTHING, "impersonation": TOKEN, "key": INVALID}.get(verdict["failing"] or "")
    kind, _, email = verdict["identity"].partition(":")
    who = email if kind == "serviceAccount" else "Caller"
    thing = "object" if permission.startswith("storage.objects.") else "bucket"
    return f"403 {who} does not have {permission} access to the Google Cloud Storage {thing}."
