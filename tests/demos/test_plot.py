from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.demos.plot import MOST_POINTS, Line, Misfit, number, plotted, thinned

floats = st.floats(-1e6, 1e6, allow_nan=False)


def places(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", path)]


def test_a_line_runs_from_corner_to_corner_of_its_square() -> None:
    drawn = plotted([Line("", [(0, 0), (50, 5), (100, 10)])], "Ramp")
    assert drawn
    assert places(drawn.paths[0][1]) == [(0, 1000), (500, 500), (1000, 0)]  # y grows downwards in SVG
    assert drawn.x == ["0", "20", "40", "60", "80", "100"]
    assert drawn.y == ["0", "2", "4", "6", "8", "10"]
    assert drawn.summary == "Ramp. From 0 to 10, between 0 and 10."


def test_on_a_logarithmic_axis_equal_ratios_are_equal_ways() -> None:
    drawn = plotted([Line("loss", [(0, 1000), (1, 100), (2, 10)])], "Loss", log=True)
    assert drawn
    assert [y for _, y in places(drawn.paths[0][1])] == [0, 500, 1000]
    assert drawn.y == ["10", "100", "1,000"]


def test_a_gap_is_not_drawn_over_and_a_point_alone_is_a_dot() -> None:
    drawn = plotted([Line("", [(0, 1), (1, None), (2, 1), (3, 2)])], "Gaps")
    assert drawn
    assert re.fullmatch(r"M[\d. ]+h0M[\d. ]+L[\d. ]+", drawn.paths[0][1])


def test_nothing_is_drawn_of_nothing() -> None:
    assert plotted([Line("", [(0, None)])], "Nothing") is None


def test_a_logarithm_of_nothing_above_zero_is_told_to_the_author() -> None:
    with pytest.raises(Misfit, match="“Loss” is logarithmic"):
        plotted([Line("", [(0, 0), (1, -1)])], "Loss", log=True)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), True, "3", [1], {}])
def test_only_finite_numbers_are_numbers(value: object) -> None:
    with pytest.raises(Misfit, match="“loss” must be a finite number"):
        number(value, "loss")


@given(st.lists(floats, min_size=1, max_size=4000))
def test_a_thinned_line_loses_no_spike_and_no_order(values: list[float]) -> None:
    kept = thinned(list(enumerate(values)))
    heights = [y for _, y in kept]
    assert (max(heights), min(heights)) == (max(values), min(values))
    assert [x for x, _ in kept] == sorted({x for x, _ in kept})
    assert set(kept) <= set(enumerate(values))
    assert len(kept) <= MOST_POINTS + 2
