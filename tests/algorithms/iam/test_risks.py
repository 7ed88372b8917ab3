"""Risky grants."""

from __future__ import annotations

from typing import Any

import pytest

from tests.algorithms.iam.policies import BOT, POOL, VIEWER, bound, pasted


@pytest.mark.parametrize(
    ("binding", "kind", "rules"),
    [
        (bound("roles/viewer"), "project", set()),
        (bound("roles/editor", BOT), "project", {"broad", "keys", "actAs"}),
        (bound("roles/owner"), "project", {"broad", "keys", "actAs", "policy"}),
        (bound(VIEWER, "allUsers"), "bucket", {"public"}),
        (bound(VIEWER, "allAuthenticatedUsers"), "bucket", {"public"}),
        (bound("roles/resourcemanager.projectIamAdmin"), "project", {"policy"}),
        (bound("roles/iam.serviceAccountKeyAdmin"), "project", {"keys"}),
        (bound("roles/iam.serviceAccountTokenCreator"), "project", {"impersonation"}),
        (bound("roles/iam.serviceAccountUser"), "project", {"actAs"}),
        (bound("roles/iam.workloadIdentityUser", "serviceAccount:shop.svc.id.goog[web/a]"), "serviceAccount", set()),
        (
            bound("roles/iam.workloadIdentityUser", "serviceAccount:shop.svc.id.goog[web/a]"),
            "project",
            {"impersonation"},
        ),
        (bound(VIEWER, POOL), "bucket", {"pool"}),
        (bound(VIEWER, "deleted:user:ann@example.com?uid=1"), "bucket", {"deleted"}),
        (bound(VIEWER, "user:ann@gmail.com"), "bucket", {"outside"}),
        (bound("roles/storage.admin"), "bucket", {"policy"}),
    ],
)
def test_risks(binding: dict[str, Any], kind: str, rules: set[str]) -> None:
    told = pasted(binding, kind=kind)
    assert {risk["rule"] for risk in told["risks"]} == rules
    assert all(risk["text"].endswith(".") and risk["line"] > 1 for risk in told["risks"])


def test_a_default_account_with_editor_is_named() -> None:
    told = pasted(bound("roles/editor", "serviceAccount:1-compute@developer.gserviceaccount.com"), kind="project")
    assert "a default account" in told["risks"][0]["text"]
