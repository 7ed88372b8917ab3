"""What is wrong with a policy, and on which line."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.algorithms.iam.check import wrong_member
from app.algorithms.iam.pasted import read_policy
from tests.algorithms.iam.policies import ANN, BOT, GET, POOL, VIEWER, bound, denied, pasted


@pytest.mark.parametrize(
    ("binding", "sentence"),
    [
        ("no binding", "A binding is a role"),
        ({"members": [ANN]}, "has no role"),
        ({"role": VIEWER}, "members is missing"),
        (bound() | {"members": []}, "at least one"),
        (bound() | {"members": ANN}, "is a list"),
        (bound() | {"members": [{"user": "ann"}]}, "without a blank"),
        (bound() | {"member": ANN}, "did you mean members?"),
        (bound("storage.objectViewer"), "begins with roles/"),
        (bound("roles/storage.objectViewr"), "did you mean roles/storage.objectViewer?"),
        (bound(VIEWER, "ann@example.com"), "write user:ann@example.com"),
        (bound(VIEWER, "bot@shop.iam.gserviceaccount.com"), "write serviceAccount:"),
        (bound(VIEWER, "usr:ann@example.com"), "did you mean user?"),
        (bound(VIEWER, "user:bot@shop.iam.gserviceaccount.com"), "is written serviceAccount:"),
        (bound(VIEWER, "user:ann"), "an @"),
        (bound(VIEWER, "serviceAccount:shop.svc.id.goog[frontend]"), "[NAMESPACE/NAME]"),
        (bound(VIEWER, POOL.replace("/1/", "/shop/")), "number, not its id"),
        (bound(condition={"title": "no expression"}), "has an expression"),
        (bound("roles/editor", condition={"expression": "true"}), "basic role cannot"),
        (bound(VIEWER, "allUsers", condition={"expression": "true"}), "allUsers cannot"),
    ],
)
def test_what_is_wrong_with_a_binding(binding: Any, sentence: str) -> None:
    told = pasted(bound(), binding, version=3)
    assert any(sentence in problem["text"] for problem in told["problems"]), told["problems"]
    first = json.dumps({"bindings": [bound()]}, indent=1).count("\n") - 1
    assert all(problem["line"] > first for problem in told["problems"])


def test_what_is_wrong_with_the_whole() -> None:
    assert "neither bindings nor rules" in read_policy('{"binding": []}')["problems"][0]["text"]
    assert "neither bindings nor rules" in read_policy("hello")["problems"][0]["text"]
    assert read_policy("a: 'x")["problems"] == [{"line": 1, "text": "A quotation mark is missing."}]
    assert read_policy("etag: ACAB\n") == {"grants": [], "denials": [], "problems": [], "risks": []}
    assert "no etag" in read_policy('{"bindings": []}')["problems"][0]["text"]
    assert "version: 3" in pasted(bound(condition={"expression": "true"}))["problems"][0]["text"]
    assert pasted(bound(condition={"expression": "true"}), version=3)["problems"] == []
    assert "did you mean bindings?" in pasted(bound(), bindngs=[])["problems"][0]["text"]
    assert "bindings is a list" in read_policy('{"bindings": 1, "etag": "x"}')["problems"][0]["text"]


def test_a_bucket_role_belongs_on_a_bucket() -> None:
    legacy = bound("roles/storage.legacyBucketReader")
    assert "on a bucket only, not on a project" in pasted(legacy, kind="project")["problems"][0]["text"]
    assert pasted(legacy, kind="bucket")["problems"] == []


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (
            {"deniedPrincipals": [BOT], "deniedPermissions": ["storage.googleapis.com/objects.get"]},
            "projects/-/serviceAccounts/bot@",
        ),
        (
            {"deniedPrincipals": [ANN], "deniedPermissions": ["storage.googleapis.com/objects.get"]},
            "principal://goog/subject/ann@",
        ),
        (
            {"deniedPrincipals": ["allUsers"], "deniedPermissions": ["storage.googleapis.com/objects.get"]},
            "goog/public:all",
        ),
        ({"deniedPrincipals": [POOL], "deniedPermissions": [GET]}, "writes storage.googleapis.com/objects.get"),
        ({"deniedPermissions": ["storage.googleapis.com/objects.get"]}, "deniedPrincipals is missing"),
    ],
)
def test_what_is_wrong_with_a_denial(rule: dict[str, Any], sentence: str) -> None:
    assert any(sentence in problem["text"] for problem in denied(rule)["problems"])


def test_members_as_google_writes_them_are_right() -> None:
    for member in (
        ANN,
        BOT,
        POOL,
        "allUsers",
        "group:a@b.c",
        "domain:b.c",
        "projectOwner:shop",
        "deleted:user:a@b.c?uid=1",
        "serviceAccount:shop.svc.id.goog[web/frontend]",
        "principalSet://goog/group/a@b.c",
    ):
        assert wrong_member(member) is None
