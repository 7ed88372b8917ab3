"""The steps of a run: what an author may say becomes plain, and what cannot be taken is told with file and line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from app.demos.base import Update
from app.demos.steps import MOST_VALUES, NO_UPDATE, NOTHING_LEFT, Fault, plain, run_in, steps
from app.errors import AppError

HERE = Path(__file__)


def taken(*given: Any) -> list[Update]:
    def run() -> Iterator[Any]:
        yield from given

    return list(steps(run, HERE))


def refusal(*given: Any) -> str:
    with pytest.raises(Fault) as fault:
        taken(*given)
    return str(fault.value)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (np.float32(0.5), 0.5),
        (np.int64(3), 3),
        (np.bool_(True), True),
        (np.arange(4).reshape(2, 2), [[0, 1], [2, 3]]),
        (torch.tensor(2.0, requires_grad=True), 2.0),
        ((1, float("nan"), -np.inf), [1, None, None]),
        ({3: range(2), "a": None}, {"3": [0, 1], "a": None}),
    ],
    ids=str,
)
def test_data_become_plain(given: Any, kept: Any) -> None:
    assert plain(given) == kept
    json.dumps(plain(given), allow_nan=False)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"a": {"b": 1j}}, "data.a.b is of type complex; data are numbers, texts, lists and dicts."),
        ({"a": np.zeros((1000, 1000))}, "data.a is of type ndarray (1000 × 1000); data are"),
        ({"a": [0] * (MOST_VALUES + 1)}, "data has 100,001 values; 100,000 is the most."),
        ([1], "data and pictures of an Update are dicts by name."),
    ],
    ids=lambda value: str(value)[:20],
)
def test_data_that_cannot_be_sent_are_refused(data: Any, sentence: str) -> None:
    assert sentence in refusal(Update(1, data))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_pictures_that_can_be_kept_are_taken_as_they_are(mode: str) -> None:
    picture = Image.new(mode, (4, 3))
    assert taken(Update(1, {}, {"result": picture}))[0].pictures["result"] is picture


@pytest.mark.parametrize(
    ("picture", "sentence"),
    [
        (Image.new("F", (4, 3)), "picture “result” has the mode F; give one of 1, L, LA, P, RGB, RGBA."),
        (Image.new("CMYK", (4, 3)), "has the mode CMYK"),
        (Image.new("L", (9000, 1)), "has 9000 × 1 pixels; a side has from 1 to 8192."),
        (Image.new("L", (0, 3)), "has 0 × 3 pixels"),
        (np.zeros((4, 3, 3)), "is of type ndarray (4 × 3 × 3); give Image.fromarray(np.uint8(…)) of PIL."),
    ],
    ids=lambda value: str(value)[:20],
)
def test_other_pictures_are_refused(picture: Any, sentence: str) -> None:
    assert sentence in refusal(Update(1, {}, {"result": picture}))


@pytest.mark.parametrize("progress", [float("nan"), 1.1, -0.1, 0.2, "half", None])
def test_progress_rises_from_0_to_1(progress: Any) -> None:
    assert "progress is" in refusal(Update(0.5), Update(progress))


def test_a_sum_of_tenths_is_1() -> None:
    over = 1 + 1e-9
    assert [update.progress for update in taken(Update(0.5), Update(0.5 - 1e-9), Update(over))] == [0.5, 0.5, 1]


@pytest.mark.parametrize("given", [None, (1, 2), {"x": 1}])
def test_only_updates_are_taken(given: Any) -> None:
    assert NO_UPDATE in refusal(given)
    assert f"{HERE}, line" in refusal(given)


@pytest.mark.parametrize("begun", [None, [Update(1)], iter(())], ids=["nothing", "a list", "another iterator"])
def test_a_run_is_a_generator(begun: Any) -> None:
    with pytest.raises(Fault, match="must yield one Update or more"):
        list(steps(lambda: begun, HERE))


def test_one_that_says_nothing_is_refused_and_one_that_had_come_to_its_end_is_told_to_its_reader() -> None:
    assert NO_UPDATE in refusal()
    with pytest.raises(AppError, match=NOTHING_LEFT):
        list(steps(lambda: (_ for _ in ()), HERE, from_state=True))


@pytest.mark.parametrize("error", [ValueError("no"), SystemExit(3), MemoryError()], ids=repr)
def test_what_breaks_is_told_with_the_line_and_what_the_author_says_passes(error: BaseException) -> None:
    def run() -> Iterator[Update]:
        yield Update(0.5)
        raise error

    line = run.__code__.co_firstlineno + 2
    with pytest.raises(Fault, match=rf"test_steps\.py, line {line}: {type(error).__name__}"):
        list(steps(run, HERE))

    def refusing() -> Iterator[Update]:
        yield Update(0.5)
        raise AppError("There is nothing to be seen.")

    with pytest.raises(AppError, match="nothing to be seen"):
        list(steps(refusing, HERE))


def test_changes_reach_the_run_and_closing_closes_it() -> None:
    heard = []

    def run() -> Any:
        try:
            while True:
                heard.append((yield Update(0)))
        finally:
            heard.append("closed")

    updates = steps(run, HERE)
    next(updates)
    updates.send({"rate": 1})
    updates.close()
    assert heard == [{"rate": 1}, "closed"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("def run(:\n", r"run\.py, line 1: SyntaxError"),
        ("x = 1\nimport no_such_module\n", r"run\.py, line 2: ModuleNotFoundError"),
        ("exit(1)\n", r"run\.py, line 1: SystemExit: 1"),
        ("def walk(inputs): ...\n", r"run\.py defines no run\(inputs\)"),
    ],
)
def test_a_run_that_does_not_load_is_told(own: Path, text: str, sentence: str) -> None:
    (own / "run.py").write_text(text)
    with pytest.raises(Fault, match=sentence):
        run_in(own)
