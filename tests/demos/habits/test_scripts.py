"""The browser's curves, sentences, cards, streaks and calendar files are Python's."""

from __future__ import annotations

import random
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

from app.algorithms.habits import calendar, grid, intended, scorecard, stacked, streaks
from app.algorithms.habits.chance import mulberry32
from app.algorithms.habits.rule import simulated
from app.demos.form import texts
from app.demos.habits.about import about
from app.demos.habits.answer import answer
from app.demos.habits.demo import DEMO, FREE, MISSED
from tests.demos.bayes.node import assert_close
from tests.demos.habits.node import answers, needs_node

pytestmark = needs_node


def questions(count: int, seed: int) -> list[dict[str, Any]]:
    chance = random.Random(seed)
    return [
        {
            "rate": chance.choice([1.0, -1.0, 0.0, round(chance.uniform(-5, 5), 1)]),
            "days": chance.choice([1, 2, 365, 1000, chance.randrange(1, 1000)]),
            "target": chance.choice([1.1, 10.0, 1000.0, round(chance.uniform(1.1, 1000), 1)]),
            "scale": chance.choice(["linear", "log"]),
            "missed": chance.choice(list(MISSED)),
            "probability": chance.choice([0, 20, 100, chance.randrange(101)]),
            "seed": chance.randrange(1, 101),
            "free": chance.choice(list(FREE)),
            "nth": chance.randrange(2, 31),
            "factor": chance.choice([100, 100, 50, 97]),
            "slip": chance.choice([0, 0, 100, 30]),
        }
        for _ in range(count)
    ]


def test_numbers_are_the_servers() -> None:
    cases = questions(120, seed=1)
    assert set(cases[0]) == {field.name for field in fields(DEMO.inputs)}
    for asked, theirs in zip(cases, answers("answer.js", "it.answer(given)", cases), strict=True):
        mine = answer(DEMO.parse(texts(asked, DEMO)))
        # what a sentence rounds, and where a float's last bit decides, is held below
        assert_close(mine, theirs, within=1e-9, where=str(asked))


def test_paths_ticks_and_sentences_are_the_servers() -> None:
    cases = questions(80, seed=2)
    expression = """(() => { const now = it.answer(given); return {
        paths: Object.fromEntries(it.CURVES.map((name) => [name, it.path(now.curves[name], now.axis)])),
        ticks: it.ticks(now.axis).map(({ text, y }) => [text, y]),
        honest: it.honest(now, given), rule: it.ruled(now.rule) }; })()"""
    for asked, theirs in zip(cases, answers("answer.js", expression, cases), strict=True):
        mine = about(DEMO, asked)
        assert theirs["honest"] == mine["honest"], asked
        assert theirs["rule"] == [list(row) for row in mine["rule"]], asked
        assert theirs["ticks"] == [list(tick) for tick in mine["ticks"]], asked
        for name, path in mine["paths"].items():
            one, other = (
                [float(x) for x in p.replace("L", " ").strip("M").split()] for p in (path, theirs["paths"][name])
            )
            assert_close(one, other, within=0.11, where=name)


def test_lives_are_drawn_from_the_same_dice() -> None:
    expression = "it.simulated(60, given.p, given.q, it2(given.seed))".replace("it2", "draws")
    code = f"((draws) => {expression})((seed) => given.numbers[Symbol.iterator] && (() => given.numbers.shift()))"
    cases = []
    for seed in range(20):
        draw = mulberry32(seed)
        cases.append({"p": 0.3, "q": 0.1, "seed": seed, "numbers": [draw() for _ in range(60)]})
    for case, life in zip(cases, answers("rule.js", code, cases), strict=True):
        assert life == simulated(60, 0.3, 0.1, mulberry32(int(case["seed"])))  # type: ignore[call-overload]
    drawn = answers("growth.js", "((draw) => Array.from({ length: 60 }, draw))(it.mulberry32(given.seed))", cases)
    assert drawn == [case["numbers"] for case in cases]


def test_cards_say_the_same_and_refuse_the_same() -> None:
    parts = [
        "",
        " ",
        "I pour my coffee.",
        "After I wake up",
        "when I sit",
        "read",
        "I will read one page",
        "then I will go",
    ]
    places = ["", "the kitchen", "in bed", "At my desk.", "next to the  door", "7:00", "at 7:00"]
    cases = [{"a": a, "b": b, "c": c} for a in parts for b in parts for c in places]
    for make, name in ((stacked, "stacked"), (intended, "intended")):
        for case, theirs in zip(
            cases, answers("stack.js", f"it.{name}(given.a, given.b, given.c)", cases), strict=True
        ):
            try:
                mine: Any = make(case["a"], case["b"], case["c"])
            except ValueError as error:
                mine = {"refused": str(error)}
            assert theirs == mine, (name, case)


def test_scorecards_add_up_alike() -> None:
    chance = random.Random(3)
    cases = [[["x", chance.choice("+-=−")] for _ in range(chance.randrange(9))] for _ in range(50)]
    told = answers("stack.js", "it.scorecard(given)", cases)
    assert told == [scorecard([(habit, mark) for habit, mark in case]) for case in cases]


def days(chance: random.Random) -> list[str]:
    start = date(2026, 2, 20)
    return [(start + timedelta(days=chance.randrange(60))).isoformat() for _ in range(chance.randrange(50))]


def test_streaks_and_the_grid_are_counted_alike() -> None:
    chance = random.Random(4)
    cases = [{"done": days(chance), "today": "2026-04-08", "grace": chance.randrange(3)} for _ in range(100)]
    told = answers(
        "days.js", "[it.streaks(given.done, given.today, given.grace), it.grid(given.done, given.today, 9)]", cases
    )
    for case, theirs in zip(cases, told, strict=True):
        mine = [streaks(case["done"], case["today"], case["grace"]), grid(case["done"], case["today"], 9)]  # type: ignore[arg-type]
        assert theirs == mine


def test_calendar_files_are_the_same_letter_by_letter() -> None:
    chance = random.Random(5)
    names = ["write one line", "a, b; c\\d\ne", "ünïcödé 🎈 " * 9, "x" * 200]
    plans = [None, ["2026-03-04", "07:00", []], ["2026-03-04", "19:30", [0, 6, 6]], ["2026-12-31", "00:05", [2]]]
    cases = [{"habit": name, "done": days(chance), "plan": plan} for name in names for plan in plans]
    expression = 'it.calendar(given.habit, given.done, "k", "20260301T120000Z", given.plan)'
    for case, theirs in zip(cases, answers("days.js", expression, cases), strict=True):
        plan = tuple(case["plan"]) if case["plan"] else None
        assert theirs == calendar(case["habit"], case["done"], key="k", stamp="20260301T120000Z", plan=plan)  # type: ignore[arg-type]
