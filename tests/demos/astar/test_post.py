"""The post on A* says what the code is and what its searches do."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import indent

import pytest

from app.algorithms.search import read, solve
from app.demos.astar.ready import PUZZLES, ready

APP = Path(__file__).parents[3] / "app"
POST = (APP / "blog/posts/a-star.md").read_text()


def test_the_excerpt_is_the_code_that_runs() -> None:
    (excerpt,) = re.findall(r"^```py\n(.*?)^```$", POST, re.DOTALL | re.MULTILINE)
    assert indent(excerpt, " " * 12) in (APP / "algorithms/search/best_first.py").read_text()


def test_the_village_is_as_the_post_says() -> None:
    grid, (start, goal) = ready("village")
    counts = [solve(grid, start, goal, algorithm=word).expanded for word in ("dijkstra", "astar")]
    assert f"{counts[0]} of the {len(list(grid.places()))} free cells where A\\* expands {counts[1]}" in POST


@pytest.mark.parametrize(
    ("word", "options", "said"),
    [
        ("lure", {}, "the path costs {cost:.0f}, the cheapest costs 17.66"),
        ("lure", {"algorithm": "dijkstra"}, "the cheapest costs {cost:.2f}"),
        ("swamp", {}, "{cost:.2f} around it"),
        ("plateau", {}, "rectangle is expanded: {expanded} cells"),
        ("plateau", {"ties": "high-g"}, "runs along one path: {expanded}."),
        ("pocket", {"algorithm": "greedy"}, "it pays {cost:.0f} for what costs 28"),
        ("pocket", {}, "for what costs {cost:.0f}"),
        ("bound", {}, "Here $w = 3$ expands {expanded} cells"),
        ("bound", {"algorithm": "astar"}, "where A\\* expands {expanded}, and the path is 14 per cent dearer"),
        ("jumps", {}, "it expands two cells"),
        ("jumps", {"algorithm": "astar"}, "where A\\* expands {expanded}."),
    ],
)
def test_a_search_is_as_the_post_says(word: str, options: dict[str, str], said: str) -> None:
    puzzle = PUZZLES[word]
    found = solve(read(puzzle.rows), puzzle.start, puzzle.goal, **(puzzle.options | options))  # type: ignore[typeddict-item]
    assert said.format(cost=found.cost, expanded=found.expanded) in POST
