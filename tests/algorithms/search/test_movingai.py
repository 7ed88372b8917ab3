"""MovingAI's formats, in and out, against the examples of its page."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given

from app.algorithms.search import BadMap, Grid, Place, read, solve
from app.algorithms.search.movingai import Scenario, read_map, read_scenarios, write_map, write_scenarios
from app.algorithms.search.scenarios import BUCKET, run, scenarios
from benchmarks.agreement import Question, shortest

from .maps import Rows, questions, random_rows, untimed

MAP = """type octile
height 4
width 6
map
@@.GST
..OTWS
.....@
GGG.SS
"""
# The format's page: bucket, map, map width, map height, start x and y, goal x and y, optimal length.
SCENARIOS = """version 1
0	maps/dao/arena.map	49	49	1	11	1	12	1
0	maps/dao/arena.map	49	49	1	13	4	12	3.41421
"""


def test_passable_letters_are_passable_and_others_are_not() -> None:
    grid = read(MAP)
    assert [list(row) for row in grid.rows()] == [[0, 0, 1, 1, 1, 0], [1, 1, 0, 0, 0, 1], [1, 1, 1, 1, 1, 0], [1] * 6]
    assert read_map(MAP.replace("\n", "\r\n")) == grid


@untimed
@given(questions(heaviest=9))
def test_what_is_written_is_read(question: tuple[Rows, Place, Place, str]) -> None:
    grid = Grid.from_weights(question[0])
    assert read(write_map(grid)) == grid
    assert write_map(read(write_map(grid))) == write_map(grid)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("type octile\nheight 1\nmap\n..", "first four lines"),
        ("type octile\nheight x\nwidth 2\nmap\n..", "first four lines"),
        ("type octile\nheight 2\nwidth 2\nmap\n..", "says it is 2 × 2 cells, but 2 × 1 follow"),
        ("type octile\nheight 1\nwidth 2\nmap\n.x", "letter “x”"),
        ("type octile\nheight 0\nwidth 0\nmap\n", "empty"),
        ("type", "first four lines"),
    ],
)
def test_a_broken_map_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(BadMap, match=sentence):
        read(text)


def test_weights_beyond_nine_have_no_letter() -> None:
    with pytest.raises(BadMap, match=r"a weight of 10\. The format holds weights up to 9"):
        write_map(Grid.from_weights([[10]]))


def test_scenarios_are_read_and_written() -> None:
    first, second = read_scenarios(SCENARIOS)
    assert first == Scenario(0, "maps/dao/arena.map", 49, 49, (1, 11), (1, 12), 1.0)
    assert (second.goal, second.length) == ((4, 12), 3.41421)
    assert read_scenarios(write_scenarios([first, second])) == [first, second]
    assert read_scenarios(SCENARIOS.replace("\t", " ")) == [first, second]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "version 1"),
        ("0\ta.map\t1\t1\t0\t0\t0\t0\t0", "version 1"),
        ("version 1\n0\ta.map\t1\t1\t0\t0\t0\t0", "Line 2 of the scenarios is not bucket, map, width"),
        ("version 1\n\n0\ta.map\t1\t1\t0\tx\t0\t0\t0", "Line 3"),
    ],
)
def test_broken_scenarios_are_refused_with_their_line(text: str, sentence: str) -> None:
    with pytest.raises(BadMap, match=sentence):
        read_scenarios(text)


def test_made_scenarios_have_their_exact_length_and_are_solved() -> None:
    rows = random_rows(Random(1), 18, 14, 0.25)
    grid = Grid.from_weights(rows)
    made = scenarios(grid, "noise.map", 40, seed=3)
    assert made == scenarios(grid, "noise.map", 40, seed=3) != scenarios(grid, "noise.map", 40, seed=4)
    assert [s.length for s in made] == sorted(s.length for s in made)
    assert len({s.bucket for s in made}) > 2
    text = write_scenarios(made)
    for scenario, (asked, found) in zip(made, run(grid, read_scenarios(text), algorithm="jps"), strict=True):
        exact = shortest(Question(rows, scenario.start, scenario.goal, "no-corner-cutting"))
        assert exact is not None
        assert scenario.length == pytest.approx(float(exact), abs=1e-9)
        assert scenario.bucket == int(float(exact) / BUCKET)
        assert found.cost == pytest.approx(asked.length, abs=1e-6)
        assert (found.path[0], found.path[-1]) == (scenario.start, scenario.goal)


def test_scenarios_of_another_map_are_refused() -> None:
    with pytest.raises(BadMap, match="for a map of 49 × 49 cells, this one has 6 × 4"):
        next(run(read(MAP), read_scenarios(SCENARIOS)))
    with pytest.raises(BadMap, match="no free cell"):
        scenarios(read(["@@"]), "walls.map", 1, seed=1)


def test_a_map_can_be_searched_as_it_lies_in_its_file() -> None:
    assert solve(MAP, (2, 2), (3, 2)).cost == 1
