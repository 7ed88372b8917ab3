"""The browser decides as the server does: every case by hand, and hundreds of random sandboxes, word by word."""

from __future__ import annotations

import json
import random
from typing import Any

from app.algorithms.iam import can, changed, may, reach, shop
from app.demos.form import texts
from app.demos.service_accounts.about import about
from app.demos.service_accounts.answer import answer
from app.demos.service_accounts.demo import DEMO
from app.demos.service_accounts.facts import FILE, facts
from app.errors import InvalidInput
from tests.algorithms.iam.cases import CASES
from tests.demos.service_accounts.lines import question
from tests.demos.service_accounts.node import answers, needs_node

pytestmark = needs_node
DRAWN = ("graph", "offered", "sentence", "pods", "buckets")


def plain(value: Any) -> Any:
    return json.loads(json.dumps(value))


def questions(count: int, seed: int) -> list[dict[str, Any]]:
    chance = random.Random(seed)
    return [question(chance) for _ in range(count)]


def parsed(asked: dict[str, Any]) -> Any:
    return DEMO.parse(texts({name: value for name, value in asked.items() if value is not None}, DEMO))


def test_the_scripts_are_told_what_python_knows() -> None:
    assert json.loads(FILE.read_text()) == plain(facts()), "python -m app.demos.service_accounts.facts writes it anew"


def test_every_decision_by_hand_is_the_browsers_too() -> None:
    expression = """it.written(it.may(it.changed(facts.sandboxes.shop, given.changes), given.pod, given.permission,
        given.bucket, given.object, given.time))"""
    told = answers(["verdict.js", "words.js", "mends.js"], expression, CASES)
    assert len(told) >= 60
    for case, verdict in zip(CASES, told, strict=True):
        assert (verdict["answer"], verdict["failing"]) == (case["answer"], case["failing"]), case["name"]
        sandbox = changed(shop(), case["changes"])
        mine = may(sandbox, case["pod"], case["permission"], case["bucket"], case["object"], case["time"])
        assert verdict == plain(mine), case["name"]


def test_what_a_stolen_pod_reaches_by_the_same_cases() -> None:
    expression = """{ const sandbox = it.changed(facts.sandboxes.shop, given.changes);
        return Object.keys(sandbox.pods).map((pod) => [it.reach(sandbox, pod), it.can(sandbox, pod, "get", "secrets")]);
    }"""
    told = answers(["rbac.js", "reach.js", "words.js"], f"(() => {expression})()", CASES)
    for case, reached in zip(CASES, told, strict=True):
        sandbox = changed(shop(), case["changes"])
        mine = [[reach(sandbox, pod), can(sandbox, pod, "get", "secrets")] for pod in sandbox["pods"]]
        assert reached == plain(mine), case["name"]


def test_hundreds_of_random_sandboxes_are_answered_alike() -> None:
    cases = questions(400, seed=1)
    told = answers(["engine.js"], "it.answer(given)", cases)
    refused = 0
    for asked, theirs in zip(cases, told, strict=True):
        try:
            mine = plain(answer(parsed(asked)))
        except InvalidInput as error:
            mine = {"refused": error.problems}
            refused += 1
        assert theirs == mine, asked
    assert refused < len(cases) / 4
    assert {each.get("answer") for each in told} >= {"allowed", "denied", "unknown"}


def test_random_sandboxes_are_drawn_alike() -> None:
    cases = questions(150, seed=2)
    for asked, theirs in zip(cases, answers(["engine.js"], "it.shown(given)", cases), strict=True):
        if "refused" in theirs:
            continue
        mine = about(DEMO, asked)
        for part in DRAWN:
            assert theirs[part] == plain(mine[part]), (asked, part)
        assert theirs["mends"] == [word for word, _ in mine["mends"]], asked


def test_a_line_said_anew_says_what_was_meant() -> None:
    cases = [
        asked | {"word": f"reaches.{asked['pod']}"} for asked in questions(100, seed=3) if asked["start"] != "golf"
    ]
    expression = """[true, false].map((on) => { const changes = it.said(given.start, given.changes, given.word, on);
        return it.holding(it.sandboxOf({ ...given, changes }), given.word) === on; })"""
    told = answers(["engine.js"], expression, cases)
    assert all(each == [True, True] for each in told if "refused" not in each)
    assert sum("refused" not in each for each in told) > len(cases) / 2
