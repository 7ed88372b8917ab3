"""What the bench's HTML is told beside its inputs: the answer, drawings of it, and how numbers are worded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.demos.base import Demo
from app.demos.bayes import telling, wording
from app.demos.bayes.answer import answer
from app.demos.bayes.drawing import drawn
from app.demos.bayes.parts import PARTS
from app.demos.bayes.problems import PROBLEMS
from app.demos.form import texts
from app.errors import InvalidInput


def about(demo: Demo, values: Mapping[str, Any]) -> dict[str, Any]:
    """`now` is the answer to `values`, or to none where they are refused; a part that was chosen stays on the bench."""
    now = _answered(demo, values)
    problem = PROBLEMS.get(str(values.get("problem")), PROBLEMS["mammography"])
    told = {"now": now, "drawn": drawn(now), "words": wording, "tell": telling}
    return told | {"problem": problem, "titles": PARTS}


def _answered(demo: Demo, values: Mapping[str, Any]) -> dict[str, Any]:
    given = {name: value for name, value in values.items() if value is not None}
    for tried in (given, {"part": given.get("part", "test")}):
        try:
            return answer(demo.parse(texts(tried, demo)))
        except InvalidInput:
            continue
    return answer(demo.parse({}))
