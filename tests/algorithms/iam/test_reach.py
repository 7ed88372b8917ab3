"""What a stolen pod reaches: compared ways, chains of accounts, and by Kubernetes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.algorithms.iam.edit import Change, changed
from app.algorithms.iam.examples import DIRECT, NODE, READER, compared, shop
from app.algorithms.iam.reach import reach
from app.algorithms.iam.roles import PERMISSIONS
from app.algorithms.iam.verdict import may
from tests.algorithms.iam.cases import CASES
from tests.algorithms.iam.cases.row import FRONT, OBJECTS, PUBLIC_DENIED, SERVICE, bind, deny, put

ADMIN = "admin@shop.iam.gserviceaccount.com"
NEW_ADMIN: list[Change] = [
    put({"project": "shop", "enabled": True, "keys": []}, "google_accounts", ADMIN),
    bind("buckets/thumbs", "storage.admin", f"serviceAccount:{ADMIN}"),
]


def reached(*changes: Change, pod: str = FRONT) -> set[tuple[str, str]]:
    return {(each["resource"], each["permission"]) for each in reach(changed(shop(), list(changes)), pod)["reached"]}


def held(*changes: Change, pod: str = FRONT) -> list[str]:
    return [each["member"] for each in reach(changed(shop(), list(changes)), pod)["identities"]]


def test_four_ways_from_worst_to_best() -> None:
    ways = {each["way"]: each for each in compared()}
    counts = [ways[way]["count"] for way in ("node", "key", "account", "direct")]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > 10 * counts[2]
    assert [ways[way]["lasting"] for way in ("node", "key", "account", "direct")] == [True, True, False, False]
    assert ways["direct"]["identities"][0]["member"] == DIRECT
    assert json.loads(json.dumps(list(ways.values()))) == list(ways.values())


def test_the_reader_reaches_what_it_reads() -> None:
    assert reached() == {("buckets/photos", "storage.objects.get"), ("buckets/photos", "storage.objects.list")}


@pytest.mark.parametrize(
    "row", [row for row in CASES if not row["object"] and not row["time"]], ids=lambda row: row["name"]
)
def test_what_the_pod_may_do_is_within_reach(row: Any) -> None:
    """`may` and `reach` agree where neither object nor time is told."""
    sandbox = changed(shop(), row["changes"])
    within = {(each["resource"], each["permission"]) for each in reach(sandbox, row["pod"])["reached"]}
    for permission in PERMISSIONS["buckets"]:
        if may(sandbox, row["pod"], permission, row["bucket"])["answer"] == "allowed":
            assert (f"buckets/{row['bucket']}", permission) in within


@pytest.mark.parametrize(
    "role",
    [
        "iam.serviceAccountTokenCreator",
        "iam.workloadIdentityUser",
        "iam.serviceAccountKeyAdmin",
        "iam.serviceAccountAdmin",
    ],
)
def test_one_account_becomes_another(role: str) -> None:
    changes = [*NEW_ADMIN, bind(f"serviceAccounts/{ADMIN}", role, SERVICE)]
    assert f"serviceAccount:{ADMIN}" in held(*changes)
    assert ("buckets/thumbs", "storage.objects.delete") in reached(*changes)
    disabled = put(False, "google_accounts", ADMIN, "enabled")
    assert f"serviceAccount:{ADMIN}" not in held(*changes, disabled)


def test_chains_are_followed_and_circles_end() -> None:
    middle = "middle@shop.iam.gserviceaccount.com"
    chain = [
        *NEW_ADMIN,
        put({"project": "shop", "enabled": True, "keys": []}, "google_accounts", middle),
        bind(f"serviceAccounts/{middle}", "iam.serviceAccountTokenCreator", SERVICE),
        bind(f"serviceAccounts/{ADMIN}", "iam.serviceAccountTokenCreator", f"serviceAccount:{middle}"),
        bind(f"serviceAccounts/{READER}", "iam.serviceAccountTokenCreator", f"serviceAccount:{ADMIN}"),
    ]
    assert held(*chain) == [SERVICE, f"serviceAccount:{middle}", f"serviceAccount:{ADMIN}"]


def test_acting_as_needs_something_to_run() -> None:
    acts = [*NEW_ADMIN, bind(f"serviceAccounts/{ADMIN}", "iam.serviceAccountUser", SERVICE)]
    assert f"serviceAccount:{ADMIN}" not in held(*acts)
    assert f"serviceAccount:{ADMIN}" in held(*acts, bind("projects/shop", "compute.instanceAdmin.v1", SERVICE))


def test_who_changes_a_policy_has_all_that_no_denial_forbids() -> None:
    admin = bind("projects/shop", "resourcemanager.projectIamAdmin", SERVICE)
    everything = {(f"buckets/{name}", p) for name in ("photos", "thumbs") for p in PERMISSIONS["buckets"]}
    assert everything <= reached(admin)
    assert not any(resource == "buckets/ledger" for resource, _ in reached(admin))
    forbidden = deny("projects/shop", PUBLIC_DENIED, f"{OBJECTS}.*")
    assert not any("storage.objects." in permission for _, permission in reached(admin, forbidden))
    own = [each for each in reach(changed(shop(), [admin]), FRONT)["reached"] if each["self_granted"]]
    assert ("buckets/thumbs", "storage.objects.get") in {(each["resource"], each["permission"]) for each in own}


def test_scopes_hold_a_stolen_token_back() -> None:
    node = [put(True, "pods", FRONT, "host_network"), bind("projects/shop", "editor", f"serviceAccount:{NODE}")]
    narrow = put([], "clusters", "main", "node", "scopes")
    assert f"serviceAccount:{READER}" in held(*node)
    assert held(*node, narrow) == [f"serviceAccount:{NODE}"]
    assert reached(*node, narrow) == set()


def test_a_stolen_pod_has_the_key_and_the_metadata_server() -> None:
    key = put({"account": NODE, "id": "n1"}, "pods", FRONT, "key")
    assert held(key, put(["n1"], "google_accounts", NODE, "keys")) == [f"serviceAccount:{NODE}", SERVICE]


def test_a_key_outlives_its_pod_while_it_is_valid() -> None:
    key = put({"account": READER, "id": "a1"}, "pods", FRONT, "key")
    assert reach(changed(shop(), [key]), FRONT)["lasting"]
    assert not reach(changed(shop(), [key, put([], "google_accounts", READER, "keys")]), FRONT)["lasting"]


def grant(verb: str, resource: str, namespace: str) -> Change:
    role = {
        "kind": "Role",
        "name": "r",
        "namespace": namespace,
        "rules": [{"apiGroups": [""], "resources": [resource], "verbs": [verb]}],
    }
    subject = {"kind": "ServiceAccount", "namespace": "web", "name": "frontend"}
    binding = {
        "kind": "RoleBinding",
        "name": "b",
        "namespace": namespace,
        "role": {"kind": "Role", "name": "r"},
        "subjects": [subject],
    }
    return put({"roles": [role], "bindings": [binding]}, "clusters", "main", "rbac")


@pytest.mark.parametrize("resource", ["pods", "serviceaccounts/token"])
def test_kubernetes_opens_other_accounts(resource: str) -> None:
    changes = [grant("create", resource, "jobs")]
    assert ("buckets/thumbs", "storage.objects.delete") in reached(*changes)
    assert reached(*changes, put(False, "pods", FRONT, "automount")) == reached()


def test_kubernetes_opens_keys_in_secrets() -> None:
    changes = [
        *NEW_ADMIN,
        put(["k"], "google_accounts", ADMIN, "keys"),
        put({"account": ADMIN, "id": "k"}, "pods", "jobs/resize", "key"),
    ]
    assert f"serviceAccount:{ADMIN}" not in held(*changes)
    assert f"serviceAccount:{ADMIN}" in held(*changes, grant("get", "secrets", "jobs"))


def test_a_grant_never_makes_the_reach_smaller() -> None:
    for row in CASES[::7]:
        before = reached(*row["changes"])
        assert before <= reached(*row["changes"], bind("projects/shop", "storage.objectUser", SERVICE))
