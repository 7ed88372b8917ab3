"""Makers of maps: that mazes are trees, that seeds repeat, that every part has its shape."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from app.algorithms.search import BadMap, BadNumber, BadWord, Grid, Place, read, solve
from app.algorithms.search.mazes import MAKERS, make
from app.algorithms.search.terrain import ROOM, ends

PERFECT = ("recursive-division", "backtracker", "prim", "kruskal", "wilson")


def reached(grid: Grid, start: Place) -> int:
    free = set(grid.places())
    found, edge = {start}, [start]
    while edge:
        x, y = edge.pop()
        for near in ((x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)):
            if near in free and near not in found:
                found.add(near)
                edge.append(near)
    return len(found)


@pytest.mark.parametrize("maker", PERFECT)
@pytest.mark.parametrize("size", [(3, 3), (5, 3), (9, 21), (31, 17)])
def test_in_a_maze_there_is_exactly_one_way_between_two_cells(maker: str, size: tuple[int, int]) -> None:
    for seed in range(5):
        grid = make(maker, *size, seed)
        free = set(grid.places())
        edges = sum((x + 1, y) in free for x, y in free) + sum((x, y + 1) in free for x, y in free)
        assert reached(grid, (0, 0)) == len(free) == edges + 1  # connected, and with one edge less than cells: a tree
        assert all((x, y) in free for x in range(0, size[0], 2) for y in range(0, size[1], 2))


@pytest.mark.parametrize("maker", MAKERS)
def test_a_seed_makes_the_same_map_again_and_another_seed_another(maker: str) -> None:
    assert make(maker, 33, 21, 7) == make(maker, 33, 21, 7)
    assert make(maker, 33, 21, 7) != make(maker, 33, 21, 8)


@pytest.mark.parametrize("maker", MAKERS)
def test_sides_are_as_asked_or_one_less_where_a_maze_needs_it(maker: str) -> None:
    grid = make(maker, 20, 11, 1)
    assert (grid.width, grid.height) == ((19, 11) if maker in PERFECT else (20, 11))


def test_wilson_makes_every_maze_equally_often() -> None:
    """On 2 × 2 cells there are four mazes. By counts of 2,000 each lies within five deviations of 500."""
    counts = Counter(b"".join(make("wilson", 3, 3, seed).rows()) for seed in range(2000))
    assert len(counts) == 4
    assert all(abs(count - 500) < 5 * (2000 * 0.25 * 0.75) ** 0.5 for count in counts.values())


def test_prim_has_more_dead_ends_than_the_backtracker() -> None:
    def dead_ends(maker: str) -> int:
        grid = make(maker, 61, 61, 1)
        free = set(grid.places())
        around = ((1, 0), (-1, 0), (0, 1), (0, -1))
        return sum(sum((x + dx, y + dy) in free for dx, dy in around) == 1 for x, y in free)

    assert dead_ends("prim") > 2 * dead_ends("backtracker")


def test_caves_are_smooth() -> None:
    grid = make("caves", 60, 40, 2)
    rows = grid.rows()
    lonely = sum(
        rows[y][x] and not (rows[y][x - 1] or rows[y][x + 1] or rows[y - 1][x] or rows[y + 1][x])
        for y in range(1, 39)
        for x in range(1, 59)
    )
    assert lonely == 0
    assert 0.2 < len(list(grid.places())) / 2400 < 0.9


def test_all_rooms_can_be_entered() -> None:
    for seed in range(5):
        for width, height in ((40, 24), (ROOM, ROOM), (35, 17)):
            grid = make("rooms", width, height, seed)
            assert reached(grid, (0, 0)) == len(list(grid.places()))


def test_hills_use_all_weights_and_change_little_from_cell_to_cell() -> None:
    rows = make("hills", 60, 40, 3).rows()
    assert {weight for row in rows for weight in row} == set(range(1, 10))
    assert all(abs(a - b) <= 3 for row in rows for a, b in pairwise(row))


@pytest.mark.parametrize("maker", MAKERS)
def test_two_ends_are_far_apart_with_a_path_between_them(maker: str) -> None:
    grid = make(maker, 41, 25, 5)
    start, goal = ends(grid)
    found = solve(grid, start, goal)
    assert found.found
    assert len(found.path) > 10


def test_the_ends_lie_in_the_largest_part() -> None:
    assert set(ends(read([".@.....", "@@@@@@@", "...@@@@"]))) == {(2, 0), (6, 0)}
    with pytest.raises(BadMap, match="no two free cells"):
        ends(read([".@."]))


def test_what_cannot_be_made_is_refused() -> None:
    with pytest.raises(BadWord, match=r"There is no maker of mazes “hedge”\. Choose one of: recursive-division"):
        make("hedge", 9, 9, 1)
    with pytest.raises(BadNumber, match=r"A map of 2 × 9 cells cannot be made\. Each side may have 3 to 1025"):
        make("prim", 2, 9, 1)
