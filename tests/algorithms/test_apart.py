"""A function apart: its answers and errors come back, what it cannot bear ends the child and nothing else."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from app.algorithms.apart import Apart, TooMuch


class Odd(Exception):
    """An error that cannot be made again from its arguments alone."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(first)


def worked(question: tuple[str, Any]) -> Any:
    kind, value = question
    if kind == "sleep":
        time.sleep(value)
    if kind == "fill":
        return len(bytearray(value))
    if kind == "raise":
        raise ValueError(value)
    if kind == "odd":
        raise Odd("one", "two")
    if kind == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    return os.getpid() if kind == "pid" else value


@pytest.fixture(scope="module")
def apart() -> Iterator[Apart[tuple[str, Any], Any]]:
    apart = Apart(worked, name="worked", seconds=0.5, memory=1 << 30)
    yield apart
    apart.stop()


def test_it_answers_in_another_process_that_stays(apart: Apart[tuple[str, Any], Any]) -> None:
    first = apart(("pid", None))
    assert first != os.getpid()
    assert apart(("pid", None)) == first


@pytest.mark.parametrize("question", [("sleep", 60), ("die", None)])
def test_what_ends_it_is_too_much_and_the_next_question_is_answered(
    apart: Apart[tuple[str, Any], Any], question: tuple[str, Any]
) -> None:
    with pytest.raises(TooMuch):
        apart(question)
    assert apart(("echo", "right")) == "right"


def test_memory_has_an_end_and_the_child_outlives_it(apart: Apart[tuple[str, Any], Any]) -> None:
    before = apart(("pid", None))
    with pytest.raises(TooMuch):
        apart(("fill", 2 << 30))
    assert apart(("pid", None)) == before
    assert apart(("fill", 1 << 20)) == 1 << 20


def test_errors_come_back_as_they_are(apart: Apart[tuple[str, Any], Any]) -> None:
    with pytest.raises(ValueError, match="a sentence") as raised:
        apart(("raise", "a sentence"))
    assert "in worked" in "".join(raised.value.__notes__)


def test_an_error_that_cannot_travel_is_told(apart: Apart[tuple[str, Any], Any]) -> None:
    with pytest.raises(RuntimeError, match="Odd"):
        apart(("odd", None))


def test_many_threads_each_get_their_own_answer(apart: Apart[tuple[str, Any], Any]) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda number: apart(("echo", number)), range(40))) == list(range(40))
