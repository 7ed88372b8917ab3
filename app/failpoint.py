"""Places where a test ends this process, or makes it fail or wait: FAILPOINT=place:n:exit|raise|sleep, at the nth time.

Places: “statement”, before each of the database's; “commit” and “committed”, around the end of a write; “file”, at
each step of a file's making. “step” is all of them. Without the variable nothing is counted and nobody is asked.
"""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Callable

ANY = "step"
EXIT_STATUS = 70
SLEEP_SECONDS = 3600.0


class Failed(RuntimeError):
    """What “raise” raises."""


def _nothing(place: str) -> None:
    """Passed by unless something is armed."""


passed: Callable[[str], None] = _nothing  # called as failpoint.passed("file")
armed = bool(os.environ.get("FAILPOINT"))


def arm(place: str, number: int, deed: str) -> None:
    """From now on the `number`th time that `place` is passed ends in `deed`, once."""
    global passed
    deeds = {"exit": lambda: os._exit(EXIT_STATUS), "raise": _fail, "sleep": lambda: time.sleep(SLEEP_SECONDS)}
    do, counted = deeds[deed], itertools.count(1)

    def counting(name: str) -> None:
        if place in (ANY, name) and next(counted) == number:
            disarm()
            do()

    passed = counting


def disarm() -> None:
    global passed
    passed = _nothing


def _fail() -> None:
    raise Failed("This is a failure on purpose.")


if armed:
    _place, _number, _deed = os.environ["FAILPOINT"].split(":")
    arm(_place, int(_number), _deed)
