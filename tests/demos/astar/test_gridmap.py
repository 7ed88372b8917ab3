"""Maps as inputs: every form ends as one code, and what is none is refused in a sentence."""

from __future__ import annotations

import json
import random

import pytest

from app.algorithms.search import Grid
from app.algorithms.search.movingai import write_map
from app.demos.astar.gridmap import GridMap, decode, encode, grid_of
from app.demos.astar.ready import PUZZLES, TITLES
from app.demos.kinds import Refused

KIND = GridMap("Map")


def grids(count: int) -> list[Grid]:
    chance = random.Random(2)
    made = []
    for _ in range(count):
        width, height, weights = chance.randint(1, 25), chance.randint(1, 25), chance.choice(([0, 1], [0, 1, 4, 9]))
        made.append(Grid(width, height, [bytes(chance.choices(weights, k=width)) for _ in range(height)]))
    return made


def test_a_map_comes_back_from_its_code() -> None:
    for grid in grids(200):
        assert decode(encode(grid)) == grid
        assert KIND.parse(encode(grid)) == encode(grid)


def test_every_form_of_a_map_is_the_same_map() -> None:
    for grid in grids(50):
        rows = [list(row) for row in grid.rows()]
        letters = ["".join("@" if not weight else str(weight) for weight in row) for row in rows]
        forms = [write_map(grid), "".join(write_map(grid).split("\n")), "\n".join(letters), KIND.flat(rows)]
        assert {KIND.parse(form) for form in [*forms, "/".join(letters), KIND.flat(letters)]} == {encode(grid)}


def test_a_megacell_fits() -> None:
    grid = Grid(1024, 1024, [bytes([1, 0] * 512)] * 1024)
    assert grid_of(KIND.parse(write_map(grid))) == grid


@pytest.mark.parametrize("name", ["village", *PUZZLES, *(f"{maker}:17x13:4" for maker in TITLES)])
def test_ready_maps_keep_their_names(name: str) -> None:
    assert KIND.parse(name) == name
    assert grid_of(name).rows()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("3x2:AAA", "this is none"),
        ("3x2:", "this is none"),
        ("0x0:", "this is none"),
        ("[[0, 1], [1]]", "all rows equally long"),
        ("[[0, 1, 17]]", "Weights go from 1 to 9"),
        ("[1, 2]", "MovingAI text"),
        ("[", "this is none"),
        ("..x", "“x”"),
        ("prim:2x2:1", "3 to 1025"),
        ("caves:1025x9:1", "1024 a side"),
        ("type octile\nheight 2\nwidth 2\nmap\n..\n", "2 × 2"),
        (json.dumps([[1] * 1025]), "1024 a side"),
    ],
)
def test_what_is_no_map_is_refused(text: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        KIND.parse(text)
