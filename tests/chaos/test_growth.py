"""F-24: what is held is held against what is known to be; that nothing grows is for the release to show."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from tests.chaos.growth import Held, held_by, thirds
from tests.chaos.rows import soak

MEGABYTE = 1 << 20


def test_files_threads_and_memory_are_counted(tmp_path: Path) -> None:
    ours = [os.getpid()]
    before, over = held_by(ours), threading.Event()
    files = [(tmp_path / str(number)).open("w") for number in range(10)]
    threads = [threading.Thread(target=over.wait) for _ in range(3)]
    for thread in threads:
        thread.start()
    block = bytearray(b"x") * (60 * MEGABYTE)
    after = held_by(ours)
    over.set()
    for file in files:
        file.close()
    for thread in threads:
        thread.join()
    assert len(block) == 60 * MEGABYTE
    assert after.descriptors - before.descriptors == 10
    assert after.threads - before.threads == 3
    assert after.memory - before.memory > 50 * MEGABYTE
    assert held_by([2**22 + 1]) == (0, 0, 0, 0)  # more than there can be


def test_the_middle_of_a_third_knows_no_moment() -> None:
    assert thirds([1, 99, 1, 5, 5, 5, 2, 2, 99]) == (1, 2)
    assert thirds([7]) == (7, 7)


FLAT = [Held(100 * MEGABYTE, 40, 70, MEGABYTE)] * 9


@pytest.mark.parametrize(
    ("last", "broken"),
    [
        (FLAT[0], 0),
        (FLAT[0]._replace(memory=104 * MEGABYTE), 0),
        (FLAT[0]._replace(memory=106 * MEGABYTE), 1),
        (FLAT[0]._replace(descriptors=41), 1),
        (FLAT[0]._replace(threads=71), 1),
        (FLAT[0]._replace(log=65 * MEGABYTE), 1),
        (Held(110 * MEGABYTE, 41, 71, 65 * MEGABYTE), 4),
    ],
)
def test_what_grows_is_told(last: Held, broken: int) -> None:
    assert len(soak._grown([*FLAT[:6], *[last] * 3])) == broken
