"""Changes to a sandbox."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from app.algorithms.iam.edit import changed
from app.algorithms.iam.examples import shop
from app.algorithms.iam.sandbox import chain
from app.algorithms.iam.spelling import closest, distance


def test_a_change_leaves_the_sandbox_as_it_is() -> None:
    before = shop()
    kept = copy.deepcopy(before)
    value: dict[str, Any] = {"project": "shop", "public_access_prevention": False}
    after = changed(
        before,
        [
            {"set": ["buckets", "new"], "to": value},
            {"bind": "buckets/new", "role": "roles/viewer", "member": "allUsers"},
            {"deny": "projects/shop", "rule": {"deniedPrincipals": [], "deniedPermissions": []}},
            {"unbind": "buckets/photos"},
            {"drop": ["pods", "web/plain"]},
        ],
    )
    value["project"] = "another"
    assert before == kept
    assert after["buckets"]["new"]["project"] == "shop"
    assert "web/plain" not in after["pods"]
    assert after["policies"]["buckets/photos"]["bindings"] == []


def test_unbinding_takes_what_fits() -> None:
    members = [{"bind": "buckets/new", "role": f"roles/{role}", "member": who} for role in "ab" for who in ("x", "y")]

    def left(change: dict[str, Any]) -> list[tuple[str, str]]:
        bindings = changed(shop(), [*members, {"unbind": "buckets/new", **change}])["policies"]["buckets/new"][
            "bindings"
        ]
        return [(each["role"], who) for each in bindings for who in each["members"]]

    assert left({}) == []
    assert left({"role": "roles/a"}) == [("roles/b", "x"), ("roles/b", "y")]
    assert left({"member": "x"}) == [("roles/a", "y"), ("roles/b", "y")]
    assert left({"role": "roles/a", "member": "x"}) == [("roles/a", "y"), ("roles/b", "x"), ("roles/b", "y")]


@pytest.mark.parametrize("change", [{"paint": "red"}, {"set": ["nowhere", "x"], "to": 1}])
def test_what_is_no_change_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"A change|There is no"):
        changed(shop(), [change])


def test_policies_are_inherited_from_above() -> None:
    assert chain(shop(), "buckets/photos") == ["buckets/photos", "projects/shop", "folders/12", "organizations/9"]
    assert chain(shop(), "buckets/ledger") == ["buckets/ledger", "projects/vault", "organizations/9"]
    with pytest.raises(ValueError, match="There is no"):
        chain(shop(), "folders/12")


def test_spelling() -> None:
    assert [distance(a, b) for a, b in (("", "abc"), ("kitten", "sitting"), ("same", "same"))] == [3, 3, 0]
    assert closest("bindngs", ["bindings", "etag"]) == "bindings"
    assert closest("nothing like it", ["bindings"]) is None
