"""Conditions, evaluated in three values."""

from __future__ import annotations

from itertools import product

import pytest

from app.algorithms.iam.conditions import both, either, evaluate, request_for

CAT = request_for("storage.objects.get", "buckets/photos", "public/cat.jpg", "2026-06-01T12:00:00Z")
SOME = request_for("storage.objects.get", "buckets/photos", None, None)
LISTED = request_for("storage.objects.list", "buckets/photos", "public/cat.jpg", None)

ROWS = [
    ('resource.name.startsWith("projects/_/buckets/photos/objects/public/")', True, None, False),
    ("resource.name.startsWith('projects/_/buckets/photos/objects/public/')", True, None, False),
    ('resource.name.startsWith("projects/_/buckets/photos")', True, True, True),
    ('resource.name.startsWith("projects/_/buckets/thumbs")', False, False, False),
    ('resource.name.endsWith(".jpg")', True, None, False),
    ('resource.name == "projects/_/buckets/photos"', False, False, True),
    ('resource.name != "projects/_/buckets/photos/objects/a"', True, None, True),
    ('resource.type == "storage.googleapis.com/Object"', True, True, False),
    ('resource.type != "storage.googleapis.com/Object"', False, False, True),
    ('resource.service == "storage.googleapis.com"', True, True, True),
    ('request.time < timestamp("2027-01-01T00:00:00Z")', True, None, None),
    ('request.time >= timestamp("2027-01-01T00:00:00Z")', False, None, None),
    ('request.time < timestamp("2026-06-01T14:00:00+02:00")', False, None, None),
    ('request.time < timestamp("soon")', None, None, None),
    ('resource.matchTag("9/env", "prod")', None, None, None),
    ('resource.name.extract("objects/{user}/") == "ann"', None, None, None),
    ("true", True, True, True),
    ("!true", False, False, False),
    ("!(true && false) || false", True, True, True),
    ("(true || false) && !false", True, True, True),
    ("false || true && false", False, False, False),
    ('true || resource.matchTag("a", "b && c")', True, True, True),
    ('false && resource.matchTag("a", "b")', False, False, False),
    ('true && resource.matchTag("a", "b")', None, None, None),
    ('resource.type == "x || true"', False, False, False),
    ("", None, None, None),
    ("(true", None, None, None),
    ("true)", None, None, None),
    ("true &&", None, None, None),
    ("true false", None, None, None),
]


@pytest.mark.parametrize(("expression", "cat", "some", "listed"), ROWS, ids=[row[0] for row in ROWS])
def test_conditions(expression: str, cat: bool | None, some: bool | None, listed: bool | None) -> None:
    assert [evaluate(expression, request) for request in (CAT, SOME, LISTED)] == [cat, some, listed]


def test_unknown_is_what_both_answers_leave_open() -> None:
    """Kleene's tables, from their meaning: unknown may turn out either way."""
    for values in product((True, False, None), repeat=2):
        worlds = [
            tuple(world if value is None else value for value, world in zip(values, guess, strict=True))
            for guess in product((True, False), repeat=2)
        ]
        for join, meaning in ((both, all), (either, any)):
            outcomes = {meaning(world) for world in worlds}
            assert join(list(values)) == (outcomes.pop() if len(outcomes) == 1 else None)


def test_an_unknown_object_answers_as_all_objects_do() -> None:
    names = ["a", "public/a", "public/b.jpg", "x.jpg"]
    for expression, *_ in ROWS:
        told = evaluate(expression, SOME)
        if told is not None:
            asked = [request_for("storage.objects.get", "buckets/photos", name, None) for name in names]
            assert {evaluate(expression, each) for each in asked} == {told}
