"""Maps: how they are read, what is refused, what can be changed."""

from __future__ import annotations

import pytest
from hypothesis import given

from app.algorithms.search import BadMap, BadPlace, Grid, Place, read

from .maps import Rows, places, questions, untimed

LETTERS = ["..S2", ".@T9", "GOW."]
WEIGHTS = [[1, 1, 1, 2], [1, 0, 0, 9], [1, 0, 0, 1]]


@pytest.mark.parametrize("map", [LETTERS, WEIGHTS, "\n".join(LETTERS), tuple(LETTERS), Grid.from_weights(WEIGHTS)])
def test_a_map_is_read_in_every_form(map: object) -> None:
    assert [list(row) for row in read(map).rows()] == WEIGHTS


@untimed
@given(questions(heaviest=254))
def test_rows_and_places_come_back(question: tuple[Rows, Place, Place, str]) -> None:
    rows, start, _, _ = question
    grid = Grid.from_weights(rows)
    assert [list(row) for row in grid.rows()] == rows
    assert list(grid.places()) == places(rows)
    assert grid.place(grid.cell(start)) == start
    assert grid.weight(start) == rows[start[1]][start[0]]
    assert grid.route(map(grid.at, places(rows))) == places(rows)
    assert grid.heaviest == max(1, *map(max, rows))


@pytest.mark.parametrize(
    ("map", "sentence"),
    [
        ([], "empty"),
        ("", "empty"),
        ([""], "empty"),
        (["..", "."], "Row 1 of the map has 1 cells, the first has 2"),
        (["..", ".#"], "Row 1 of the map has the letter “#”. Known are . G S @"),
        (["..", ".é"], "the letter “é”"),
        (["..", ".→"], "the letter “→”"),
        ([[1, 2], [1]], "Row 1 of the map has 1 cells"),
        ([[1, -1]], "whole numbers from 0 to 254"),
        ([[1, 255]], "whole numbers from 0 to 254"),
        ([[1, 1.5]], "whole numbers from 0 to 254"),
        ([[1, None]], "whole numbers from 0 to 254"),
        (7, "A map is MovingAI text, rows of letters, or rows of numbers"),
        (["..", [1, 1]], "something other than whole numbers"),
        ([1, 2], "A map is MovingAI text, rows of letters, or rows of numbers"),
    ],
)
def test_what_is_no_map_is_refused_with_a_sentence(map: object, sentence: str) -> None:
    with pytest.raises(BadMap) as refusal:
        read(map)
    assert sentence in str(refusal.value)


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ((1, 1), "The start (1, 1) is inside a wall"),
        ((-1, 0), "The start (-1, 0) lies outside the map, which is 4 × 3 cells"),
        ((4, 0), "lies outside"),
        ((0, 3), "lies outside"),
        ((0, -1), "lies outside"),
        ((0.5, 0), "The start is (0.5, 0). It is two whole numbers"),
        ((1, 2, 3), "two whole numbers"),
    ],
)
def test_where_one_cannot_stand_is_refused(place: Place, sentence: str) -> None:
    with pytest.raises(BadPlace) as refusal:
        read(LETTERS).cell(place, "start")
    assert sentence in str(refusal.value)


def test_a_changed_map_is_another_one() -> None:
    grid = read(WEIGHTS)
    other = grid.changed({(0, 0): 0, (3, 1): 4})
    assert [list(row) for row in other.rows()] == [[0, 1, 1, 2], [1, 0, 0, 4], [1, 0, 0, 1]]
    assert [list(row) for row in grid.rows()] == WEIGHTS
    assert other != grid
    assert other.changed({(0, 0): 1, (3, 1): 9}) == grid
    assert hash(other.changed({(0, 0): 1, (3, 1): 9})) == hash(grid)
    assert grid != WEIGHTS


def test_a_change_outside_the_map_or_beyond_all_weights_is_refused() -> None:
    with pytest.raises(BadPlace, match="outside"):
        read(WEIGHTS).changed({(4, 0): 1})
    with pytest.raises(BadMap, match="whole number from 0 to 254, not 255"):
        read(WEIGHTS).changed({(0, 0): 255})


def test_only_a_map_without_weights_is_uniform() -> None:
    assert read([".@."]).uniform
    assert read(["@@@"]).uniform
    assert not read([".2."]).uniform
