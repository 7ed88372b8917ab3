"""A draft made in a process apart, under a limit of time and memory, so that no text holds up a page.

The child has a clock of its own, which goes off a while before it would be killed: then it still has time to find
the part of the text that is to blame.
"""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType

from app.algorithms.apart import Apart, TooMuch
from app.blog.draft import Draft
from app.blog.markdown import draft
from app.blog.places import fences
from app.errors import InvalidInput

SECONDS, MEMORY = 3.0, 1 << 30
LONG_SECONDS, PART_SECONDS, SEARCH_SECONDS = 0.25, 0.7, 1.5  # of a part: from when it is to blame, until it is given up
KILLED_AFTER = SECONDS + SEARCH_SECONDS + 0.5

DEFINITION = re.compile(r"^ {0,3}\[(?P<name>\^?[^\]\n]+)\]:.*$", re.MULTILINE)
NAMED = re.compile(r"\[(\^?[^\[\]\n]+)\]")

FIRST = "$x$ `x`\n\n```python\nx\n```\n"

TOO_LONG = "This text takes too long to render; the slowest part begins at line {}."
TOO_LONG_SOMEWHERE = "This text takes too long to render. Try it in smaller parts."


@dataclass(frozen=True)
class Slow:
    """A text that was given up, and the line where its slowest part begins, if one part alone is to blame."""

    line: int | None


class _OutOfTime(BaseException):
    """The child's clock went off. No library that catches every Exception swallows it."""


def draft_in_time(source: str, seconds: float = SECONDS, *, lined: bool = False) -> Draft:
    """`draft` in the child. Raises InvalidInput where it takes too long, with the line if there is one."""
    try:
        outcome = _drafter((source, seconds, lined))
    except TooMuch:
        outcome = Slow(None)
    if isinstance(outcome, Draft):
        return outcome
    sentence = TOO_LONG.format(outcome.line) if outcome.line else TOO_LONG_SOMEWHERE
    raise InvalidInput({"source": sentence})


def _prepare() -> None:
    """The renderer's libraries come with the first text. A clock that goes off in an import leaves half a module."""
    draft(FIRST, lined=True)


def _drafted(question: tuple[str, float, bool]) -> Draft | Slow:
    source, seconds, lined = question
    try:
        with _within(seconds):
            return draft(source, lined=lined)
    except (_OutOfTime, RecursionError):
        return Slow(_slowest(source))


def _slowest(source: str) -> int | None:
    """The first line of the part that takes longest by itself, if that is long."""
    end = time.monotonic() + SEARCH_SECONDS - PART_SECONDS
    longest, blamed = LONG_SECONDS, None
    for line, part in _parts(source):
        began = time.monotonic()
        if began > end or longest >= PART_SECONDS:
            break
        with suppress(_OutOfTime, RecursionError), _within(PART_SECONDS):
            draft(part)
        if (took := time.monotonic() - began) > longest:
            longest, blamed = took, line
    return blamed


def _parts(source: str) -> Iterator[tuple[int, str]]:
    """Blocks between empty lines, the longest first, each with its first line; code stays whole.

    With each block go the notes and links it names: without their texts the names would be words like others.
    """
    lines = source.split("\n")
    code = {number for fence in fences(source) for number in range(fence.first, fence.last)}
    starts = [
        number
        for number, line in enumerate(lines, start=1)
        if line.strip() and (number == 1 or not lines[number - 2].strip()) and number - 1 not in code
    ]
    texts = {match["name"]: match[0] for match in DEFINITION.finditer(source)}
    parts = [
        (start, "\n".join(lines[start - 1 : end - 1]))
        for start, end in zip(starts, [*starts[1:], len(lines) + 1], strict=True)
    ]
    for start, part in sorted(parts, key=lambda part: -len(part[1])):
        named = [texts[name] for name in dict.fromkeys(NAMED.findall(part)) if name in texts]
        yield start, "\n\n".join([part, *named])


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    """Raises _OutOfTime in this thread, the child's only one, when `seconds` are over; again until it is heard."""
    before = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _ring(_number: int, _frame: FrameType | None) -> None:
    raise _OutOfTime


_drafter = Apart(_drafted, name="drafter", seconds=KILLED_AFTER, memory=MEMORY, prepare=_prepare)
