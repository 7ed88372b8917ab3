"""Cards to print: a habit hung on another, a habit with its time and place, and the scorecard of a day.

Source: Clear (2018), Atomic Habits, chapters 4 and 5; the second card is Gollwitzer’s (1999) implementation intention.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import Any

PLACED = r"(at|in|on|under|by|beside|before|near|next to|behind|outside|inside|from)\b"
MARKS = {"+": "good", "-": "bad", "=": "neutral"}


def stacked(after: str, do: str, where: str = "") -> str:
    """“After I pour my coffee, I will write one line at the kitchen table.” Raises ValueError if either half is empty.

    Readers may write the sentence’s own words too (“After I …”, “I will …”, a final stop): they are not doubled.
    """
    trigger = _bare(after, r"(after|when|once|as soon as)")
    trigger = _bare(trigger, r"I")
    action = _bare(_bare(do, r"(then )?I will"), r"I")
    if not (trigger and action):
        raise ValueError("Say both: after what you already do, and what you will do.")
    return f"After I {trigger}, I will {_placed(action, where, 'at')}."


def intended(do: str, time: str, where: str) -> str:
    """“I will write one line at 7:00 in the kitchen.” Raises ValueError unless all three are given."""
    action = _bare(_bare(do, r"I will"), r"I")
    moment = _bare(time, r"at")
    if not (action and moment and where.strip()):
        raise ValueError("Say what, when and where.")
    return f"I will {action} at {_placed(moment, where, 'in')}."


def chain(habits: list[str]) -> list[str]:
    """Each habit after the one before it: one card less than there are habits."""
    return [stacked(before, after) for before, after in pairwise(habits)]


def scorecard(marks: list[tuple[str, str]]) -> dict[str, Any]:
    """A day’s habits, each marked +, − or =: how many of each, and the balance. Raises ValueError for another mark."""
    counted = Counter(MARKS.get(mark.replace("−", "-"), mark) for _, mark in marks)
    if strange := set(counted) - set(MARKS.values()):
        raise ValueError(f"Mark each habit +, - or =, not {sorted(strange)[0]}.")
    return {**{name: counted[name] for name in MARKS.values()}, "balance": counted["good"] - counted["bad"]}


def _bare(text: str, opening: str) -> str:
    """Without its opening words, its final punctuation and blanks in a row."""
    text = re.sub(r"\s+", " ", text).strip().rstrip(".,;! ")
    return re.sub(rf"^{opening}( |$)", "", text, flags=re.IGNORECASE) if opening else text


def _placed(action: str, where: str, preposition: str) -> str:
    """With its place, under this preposition unless the reader wrote one."""
    place = _bare(where, "")
    if not place:
        return action
    return f"{action} {place if re.match(PLACED, place, re.IGNORECASE) else f'{preposition} {place}'}"
