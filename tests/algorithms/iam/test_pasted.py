"""Pasted policies: what they grant, what is inherited, judgements, and texts of any kind."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from app.algorithms.iam.pasted import judge, read_policy
from app.algorithms.iam.roles import ROLES
from tests.algorithms.iam.policies import ANN, BOT, GET, POOL, VIEWER, YAML, bound, pasted, pasted_text


def test_grants_say_what_they_give_and_where_they_stand() -> None:
    text = f"bindings:\n- members:\n  - {ANN}\n  - {BOT}\n  role: {VIEWER}\netag: x\n"
    told = read_policy(text, "bucket")
    assert [(each["member"], each["line"]) for each in told["grants"]] == [(ANN, 3), (BOT, 4)]
    assert told["grants"][0]["permissions"] == sorted(ROLES[VIEWER])
    assert told["problems"] == told["risks"] == []
    assert json.loads(json.dumps(told)) == told


def test_an_unknown_role_is_no_error_and_grants_what_is_not_known() -> None:
    told = pasted(bound("roles/bigquery.dataViewer"), bound("projects/p/roles/own"))
    assert [each["permissions"] for each in told["grants"]] == [None, None]
    assert told["problems"] == []


def test_inherited_is_what_hangs_above_the_first() -> None:
    ancestors = [
        {"id": "shop", "type": "project", "policy": {"bindings": [bound()], "etag": "x"}},
        {"id": "12", "type": "folder", "policy": {"bindings": [bound("roles/owner", BOT)], "etag": "x"}},
        {
            "id": "9",
            "type": "organization",
            "policy": {"rules": [{"denyRule": {"deniedPrincipals": [POOL], "deniedPermissions": []}}]},
        },
    ]
    told = read_policy(json.dumps(ancestors, indent=1))
    assert [(each["on"], each["inherited"]) for each in told["grants"]] == [
        ("project shop", False),
        ("folder 12", True),
    ]
    assert [(each["on"], each["inherited"]) for each in told["denials"]] == [("organization 9", True)]


def test_judged_deny_first_and_unknown_where_a_condition_decides() -> None:
    rule = {
        "deniedPrincipals": ["principalSet://goog/public:all"],
        "deniedPermissions": ["storage.googleapis.com/objects.*"],
    }
    spared = {**rule, "exceptionPrincipals": ["principal://goog/subject/ann@example.com"]}
    until = 'request.time < timestamp("2027-01-01T00:00:00Z")'

    def asked(*policies: Any, member: str = ANN, time: str | None = None) -> str:
        document = [{"id": "shop", "type": "project", "policy": each} for each in policies]
        return str(judge(read_policy(json.dumps(document)), member, GET, time)["answer"])

    allow: Any = {"bindings": [bound()], "etag": "x"}
    only: Any = {"bindings": [bound(condition={"expression": until})], "etag": "x", "version": 3}
    assert asked(allow) == "allowed"
    assert asked(allow, member=BOT) == "denied"
    assert asked(allow, {"rules": [{"denyRule": rule}]}) == "denied"
    assert asked(allow, {"rules": [{"denyRule": spared}]}) == "allowed"
    assert asked(allow, {"rules": [{"denyRule": {**rule, "denialCondition": {"expression": "x"}}}]}) == "unknown"
    assert asked(only) == "unknown"
    assert asked(only, time="2026-01-01T00:00:00Z") == "allowed"
    assert asked(only, time="2028-01-01T00:00:00Z") == "denied"
    public: Any = {"bindings": [bound(VIEWER, "allAuthenticatedUsers")], "etag": "x"}
    assert asked(public, member=BOT) == "allowed"
    assert asked(public, member="serviceAccount:shop.svc.id.goog[web/a]") == "denied"


def test_no_text_is_too_strange() -> None:
    """Policies with letters taken out, put in and doubled: problems, perhaps, but never anything but an answer."""
    whole = [pasted_text(indent) for indent in (None, 1)] + [YAML]
    chance = random.Random(1)
    for _ in range(3000):
        text = chance.choice(whole)
        for _ in range(chance.randrange(1, 4)):
            at = chance.randrange(len(text))
            text = text[:at] + chance.choice(["", "", text[at] * 2, *"\"'{}[],:-#\n \t\\"]) + text[at + 1 :]
        told = read_policy(text)
        last = text.count("\n") + 1
        for part in ("grants", "denials", "problems", "risks"):
            assert all(1 <= each["line"] <= last for each in told[part])


@pytest.mark.parametrize(
    "strange", ["[" * 5000, '{"a":' * 5000, "- " * 5000, "a:\n" + "".join(" " * i + "- \n" for i in range(200))]
)
def test_what_is_nested_too_deep_is_told(strange: str) -> None:
    assert read_policy(strange)["problems"]


@pytest.mark.parametrize("strange", [None, 1, [], {}, "x", [[]], {"a": 1}])
def test_values_of_any_kind_in_any_place_are_answered(strange: Any) -> None:
    binding = {"role": strange, "members": strange, "condition": strange}
    rule = {"denyRule": {"deniedPrincipals": strange, "deniedPermissions": strange, "denialCondition": strange}}
    policies: list[Any] = [
        strange,
        {"bindings": strange, "version": strange},
        {"bindings": [strange, binding, {**bound(), "condition": strange}, {"role": VIEWER, "members": [strange]}]},
        {"rules": strange},
        {"rules": [strange, rule, {"denyRule": strange}]},
    ]
    for policy in [*policies, [{"id": strange, "type": strange, "policy": each} for each in policies]]:
        told = read_policy(json.dumps(policy))
        assert told["problems"] or policy == {"rules": []}
        assert json.loads(json.dumps(told)) == told
