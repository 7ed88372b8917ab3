"""The mends mend: the commands, carried out one after another, end in a yes."""

from __future__ import annotations

import re

import pytest

from app.algorithms.iam.credentials import Step
from app.algorithms.iam.edit import Change, changed
from app.algorithms.iam.examples import shop
from app.algorithms.iam.sandbox import Sandbox
from app.algorithms.iam.verdict import may
from tests.algorithms.iam.cases import CASES
from tests.algorithms.iam.cases.row import Row

BINDING = re.compile(
    r"gcloud (storage buckets|iam service-accounts|projects) add-iam-policy-binding (\S+) \\\n"
    r'  --role="([^"]+)" \\\n  --member="([^"]+)"'
)
KINDS = {"storage buckets": "buckets/", "iam service-accounts": "serviceAccounts/", "projects": "projects/"}


def carried_out(step: Step, sandbox: Sandbox, row: Row) -> list[Change]:
    """What the step's commands do to the sandbox."""
    text = "\n".join(mend["text"] for mend in step["mends"])
    cluster = sandbox["pods"][row["pod"]]["cluster"]
    changes: list[Change] = [
        {"bind": KINDS[kind] + name.removeprefix("gs://"), "role": role, "member": member}
        for kind, name, role, member in BINDING.findall(text)
    ]
    if found := re.search(r"kubectl annotate serviceaccount (\S+) \\\n  --namespace (\S+) \\\n  \S+=(\S+)", text):
        changes.append({"set": ["kubernetes_accounts", f"{found[2]}/{found[1]}", "annotation"], "to": found[3]})
    if found := re.search(r"kubectl create serviceaccount (\S+) --namespace (\S+)", text):
        account = {"cluster": cluster, "annotation": None}
        changes.append({"set": ["kubernetes_accounts", f"{found[2]}/{found[1]}"], "to": account})
    if found := re.search(r"gcloud iam service-accounts enable (\S+)", text):
        changes.append({"set": ["google_accounts", found[1], "enabled"], "to": True})
    if found := re.search(r"gcloud iam service-accounts create (\S+) --project=(\S+)", text):
        account = {"project": found[2], "enabled": True, "keys": []}
        changes.append({"set": ["google_accounts", f"{found[1]}@{found[2]}.iam.gserviceaccount.com"], "to": account})
    if found := re.search(r'"exceptionPrincipals": \["([^"]+)"\]', text):
        for policy, held in sandbox["policies"].items():
            for i, rule in enumerate(held.get("deny", [])):
                spared = {**rule, "exceptionPrincipals": [*rule.get("exceptionPrincipals", []), found[1]]}
                rules = [*held["deny"][:i], spared, *held["deny"][i + 1 :]]
                changes.append({"set": ["policies", policy, "deny"], "to": rules})
    if "--workload-pool=" in text:
        changes.append({"set": ["clusters", cluster, "workload_identity"], "to": True})
    if "--workload-metadata=GKE_METADATA" in text:
        changes.append({"set": ["clusters", cluster, "node", "gke_metadata"], "to": True})
    if "hostNetwork: false" in text:
        changes.append({"set": ["pods", row["pod"], "host_network"], "to": False})
    if "kind: NetworkPolicy" in text:
        changes.append({"set": ["pods", row["pod"], "reaches_metadata"], "to": True})
    if "remove the key" in text:
        changes.append({"set": ["pods", row["pod"], "key"], "to": None})
    return changes


@pytest.mark.parametrize("row", [row for row in CASES if row["answer"] == "denied"], ids=lambda row: row["name"])
def test_following_the_commands_ends_in_a_yes(row: Row) -> None:
    sandbox = changed(shop(), row["changes"])
    for _ in range(6):
        asked = may(sandbox, row["pod"], row["permission"], row["bucket"], row["object"], row["time"])
        if asked["answer"] == "allowed":
            break
        failing = next(step for step in asked["steps"] if step["id"] == asked["failing"])
        changes = carried_out(failing, sandbox, row)
        assert changes, failing
        sandbox = changed(sandbox, changes)
    assert asked["answer"] == "allowed", asked
