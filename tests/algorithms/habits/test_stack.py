"""Cards and scorecards."""

from __future__ import annotations

import pytest

from app.algorithms import habits
from tests.algorithms.habits.cases import STACKS


@pytest.mark.parametrize(("after", "do", "where", "card"), STACKS)
def test_a_stack_is_one_sentence(after: str, do: str, where: str, card: str) -> None:
    assert habits.stacked(after, do, where) == card


def test_an_intention_names_time_and_place() -> None:
    assert habits.intended("I will write", "at 7:00", "the kitchen.") == "I will write at 7:00 in the kitchen."
    for missing in (("", "7:00", "bed"), ("write", " ", "bed"), ("write", "7:00", "")):
        with pytest.raises(ValueError, match="what, when and where"):
            habits.intended(*missing)


@pytest.mark.parametrize(("after", "do"), [("", "write"), ("pour my coffee", " . "), ("After I", "write")])
def test_half_a_stack_is_refused(after: str, do: str) -> None:
    with pytest.raises(ValueError, match="Say both"):
        habits.stacked(after, do)


def test_a_chain_hangs_each_habit_on_the_one_before() -> None:
    assert habits.chain(["wake up", "drink water", "stretch"]) == [
        "After I wake up, I will drink water.",
        "After I drink water, I will stretch.",
    ]
    assert habits.chain(["wake up"]) == []


def test_the_scorecard_counts() -> None:
    marks = [("wake up", "="), ("read", "+"), ("phone", "-"), ("phone", "−"), ("water", "+"), ("walk", "+")]
    assert habits.scorecard(marks) == {"good": 3, "bad": 2, "neutral": 1, "balance": 1}
    assert habits.scorecard([])["balance"] == 0
    with pytest.raises(ValueError, match="Mark each habit"):
        habits.scorecard([("read", "?")])
