"""Pasted policies are read in the browser as in Python: whole ones, and hundreds that somebody’s hand has spoilt."""

from __future__ import annotations

import json
import random
import re

from app.algorithms.iam.pasted import judge, read_policy
from tests.algorithms.iam.policies import ANN, BOT, GET, POOL, YAML, bound, pasted_text
from tests.demos.service_accounts.node import FOLDER, answers, needs_node

pytestmark = needs_node
KINDS = (None, "project", "bucket", "serviceAccount")
LETTERS = "\"'{}[],:#-|> \n\tab0\\&*"


def texts() -> list[str]:
    """Policies as they should be, of every sort that is taken."""
    example = re.search(r"const EXAMPLE = `(.*?)`;", (FOLDER / "paste.js").read_text(), re.DOTALL)
    assert example
    roles = ["roles/owner", "roles/editor", "roles/iam.serviceAccountTokenCreator", "roles/storage.legacyBucketReader"]
    members = [ANN, BOT, POOL, "allUsers", "user:joe@gmail.com", "deleted:user:x@y.z?uid=1", "serviceAccont:a@b"]
    wide = json.dumps({"bindings": [bound(role, *members) for role in roles], "version": 1, "extra": None}, indent=2)
    rule = {"deniedPrincipals": [ANN, "principalSet://goog/public:all"], "deniedPermissions": ["storage.objects.get"]}
    denied = json.dumps({"rules": [{"denyRule": rule}]}, indent=1)
    return [YAML, pasted_text(None), pasted_text(1), example[1], wide, denied]


def spoilt(chance: random.Random, text: str) -> str:
    """A text with a few of its letters or lines gone, doubled or changed."""
    for _ in range(chance.randrange(1, 4)):
        at = chance.randrange(len(text) + 1)
        lines = text.split("\n")
        how = chance.randrange(4)
        if how == 0:
            text = text[:at] + text[at + chance.randrange(1, 5) :]
        elif how == 1:
            text = text[:at] + chance.choice(LETTERS) + text[at:]
        elif how == 2:
            lines.pop(chance.randrange(len(lines)))
            text = "\n".join(lines)
        else:
            lines.insert(chance.randrange(len(lines) + 1), chance.choice(lines))
            text = "\n".join(lines)
    return text


def test_policies_are_read_alike_as_they_should_be_and_spoilt() -> None:
    chance = random.Random(6)
    every = texts()
    cases = [{"text": text, "kind": kind} for text in every for kind in KINDS]
    cases += [{"text": spoilt(chance, chance.choice(every)), "kind": chance.choice(KINDS)} for _ in range(600)]
    told = answers(["pasted.js"], "it.readPolicy(given.text, given.kind)", cases)
    for case, theirs in zip(cases, told, strict=True):
        assert theirs == json.loads(json.dumps(read_policy(case["text"] or "", case["kind"]))), case
    assert sum(len(each["grants"]) for each in told) > 500 and sum(len(each["problems"]) for each in told) > 500


def test_they_are_judged_alike() -> None:
    cases = [
        {"text": text, "member": member, "permission": permission, "time": time}
        for text in texts()
        for member in (ANN, BOT, POOL, "allUsers")
        for permission in (GET, "storage.buckets.setIamPolicy")
        for time in (None, "2026-05-01T12:00:00Z", "2028-05-01T12:00:00Z")
    ]
    told = answers(
        ["pasted.js"], "it.judge(it.readPolicy(given.text), given.member, given.permission, given.time)", cases
    )
    for case, theirs in zip(cases, told, strict=True):
        mine = judge(read_policy(case["text"] or ""), case["member"] or "", case["permission"] or "", case["time"])
        assert theirs == mine, case
    assert {each["answer"] for each in told} == {"allowed", "denied", "unknown"}


def test_the_example_has_something_to_find() -> None:
    told = read_policy(texts()[3], "project")
    assert {risk["rule"] for risk in told["risks"]} >= {"broad", "public"} and len(told["problems"]) >= 3
