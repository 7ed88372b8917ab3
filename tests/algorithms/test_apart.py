"""A function apart: its answers and errors come back, what it cannot bear ends the child and nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
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
    if kind == "spin":
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        while True:
            pass
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


ORPHAN = """
import sys
from app.algorithms.apart import Apart
from tests.algorithms.test_apart import worked
if __name__ == "__main__":
    apart = Apart(worked, name="worked", seconds=0.5, memory=1 << 30)
    apart(("echo", 1))
    print(apart.child.pid, flush=True)
    apart.seconds = 60
    apart(("spin", None))
"""


def test_one_whose_parent_was_killed_computes_no_longer_than_it_may(tmp_path: Path) -> None:
    (tmp_path / "orphan.py").write_text(ORPHAN)
    command = [sys.executable, str(tmp_path / "orphan.py")]
    parent = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": os.getcwd()}, stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    child = int(parent.stdout.readline())
    time.sleep(0.1)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 30
    while _runs(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _runs(child)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_where_no_process_can_be_started_it_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    apart = Apart(worked, name="worked", seconds=5, memory=1 << 30)
    with monkeypatch.context() as full:
        full.setattr(apart, "_start", refused)
        with pytest.raises(TooMuch):
            apart(("echo", 1))
    assert apart(("echo", 2)) == 2
    apart.stop()
