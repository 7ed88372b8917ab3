"""Policies as text: JSON against json, YAML against the same policy in JSON, and errors with their line."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from app.algorithms.iam.document import read
from app.algorithms.iam.scalar import DocumentError

POLICY = {
    "bindings": [
        {"members": ["serviceAccount:a@b.iam.gserviceaccount.com", "user:ann@example.com"], "role": "roles/viewer"},
        {
            "condition": {
                "expression": 'resource.name.startsWith("a") &&\nrequest.time < timestamp("b")',
                "title": "a: b # c",
            },
            "members": ["allUsers"],
            "role": "roles/storage.objectViewer",
        },
    ],
    "etag": "BwX=",
    "version": 3,
}
GCLOUD = """\
# as gcloud prints it
bindings:
- members:
  - serviceAccount:a@b.iam.gserviceaccount.com  # the account
  - 'user:ann@example.com'
  role: roles/viewer
- condition:
    expression: |-
      resource.name.startsWith("a") &&
      request.time < timestamp("b")
    title: "a: b # c"
  members: ["allUsers"]
  role: roles/storage.objectViewer
etag: BwX=
version: 3
"""


def test_yaml_is_the_same_policy() -> None:
    assert read(GCLOUD).data == POLICY
    deeper = GCLOUD.replace("- members:\n  - serviceAccount", "- members:\n    - serviceAccount").replace(
        "  - 'user", "    - 'user"
    )
    assert read(deeper).data == POLICY
    assert read("---\n" + GCLOUD.replace("\n", "\r\n")).data == POLICY


@pytest.mark.parametrize("indent", [None, 1, 4])
def test_json_is_read_as_json(indent: int | None) -> None:
    assert read(json.dumps(POLICY, indent=indent)).data == POLICY


def value(chance: random.Random, depth: int) -> Any:
    kinds = ["text", "number", "word"] + (["list", "mapping"] * 2 if depth else [])
    kind = chance.choice(kinds)
    if kind == "text":
        return "".join(chance.choice("ab \"\\\n\té{}[],:#'") for _ in range(chance.randrange(6)))
    if kind == "number":
        return chance.randrange(-99, 99)
    if kind == "word":
        return chance.choice([True, False, None])
    inner = [value(chance, depth - 1) for _ in range(chance.randrange(4))]
    return inner if kind == "list" else {f"k{i}": each for i, each in enumerate(inner)}


def test_random_json_is_read_as_json() -> None:
    chance = random.Random(1)
    for _ in range(500):
        data = [value(chance, 3)]
        assert read(json.dumps(data, indent=chance.choice([None, 2]))).data == data


def test_every_value_knows_its_line() -> None:
    lines = read(GCLOUD).lines
    rows = GCLOUD.split("\n")
    assert rows[lines["bindings/0/members/1"] - 1].strip() == "- 'user:ann@example.com'"
    assert rows[lines["bindings/1/condition/title"] - 1].strip().startswith("title")
    assert rows[lines["bindings/1/members/0"] - 1].strip().startswith("members")
    assert rows[lines["bindings"] - 1] == "bindings:"
    written = json.dumps(POLICY, indent=2)
    lines = read(written).lines
    assert "user:ann" in written.split("\n")[lines["bindings/0/members/1"] - 1]
    assert "BwX=" in written.split("\n")[lines["etag"] - 1]


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("", 1, "nothing here"),
        ("# only\n", 1, "nothing here"),
        ('{"a": 1,}', 1, "comma too many"),
        ('{\n"a" 1}', 2, "colon is missing after a"),
        ('{"a": 1\n"b": 2}', 2, "comma is missing"),
        ('{\n"a": "x}', 2, "quotation mark"),
        ('{"a": 1', 1, "before a closing }"),
        ('{"a": 1}\n}', 2, "after the end"),
        ('{"a": 1, "a": 2}', 1, "a is there twice"),
        ('{"a": "\\q"}', 1, "backslash"),
        ("{1: 2}", 1, "name is a text"),
        ("a: 1\na: 2", 2, "a is there twice"),
        ("a:\n  b: 1\n c: 2", 3, "not indented"),
        ("\ta: 1", 1, "not tabs"),
        ('a: "x', 1, "quotation mark"),
        ("a: &x 1", 1, "means something else"),
        ("a: [b, c", 1, "before a closing ]"),
        ("a: [b] c", 1, "after the closing bracket"),
        ("a: 1\n---\nb: 2", 2, "one at a time"),
    ],
)
def test_errors_say_their_line(text: str, line: int, sentence: str) -> None:
    with pytest.raises(DocumentError, match=sentence.replace("]", r"\]").replace("}", r"\}")) as caught:
        read(text)
    assert caught.value.line == line


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a:\nb: ~\nc: null", {"a": None, "b": None, "c": None}),
        ("a: it's # so", {"a": "it's"}),
        ("a: b#c", {"a": "b#c"}),
        ("a: one\n  two", {"a": "one two"}),
        ("a: >\n  one\n  two\nb: 1", {"a": "one two\n", "b": 1}),
        ("-\n  a: 1\n- b", [{"a": 1}, "b"]),
        ("- - 1\n  - 2", [[1, 2]]),
        ("a: {}\nb: []", {"a": {}, "b": []}),
        ("a: {b: c, d: [e, 'f']}", {"a": {"b": "c", "d": ["e", "f"]}}),
        ("'a b': true", {"a b": True}),
        ("a: 'it''s'", {"a": "it's"}),
        ("just words", "just words"),
    ],
)
def test_what_yaml_means(text: str, data: Any) -> None:
    assert read(text).data == data
