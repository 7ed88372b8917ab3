"""RBAC beside IAM: the same word, two systems."""

from __future__ import annotations

from typing import Any

import pytest

from app.algorithms.iam.edit import Change, changed
from app.algorithms.iam.examples import shop
from app.algorithms.iam.rbac import can
from app.algorithms.iam.verdict import may

FRONT = "web/frontend"
ME = {"kind": "ServiceAccount", "namespace": "web", "name": "frontend"}


def role(kind: str = "Role", name: str = "look", namespace: str = "web", **rule: Any) -> dict[str, Any]:
    rules = [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list"], **rule}]
    return {"kind": kind, "name": name, "namespace": namespace, "rules": rules}


def binding(
    kind: str = "RoleBinding",
    namespace: str = "web",
    subject: dict[str, str] = ME,
    role: str = "Role",
    name: str = "look",
) -> dict[str, Any]:
    return {
        "kind": kind,
        "name": "b",
        "namespace": namespace,
        "role": {"kind": role, "name": name},
        "subjects": [subject],
    }


def rbac(roles: list[Any], bindings: list[Any]) -> Change:
    return {"set": ["clusters", "main", "rbac"], "to": {"roles": roles, "bindings": bindings}}


Question = tuple[str, str, str | None, str]
PODS: Question = ("get", "pods", None, "")

ROWS: list[tuple[str, list[Any], list[Any], Question, str]] = [
    ("nothing is granted", [], [], PODS, "denied"),
    ("a role in its namespace", [role()], [binding()], PODS, "allowed"),
    ("not in another namespace", [role()], [binding()], ("get", "pods", "jobs", ""), "denied"),
    ("another verb", [role()], [binding()], ("delete", "pods", None, ""), "denied"),
    ("another resource", [role()], [binding()], ("get", "secrets", None, ""), "denied"),
    ("another API group", [role()], [binding()], ("get", "pods", None, "apps"), "denied"),
    ("every verb", [role(verbs=["*"])], [binding()], ("delete", "pods", None, ""), "allowed"),
    (
        "every resource and group",
        [role(resources=["*"], apiGroups=["*"])],
        [binding()],
        ("get", "jobs", None, "batch"),
        "allowed",
    ),
    ("only some by name", [role(resourceNames=["one"])], [binding()], PODS, "denied"),
    ("a subresource is not its resource", [role()], [binding()], ("get", "pods/log", None, ""), "denied"),
    ("a subresource of everything", [role(resources=["*/log"])], [binding()], ("get", "pods/log", None, ""), "allowed"),
    ("a cluster role, bound here", [role("ClusterRole")], [binding(role="ClusterRole")], PODS, "allowed"),
    (
        "a cluster role, bound here, asked there",
        [role("ClusterRole")],
        [binding(role="ClusterRole")],
        ("get", "pods", "jobs", ""),
        "denied",
    ),
    (
        "a cluster role, bound everywhere",
        [role("ClusterRole")],
        [binding("ClusterRoleBinding", role="ClusterRole")],
        ("get", "pods", "jobs", ""),
        "allowed",
    ),
    ("a role of another namespace is not this one", [role(namespace="jobs")], [binding()], PODS, "denied"),
    ("a binding to nothing", [], [binding()], PODS, "denied"),
    ("another account", [role()], [binding(subject={**ME, "name": "other"})], PODS, "denied"),
    ("the account of another namespace", [role()], [binding(subject={**ME, "namespace": "jobs"})], PODS, "denied"),
    (
        "by its name as a user",
        [role()],
        [binding(subject={"kind": "User", "name": "system:serviceaccount:web:frontend"})],
        PODS,
        "allowed",
    ),
    (
        "all accounts of the namespace",
        [role()],
        [binding(subject={"kind": "Group", "name": "system:serviceaccounts:web"})],
        PODS,
        "allowed",
    ),
    (
        "all accounts of another namespace",
        [role()],
        [binding(subject={"kind": "Group", "name": "system:serviceaccounts:jobs"})],
        PODS,
        "denied",
    ),
    ("all accounts", [role()], [binding(subject={"kind": "Group", "name": "system:serviceaccounts"})], PODS, "allowed"),
    (
        "all who are authenticated",
        [role()],
        [binding(subject={"kind": "Group", "name": "system:authenticated"})],
        PODS,
        "allowed",
    ),
]


@pytest.mark.parametrize(("name", "roles", "bindings", "question", "answer"), ROWS, ids=[row[0] for row in ROWS])
def test_decisions_by_hand(name: str, roles: list[Any], bindings: list[Any], question: Question, answer: str) -> None:
    verdict = can(changed(shop(), [rbac(roles, bindings)]), FRONT, *question)
    assert (verdict["answer"], verdict["failing"]) == (answer, None if answer == "allowed" else "rbac")


def test_without_a_mounted_token_nobody_asks() -> None:
    sandbox = changed(shop(), [rbac([role()], [binding()]), {"set": ["pods", FRONT, "automount"], "to": False}])
    assert can(sandbox, FRONT, *PODS)["failing"] == "token"
    assert may(sandbox, FRONT, "storage.objects.get", "photos")["answer"] == "allowed"


def test_neither_system_answers_for_the_other() -> None:
    admin = changed(
        shop(),
        [{"bind": "projects/shop", "role": "roles/owner", "member": "serviceAccount:shop.svc.id.goog[web/frontend]"}],
    )
    assert can(admin, FRONT, *PODS)["answer"] == "denied"
    root = changed(
        shop(), [rbac([role(resources=["*"], verbs=["*"], apiGroups=["*"])], [binding()]), {"unbind": "buckets/photos"}]
    )
    assert can(root, FRONT, *PODS)["answer"] == "allowed"
    assert may(root, FRONT, "storage.objects.get", "photos")["answer"] == "denied"


def test_the_mend_mends() -> None:
    text = can(shop(), FRONT, "get", "pods")["steps"][1]["mends"][0]["text"]
    assert "kubectl create role frontend-pods --namespace web --verb=get --resource=pods" in text
    assert "--serviceaccount=web:frontend" in text
