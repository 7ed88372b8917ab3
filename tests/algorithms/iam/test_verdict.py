"""The table of decisions, and what must hold of every sandbox."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from app.algorithms.iam.credentials import Step
from app.algorithms.iam.edit import Change, changed
from app.algorithms.iam.examples import READER, four_ways, shop
from app.algorithms.iam.members import federated, names
from app.algorithms.iam.roles import EVERY, ROLES
from app.algorithms.iam.sandbox import Sandbox
from app.algorithms.iam.verdict import Verdict, may
from tests.algorithms.iam.cases import CASES
from tests.algorithms.iam.cases.row import (
    DIRECT,
    FRONT,
    GET,
    OBJECTS,
    PUBLIC_DENIED,
    READER_DENIED,
    SERVICE,
    Row,
    bind,
    deny,
)

PLACES = ["buckets/photos", "buckets/thumbs", "projects/shop", "folders/12", f"serviceAccounts/{READER}"]


def decided(row: Row) -> Verdict:
    sandbox = changed(shop(), row["changes"])
    return may(sandbox, row["pod"], row["permission"], row["bucket"], row["object"], row["time"])


def steps_of(name: str) -> dict[str, Step]:
    """The steps of a row by their ids."""
    return {step["id"]: step for step in decided(next(row for row in CASES if row["name"] == name))["steps"]}


@pytest.mark.parametrize("row", CASES, ids=lambda row: row["name"])
def test_decisions_by_hand(row: Row) -> None:
    verdict = decided(row)
    assert (verdict["answer"], verdict["failing"]) == (row["answer"], row["failing"]), verdict["steps"]


def test_the_table_is_large_and_names_every_row_once() -> None:
    assert len(CASES) >= 60
    assert len({row["name"] for row in CASES}) == len(CASES)
    assert {row["answer"] for row in CASES} == {"allowed", "denied", "unknown"}


def test_rows_and_verdicts_are_plain_data() -> None:
    assert json.loads(json.dumps(CASES)) == CASES
    for row in CASES:
        verdict = decided(row)
        assert json.loads(json.dumps(verdict)) == verdict


@pytest.mark.parametrize("row", CASES, ids=lambda row: row["name"])
def test_a_no_names_what_is_missing_and_how_to_mend_it(row: Row) -> None:
    verdict = decided(row)
    for step in verdict["steps"]:
        assert step["sought"].endswith("?") or "?" in step["sought"]
        assert step["found"]
        if step["holds"] is False:
            assert step["missing"]
            assert step["mends"]
    if verdict["failing"]:
        assert next(step for step in verdict["steps"] if step["id"] == verdict["failing"])["holds"] is not True


def random_sandbox(chance: random.Random) -> Sandbox:
    """The shop with a few bindings and denials thrown at it."""
    who = [*names_of_frontend(), SERVICE, "allUsers", "allAuthenticatedUsers"]
    roles = [
        role for role in ROLES if "storage" in role or "workload" in role or role in ("roles/owner", "roles/viewer")
    ]
    changes: list[Change] = list(chance.choice(CASES)["changes"])
    for _ in range(chance.randrange(4)):
        changes.append(bind(chance.choice(PLACES), chance.choice(roles), chance.choice(who)))
    if chance.random() < 0.3:
        changes.append(deny("projects/shop", chance.choice(who), f"{OBJECTS}.*"))
    return changed(shop(), changes)


def names_of_frontend() -> list[str]:
    return sorted(names(shop(), federated(shop(), "main", FRONT)))


def answers(sandbox: Sandbox) -> dict[tuple[str, str], str]:
    asked = [
        (permission, bucket)
        for permission in sorted(EVERY)
        if "storage." in permission
        for bucket in sandbox["buckets"]
    ]
    return {key: may(sandbox, FRONT, *key)["answer"] for key in asked}


def test_a_grant_never_takes_anything_away() -> None:
    chance = random.Random(1)
    for _ in range(60):
        sandbox = random_sandbox(chance)
        before = answers(sandbox)
        member = chance.choice([*names_of_frontend(), SERVICE, "allUsers", "user:a@example.com"])
        after = answers(changed(sandbox, [bind(chance.choice(PLACES), chance.choice(sorted(ROLES)), member)]))
        order = ["denied", "unknown", "allowed"]
        for key, answer in before.items():
            assert order.index(after[key]) >= order.index(answer)


def test_a_denial_only_takes_away() -> None:
    chance = random.Random(2)
    for _ in range(60):
        sandbox = random_sandbox(chance)
        before = answers(sandbox)
        principal = chance.choice([DIRECT, PUBLIC_DENIED, READER_DENIED])
        permission = chance.choice([f"{OBJECTS}.*", "storage.googleapis.com/buckets.get"])
        after = answers(changed(sandbox, [deny(chance.choice(["projects/shop", "folders/12"]), principal, permission)]))
        for key, answer in before.items():
            assert after[key] in (answer, "denied")


REMOVALS: list[tuple[str, Change]] = [
    ("the account", {"drop": ["kubernetes_accounts", FRONT]}),
    ("the way to the metadata server", {"set": ["pods", FRONT, "reaches_metadata"], "to": False}),
    ("the workload pool", {"set": ["clusters", "main", "workload_identity"], "to": False}),
    ("GKE's metadata server", {"set": ["clusters", "main", "node", "gke_metadata"], "to": False}),
    ("the annotation", {"set": ["kubernetes_accounts", FRONT, "annotation"], "to": None}),
    ("the Google account", {"drop": ["google_accounts", READER]}),
    ("that it is enabled", {"set": ["google_accounts", READER, "enabled"], "to": False}),
    ("that it is let in", {"unbind": f"serviceAccounts/{READER}"}),
    ("the grant", {"unbind": "buckets/photos"}),
]


@pytest.mark.parametrize(("what", "change"), REMOVALS, ids=lambda value: value if isinstance(value, str) else "")
def test_any_step_taken_from_the_only_path_denies(what: str, change: Change) -> None:
    assert may(shop(), FRONT, GET, "photos")["answer"] == "allowed"
    assert may(changed(shop(), [change]), FRONT, GET, "photos")["answer"] == "denied"


def test_identity_is_by_project_not_by_cluster() -> None:
    """The same namespace and account of another cluster in the project is the same to IAM."""
    home = shop()["clusters"]["main"]
    twin: Any = changed(
        shop(),
        [
            {"set": ["clusters", "twin"], "to": home},
            {"set": ["pods", FRONT, "cluster"], "to": "twin"},
            {"set": ["kubernetes_accounts", FRONT, "cluster"], "to": "twin"},
        ],
    )
    assert may(twin, FRONT, GET, "photos")["answer"] == "allowed"


def test_all_four_ways_meet_the_need() -> None:
    for way, sandbox in four_ways().items():
        assert may(sandbox, FRONT, GET, "photos")["answer"] == "allowed", way


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("another namespace is let in", "The namespace is default in the binding, and web where the pod runs."),
        (
            "another account is let in",
            "The service account is backend in the binding, and frontend where the pod runs.",
        ),
        ("another project's pool is let in", "The project is vault in the binding, and shop where the pod runs."),
        ("all who are authenticated are not federated", "does not include federated identities"),
        ("a deleted account of the same name", "was deleted"),
        ("written as a user", "not user:"),
        ("the reader does not write", "roles/storage.objectViewer on buckets/photos does not contain storage.objects"),
        ("public, but public access is prevented", "public access is prevented"),
    ],
)
def test_near_misses_are_told(name: str, sentence: str) -> None:
    assert sentence in " ".join(step["found"] for step in steps_of(name).values())


def test_the_commands_are_the_missing_lines() -> None:
    gcloud, terraform = (mend["text"] for mend in steps_of("nobody is let in")["impersonation"]["mends"])
    assert gcloud.startswith(f"gcloud iam service-accounts add-iam-policy-binding {READER}")
    assert '--member="serviceAccount:shop.svc.id.goog[web/frontend]"' in gcloud
    assert "google_service_account_iam_member" in terraform
    kubectl, manifest = (mend["text"] for mend in steps_of("the annotation is missing")["annotation"]["mends"])
    assert f"iam.gke.io/gcp-service-account={READER}" in kubectl
    assert "namespace: web" in manifest


@pytest.mark.parametrize(("pod", "bucket"), [("web/ghost", "photos"), (FRONT, "nowhere")])
def test_what_is_not_there_is_refused(pod: str, bucket: str) -> None:
    with pytest.raises(ValueError, match="in the sandbox"):
        may(shop(), pod, GET, bucket)
