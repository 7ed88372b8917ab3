"""Numbers side by side in one integer are added and shifted together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.algorithms.search.lanes import CODES, code_for, pack, unpack

from .maps import untimed

numbers = st.lists(st.integers(0, 100), min_size=1, max_size=40)


@untimed
@given(numbers, st.sampled_from(CODES))
def test_what_is_packed_is_unpacked(given: list[int], code: str) -> None:
    assert list(unpack(pack(given, code), len(given), code)) == given


@untimed
@given(numbers, st.integers(0, 100), st.sampled_from(CODES))
def test_adding_adds_in_every_lane(given: list[int], more: int, code: str) -> None:
    together = pack(given, code) + pack([more] * len(given), code)
    assert list(unpack(together, len(given), code)) == [number + more for number in given]


@untimed
@given(numbers, st.integers(0, 39), st.sampled_from(CODES))
def test_shifting_drops_the_first_lanes(given: list[int], lanes: int, code: str) -> None:
    bits = pack([0, 1], code).bit_length() - 1
    assert (
        list(unpack(pack(given, code) >> bits * lanes, len(given), code)) == (given[lanes:] + [0] * lanes)[: len(given)]
    )


@pytest.mark.parametrize(("largest", "code"), [(0, "B"), (255, "B"), (256, "H"), (65_536, "I"), (1 << 32, "Q")])
def test_lanes_are_as_narrow_as_can_be(largest: int, code: str) -> None:
    assert code_for(largest) == code


def test_too_many_lanes_are_an_error() -> None:
    with pytest.raises(OverflowError):
        unpack(pack([1, 2, 3], "B"), 2, "B")
