"""F-08: readers who try again read on through restarts; a failure at another time is noticed."""

from __future__ import annotations

import pytest

from tests.chaos import beside
from tests.chaos.restarts import Span, restart, strays

GAPS = [Span(10, 12), Span(20, 23)]


@pytest.mark.parametrize(
    ("begin", "end", "stray"),
    [(9, 9.5, True), (9, 10.5, False), (11, 11.5, False), (11.9, 14, False), (12, 13, True), (13, 19, True),
     (13, 21, False), (24, 25, True)],
)  # fmt: skip
def test_a_question_may_fail_only_where_it_meets_a_restart(begin: float, end: float, stray: bool) -> None:
    assert strays([(Span(begin, end), "refused")], GAPS) == ["refused"] * stray


@pytest.mark.full
def test_nothing_fails_but_while_the_site_restarts() -> None:
    with beside.laid_out() as (data, _):
        told = restart(data, 3, 150)
    assert strays(told.failures, told.gaps) == []
    assert (told.others, told.wrong, len(told.gaps)) == (0, [], 3)
    assert told.pages >= 150
