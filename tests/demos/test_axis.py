from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.demos.axis import MOST_DECADES, MOST_STEPS, axis

numbers = st.floats(-1e9, 1e9, allow_nan=False).filter(lambda value: value == 0 or abs(value) > 1e-9)
positive = st.floats(1e-12, 1e12)


@given(st.lists(numbers, min_size=1, max_size=9))
def test_every_value_has_a_place_between_round_marks(values: list[float]) -> None:
    made = axis(values)
    assert all(-1e-6 <= made.place(value) <= 1 + 1e-6 for value in values)
    assert (made.marks[0], made.marks[-1]) == (made.low, made.high)
    assert 2 <= len(made.marks) <= MOST_STEPS + 3


@given(st.lists(numbers, min_size=1, max_size=9))
def test_the_marks_lie_evenly_so_that_a_page_can_set_them_with_equal_room(values: list[float]) -> None:
    places = [axis(values).place(mark) for mark in axis(values).marks]
    steps = [after - before for before, after in itertools.pairwise(places)]
    assert max(steps) == pytest.approx(min(steps), rel=1e-3)


@given(st.lists(positive, min_size=1, max_size=9))
def test_a_logarithmic_axis_is_marked_in_powers_of_ten(values: list[float]) -> None:
    made = axis(values, log=True)
    assert all(-1e-6 <= made.place(value) <= 1 + 1e-6 for value in values)
    assert all(math.isclose(math.log10(mark), round(math.log10(mark)), abs_tol=1e-9) for mark in made.marks)
    places = [made.place(mark) for mark in made.marks]
    assert places == pytest.approx([number / (len(places) - 1) for number in range(len(places))])
    assert 2 <= len(made.marks) <= MOST_DECADES + 1


def test_what_people_would_mark() -> None:
    assert axis([1, 12]).marks == (0, 4, 8, 12)
    assert axis([3, 4]).marks == (3, 4)
    assert axis([7]).marks == (6, 7, 8)
    assert axis([0, 150]).marks == (0, 50, 100, 150)
    assert axis([0.13, 0.61]).marks == (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
    assert axis([5]).place(5) == pytest.approx(0.5)
