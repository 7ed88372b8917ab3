"""Five usual errors, played in the shop."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.algorithms.iam import ERRORS, broken, changed, checked, may, shop, symptom

ASKED = ("web/frontend", "storage.objects.get", "photos")


def played(error: str) -> Any:
    return changed(shop(), broken(error))


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error["id"])
def test_each_error_is_brought_about_printed_and_found(error: dict[str, Any]) -> None:
    sandbox = played(error["id"])
    verdict = may(sandbox, *ASKED)
    assert verdict["answer"] == "denied"
    assert symptom(verdict, ASKED[1]) == error["symptom"]
    told = checked(error["id"], sandbox, *ASKED)
    assert told["fails_at"] == error["fails_at"] == verdict["failing"]
    assert [check["step"] for check in told["checks"]] == error["order"][: len(told["checks"])]
    assert told["checks"][-1]["mends"]
    assert json.loads(json.dumps(told)) == told


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error["id"])
def test_nothing_fails_where_nothing_is_broken(error: dict[str, Any]) -> None:
    assert checked(error["id"], shop(), *ASKED)["fails_at"] is None


def test_two_errors_print_the_same_and_are_told_apart() -> None:
    denied, misplaced = (
        checked(name, played(name), *ASKED)["checks"][-1] for name in ("token-denied", "wrong-namespace")
    )
    assert "namespace is default" in misplaced["found"]
    assert "namespace" not in denied["found"]


def test_there_are_five_and_a_yes_has_no_symptom() -> None:
    assert len(ERRORS) == 5
    assert symptom(may(shop(), *ASKED), ASKED[1]) is None
