"""Least-privilege golf: par is the best there is."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from app.algorithms.iam import course, may, score
from app.algorithms.iam.golf import NEEDS, PAR, PODS, player
from app.algorithms.iam.roles import ROLES

TAKE: dict[str, Any] = {"unbind": "projects/shop"}


def give(bucket: str, role: str, pod: str) -> dict[str, Any]:
    return {"bind": f"buckets/{bucket}", "role": f"roles/storage.{role}", "member": player(pod)}


BEST = [
    TAKE,
    give("photos", "legacyObjectReader", "web/gallery"),
    give("inbox", "objectCreator", "jobs/upload"),
    give("inbox", "legacyBucketWriter", "jobs/sweep"),
]


def test_par_is_played_and_everybody_works() -> None:
    told = score(BEST)
    assert told["works"]
    assert told["strokes"] == told["par"] == PAR


def test_par_is_the_least_that_any_two_roles_come_to() -> None:
    """Each pod alone: the fewest permissions on its bucket over all pairs of roles that meet its needs."""
    least = 0
    for pod in PODS:
        needed = {need["permission"] for need in NEEDS if need["pod"] == pod}
        held = [{p for p in role if p.startswith(("storage.objects.", "storage.buckets."))} for role in ROLES.values()]
        on_bucket = [role - {"storage.buckets.create", "storage.buckets.list"} for role in held]
        least += min(len(a | b) for a, b in combinations([*on_bucket, set()], 2) if needed <= a | b)
    assert least == PAR


def test_it_begins_wasteful_and_taking_all_away_does_not_work() -> None:
    start = score([])
    assert start["works"]
    assert start["strokes"] > 10 * PAR
    nothing = score([TAKE])
    assert (nothing["works"], nothing["strokes"]) == (False, 0)


def test_every_stroke_too_many_is_named() -> None:
    told = score([*BEST, give("inbox", "legacyObjectReader", "web/gallery")])
    assert told["strokes"] == PAR + 1
    assert {"pod": "web/gallery", "resource": "buckets/inbox", "permission": "storage.objects.get"} in told["spare"]


def test_no_grant_can_be_taken_from_the_best() -> None:
    for i in range(1, len(BEST)):
        assert not score(BEST[:i] + BEST[i + 1 :])["works"]


@pytest.mark.parametrize(
    "change",
    [
        {"set": ["pods"], "to": {}},
        {"bind": "buckets/photos", "role": "projects/shop/roles/own", "member": "allUsers"},
    ],
)
def test_other_changes_are_off_the_course(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="Only grants"):
        score([change])


def test_pods_of_the_course_come_as_themselves() -> None:
    assert may(course(), "web/gallery", "storage.objects.get", "photos")["identity"] == player("web/gallery")
