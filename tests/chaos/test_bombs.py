"""H-03: what unpacks into far more than it is costs the server nothing, and the decoder no more than its limits."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from app.algorithms.vision import decoder
from app.algorithms.vision.decoder import SECONDS, decode_apart
from app.algorithms.vision.images import InvalidPicture
from tests.chaos import bombs, uploads

MEGABYTE = 1 << 20
SMALL, LARGE = 1, 20  # megabytes that the refused ones are sent in, at most; what the parent may grow by
CHILD = 1024  # megabytes that the child may ever have held
HEAVY = {"1,600 million pixels of a bit", "16 million pixels with alpha", "200 scans of a JPEG"}


def full_where_heavy(bombs_by_name: Iterable[str]) -> list[ParameterSet]:
    return [pytest.param(name, marks=[pytest.mark.full] * (name in HEAVY)) for name in bombs_by_name]


def told(pid: int | str, field: str) -> float:
    """Megabytes that the kernel tells of a process."""
    found = re.search(rf"^{field}:\s+(\d+) kB$", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    assert found
    return int(found[1]) / 1024


def within_limits(data: bytes) -> bytes | None:
    """The picture's pixels, or None where it was refused in a sentence."""
    decode_apart(uploads.photographs()["PNG"], max_side=512)  # the child is there
    held, began = told("self", "VmRSS"), time.monotonic()
    try:
        pixels = decode_apart(data, max_side=512)
    except InvalidPicture as refused:
        assert str(refused).endswith(".")
        pixels = None
    assert time.monotonic() - began < SECONDS + 5  # no measure of speed: that there is an end
    assert told("self", "VmRSS") - held < LARGE
    child = decoder._decoder.child
    if child is not None and child.is_alive():
        assert told(child.pid or 0, "VmHWM") < CHILD
    return pixels


@pytest.mark.parametrize("name", full_where_heavy(bombs.REFUSED))
def test_a_bomb_is_refused_in_a_sentence(name: str) -> None:
    data = bombs.REFUSED[name]()
    assert len(data) < SMALL * MEGABYTE
    assert within_limits(data) is None


@pytest.mark.parametrize("name", bombs.PROMISES)
def test_a_promise_of_too_many_pixels_is_enough(name: str) -> None:
    with pytest.raises(InvalidPicture, match=r"million at most|far more pixels"):
        decode_apart(bombs.PROMISES[name](), max_side=512)


@pytest.mark.parametrize("name", full_where_heavy(bombs.BORNE))
def test_what_can_be_read_is_read_within_the_limits(name: str) -> None:
    pixels = within_limits(bombs.BORNE[name]())
    assert pixels is None or pixels.startswith(b"\x89PNG")


def test_the_next_picture_is_read_as_ever() -> None:
    assert decode_apart(uploads.photographs()["JPEG"], max_side=512).startswith(b"\x89PNG")
