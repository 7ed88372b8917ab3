"""A pasted policy as a graph: all that is granted, denied or risky is drawn once, and no box lies on another."""

from __future__ import annotations

from typing import Any

from app.algorithms.iam.pasted import read_policy
from tests.demos.service_accounts.node import answers, needs_node

pytestmark = needs_node

TEXT = """bindings:
- members:
  - allUsers
  - user:ann@example.com
  role: roles/storage.objectViewer
- members:
  - user:ann@example.com
  role: roles/owner
- condition:
    expression: request.time < timestamp("2027-01-01T00:00:00Z")
    title: till 2027
  members:
  - group:night@example.com
  role: roles/storage.objectAdmin
etag: BwYk3
version: 3
"""
DENIED = """rules:
- denyRule:
    deniedPrincipals:
    - principalSet://goog/public:all
    deniedPermissions:
    - storage.googleapis.com/objects.delete
"""
MANY = "bindings:\n" + "".join(f"- members:\n  - user:u{i}@example.com\n  role: roles/viewer\n" for i in range(60))


def laid(text: str, kind: str = "project") -> tuple[dict[str, Any], dict[str, Any]]:
    told = read_policy(text, kind)
    ((graph),) = answers(["granted.js"], "it.laid(given)", [told])
    return told, graph


def test_every_grant_is_a_way_from_who_over_a_role_to_what() -> None:
    told, graph = laid(TEXT)
    ends = {(line["from"], line["to"]) for line in graph["lines"]}
    for grant in told["grants"]:
        assert {(f"0 {grant['member']}", f"1 {grant['role']}"), (f"1 {grant['role']}", "2 project")} <= ends
    assert len(ends) == len(graph["lines"]) == 4 + 3


def test_what_is_the_same_is_one_box_which_knows_its_lines_and_lies_on_no_other() -> None:
    told, graph = laid(TEXT)
    boxes = {each["id"]: each for each in graph["boxes"]}
    assert len(boxes) == len(graph["boxes"]) == 3 + 3 + 1
    assert len({(each["column"], each["row"]) for each in graph["boxes"]}) == len(boxes)
    for who in {grant["member"] for grant in told["grants"]}:
        assert boxes[f"0 {who}"]["lines"] == [grant["line"] for grant in told["grants"] if grant["member"] == who]


def test_what_is_risky_is_marked_with_its_sentence_and_nothing_else_is() -> None:
    told, graph = laid(TEXT)
    risky = {risk["member"] for risk in told["risks"]}
    assert risky == {"allUsers", "user:ann@example.com"}
    for each in graph["boxes"]:
        if each["column"] == 0:
            own = [risk["text"] for risk in told["risks"] if f"0 {risk['member']}" == each["id"]]
            assert each["risky"] == own
    marked = {line["from"] for line in graph["lines"] if line["risky"] and line["from"].startswith("0")}
    assert marked == {f"0 {who}" for who in risky}


def test_a_condition_and_a_denial_are_told_apart_from_a_grant() -> None:
    graph = laid(TEXT)[1]
    assert {line["from"] for line in graph["lines"] if line["maybe"]} == {
        "0 group:night@example.com",
        "1 roles/storage.objectAdmin",
    }
    denied = laid(DENIED)[1]
    assert [line["denied"] for line in denied["lines"]] == [True, True]
    assert denied["boxes"][1]["label"] == "not storage.googleapis.com/objects.delete"


def test_what_is_too_much_to_be_drawn_is_counted() -> None:
    told, graph = laid(MANY)
    assert len(told["grants"]) == 60
    assert len(graph["boxes"]) + graph["left"] == 60 + 1 + 1
    assert graph["left"] == 20
    ids = {each["id"] for each in graph["boxes"]}
    assert all({line["from"], line["to"]} <= ids for line in graph["lines"])


def test_a_long_name_keeps_both_its_ends() -> None:
    short = answers(["granted.js"], "it.brief(given, 20)", ["short", "x" * 20, "serviceAccount:a@example.com"])
    assert short == ["short", "x" * 20, "serviceAcc…ample.com"]
