"""The table of roles, against what Google's pages say in words."""

from __future__ import annotations

import pytest

from app.algorithms.iam.roles import ADVISED, BASIC, EVERY, PERMISSIONS, ROLES, advised, only_on_buckets, permissions

READS, LISTS = "storage.objects.get", "storage.objects.list"
TOKEN, KEY = "iam.serviceAccounts.getAccessToken", "iam.serviceAccountKeys.create"


def test_every_permission_is_known_and_in_some_role() -> None:
    assert set().union(*ROLES.values()) == EVERY
    assert len(EVERY) == len({p for kind in PERMISSIONS.values() for p in kind})


@pytest.mark.parametrize(
    ("smaller", "larger"),
    [
        ("viewer", "editor"),
        ("editor", "owner"),
        ("storage.objectViewer", "storage.objectUser"),
        ("storage.objectCreator", "storage.objectUser"),
        ("storage.objectUser", "storage.objectAdmin"),
        ("storage.objectAdmin", "storage.admin"),
        ("storage.legacyObjectReader", "storage.legacyObjectOwner"),
        ("storage.legacyBucketReader", "storage.legacyBucketWriter"),
        ("storage.legacyBucketWriter", "storage.legacyBucketOwner"),
        ("iam.workloadIdentityUser", "iam.serviceAccountTokenCreator"),
        ("resourcemanager.projectIamAdmin", "iam.securityAdmin"),
    ],
)
def test_one_role_holds_the_other(smaller: str, larger: str) -> None:
    assert ROLES[f"roles/{smaller}"] < ROLES[f"roles/{larger}"]


def test_what_surprises() -> None:
    for role in BASIC:
        assert READS not in ROLES[role]
        assert TOKEN not in ROLES[role]
    assert KEY in ROLES["roles/editor"]
    assert "storage.buckets.get" not in ROLES["roles/storage.objectAdmin"]
    assert LISTS not in ROLES["roles/storage.legacyObjectReader"]
    assert READS not in ROLES["roles/storage.legacyBucketOwner"]
    assert "storage.objects.delete" not in ROLES["roles/storage.objectCreator"]
    assert READS in ROLES["roles/container.nodeServiceAccount"]
    assert READS not in ROLES["roles/container.defaultNodeServiceAccount"]
    assert TOKEN not in ROLES["roles/iam.serviceAccountUser"]


def test_what_is_advised_has_the_permission() -> None:
    for permission in EVERY:
        assert permission in ROLES[advised(permission)]
    assert advised(READS) == "roles/storage.objectViewer"
    assert advised(TOKEN) == "roles/iam.workloadIdentityUser"
    assert not set(ADVISED) & set(BASIC)


def test_custom_and_unknown_roles() -> None:
    assert permissions("projects/shop/roles/peek", {"projects/shop/roles/peek": [READS]}) == {READS}
    assert permissions("roles/nothing", {}) is None
    assert only_on_buckets("roles/storage.legacyBucketReader")
    assert not only_on_buckets("roles/storage.objectViewer")
