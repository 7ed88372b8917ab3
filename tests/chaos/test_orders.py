"""H-24: JSON of wrong types, depths and sizes is refused at its field, whichever demo it is sent to."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import demos
from tests.chaos import oddities

ODD: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    10**30,
    -(10**400),
    1e308,
    5e-324,
    "",
    " ",
    "x" * 100_000,
    [],
    {},
    [[]],
    [None],
    [1, [2]],
    {"a": {"b": {}}},
    {"picture": "../../etc/passwd"},
    {"picture": "0" * 64 + ".png"},
    {"name": "../secret_key"},
    {"": ""},
    "/pictures/../secret_key",
    "/pictures/" + "0" * 64 + ".png",
    ["x"] * 10_000,
    "\0",
    "٣",
    "1e400",
)
RAW = {
    "nothing": b"",
    "no JSON": b"x",
    "half": b'{"map": ',
    "a list": b"[]",
    "a number": b"1",
    "a text": b'"x"',
    "null": b"null",
    "NaN": b'{"weight": NaN}',
    "infinite": b'{"weight": -Infinity}',
    "1e400": b'{"weight": 1e400}',
    "a million digits": b'{"weight": ' + b"9" * 1_000_000 + b"}",
    "ten thousand deep": b"[" * 10_000 + b"]" * 10_000,
    "ten thousand deep in a field": b'{"map": ' + b"[" * 10_000 + b"]" * 10_000 + b"}",
    "a hundred thousand deep": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "the same name twice": b'{"algorithm": "astar", "algorithm": 1}',
    "a hundred thousand names": json.dumps({f"n{number}": 1 for number in range(100_000)}).encode(),
    "half a surrogate": b'{"map": "\\ud800"}',
    "no UTF-8": b'{"map": "\xff\xfe"}',
    "UTF-16": '{"map": "pocket"}'.encode("utf-16"),
    "a mark of order": b"\xef\xbb\xbf{}",
    "one megabyte": json.dumps({"map": "x" * 1_000_000}).encode(),
}
GRIDS = {
    "no cell": {"map": ""},
    "no column": {"map": "0x5:"},
    "a million cells": {"map": "1000x1000:" + "A" * 1_000},
    "a million open cells": {"map": "\n".join(["." * 1_000] * 1_000)},
    "uneven rows": {"map": "...\n.\n...."},
    "a start in a wall": {"map": "@..\n...\n...", "start": "0,0"},
    "a start outside": {"map": "pocket", "start": "999,999"},
    "a start below nothing": {"map": "pocket", "start": "-1,-1"},
    "a goal in a wall": {"map": "..@", "goal": "2,0"},
    "a formula of powers": {"heuristic": "dx**9**9**9**9"},
    "a formula of names": {"heuristic": "__import__('os')"},
    "a formula of attributes": {"heuristic": "dx.__class__"},
    "a formula of calls": {"heuristic": "max(*[dx]*10**9)"},
    "a formula in brackets": {"heuristic": "(" * 5_000 + "dx" + ")" * 5_000},
    "a shift": {"heuristic": "1<<10**9"},
}
BELIEFS = {
    "no chance": {"prior": 0, "sensitivity": 0, "false_positive": 0},
    "a negative one": {"prior": -1},
    "more than all": {"prior": 101},
    "none at all": {"part": "robot", "hit": 0, "miss": 0},
    "no world": {"world": "", "part": "robot"},
    "a world of rows": {"world": "r/" * 5_000, "part": "robot"},
    "tosses without end": {"tosses": "H" * 100_000},
    "more heads than tosses": {"tosses": "9 of 3"},
    "tosses of billions": {"tosses": "999999999999 of 9999999999999"},
    "people without number": {"people": 10**40},
    "nobody": {"people": 0},
    "a drive without end": {"part": "robot", "drive": "r>" * 50_000},
}


def post(client: FlaskClient, name: str, body: bytes) -> int:
    """The status; every refusal has a sentence."""
    ending = "" if demos.get(name).instant else "/jobs"
    answer = client.post(f"/api/v1/demos/{name}{ending}", data=body, content_type="application/json")
    if answer.status_code >= 400:
        assert answer.json is not None
        assert answer.json["error"].strip(), answer.text
    return answer.status_code


def orders(seed: int, each: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """For every demo so many orders, whose fields are odd: one of them, or some."""
    chance = random.Random(seed)
    texts = tuple(text for text in oddities.every() if len(text) < 10_000)
    for demo in demos.every():
        fields = [field.name for field in demo.fields]
        for _ in range(each):
            chosen = chance.sample(fields, chance.choice((1, 1, min(3, len(fields)))))
            yield demo.name, {name: chance.choice(ODD if chance.random() < 0.6 else texts) for name in chosen}


def ill_answered(client: FlaskClient, seed: int, each: int) -> list[str]:
    found = []
    for name, order in orders(seed, each):
        status = post(client, name, json.dumps(order).encode())
        if status not in (200, 202, 400, 404, 413, 422):
            found.append(f"{name} {order!r:.200}: {status}")
    return found


def test_odd_orders_of_every_demo_are_answers_or_sentences(client: FlaskClient) -> None:
    assert ill_answered(client, seed=1, each=12) == []


@pytest.mark.full
def test_so_are_thousands(client: FlaskClient) -> None:
    assert ill_answered(client, seed=2, each=400) == []


@pytest.mark.parametrize("kind", RAW)
def test_what_is_hardly_json_is_a_sentence(client: FlaskClient, kind: str) -> None:
    for name in ("astar", "detection", "service-accounts"):
        expected = (200, 400, 413, 422) if name != "detection" else (400, 413, 422)
        assert post(client, name, RAW[kind]) in expected


@pytest.mark.parametrize("kind", GRIDS)
def test_odd_maps_are_a_sentence_or_an_answer(client: FlaskClient, kind: str) -> None:
    assert post(client, "astar", json.dumps(GRIDS[kind]).encode()) in (200, 422)


@pytest.mark.parametrize("kind", BELIEFS)
def test_odd_beliefs_are_a_sentence_or_an_answer(client: FlaskClient, kind: str) -> None:
    assert post(client, "bayes", json.dumps(BELIEFS[kind]).encode()) in (200, 422)
