"""The door: words, refusals, and that the package is plain Python."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.algorithms.search import ALGORITHMS, DEFAULTS, DIAGONALS, HEURISTICS, TIES, SearchError, search, solve

FIELD = ["....", ".@@.", "...."]
ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("word", ALGORITHMS)
def test_every_algorithm_answers_in_the_same_form(word: str) -> None:
    found = solve(FIELD, (0, 0), (3, 2), algorithm=word)
    assert found.found
    assert found.algorithm == word
    assert (found.path[0], found.path[-1]) == ((0, 0), (3, 2))
    assert found.cost is not None
    assert found.expanded > 0
    assert found.milliseconds > 0
    assert found.generated >= found.expanded
    assert (found.steps, found.peak, found.complete) == (None, None, True)
    told = solve(FIELD, (0, 0), (3, 2), algorithm=word, steps=True)
    assert (told.path, told.cost, told.expanded) == (found.path, found.cost, found.expanded)
    assert len(told.steps or ()) == told.expanded
    assert (told.peak or 0) > 0


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"algorithm": "a*"}, "There is no algorithm “a*”. Choose one of: astar, dijkstra, breadth, depth, greedy"),
        (
            {"diagonal": "sometimes"},
            "There is no rule for diagonals “sometimes”. Choose one of: never, no-corner-cutting",
        ),
        ({"ties": "random"}, "There is no order for ties “random”. Choose one of: high-g, low-g, fifo, cross"),
        ({"heuristic": "crow"}, "There is no heuristic “crow”. Choose one of: manhattan, octile"),
        ({"weight": 0.5}, "The weight is 0.5. It is a number from 1 to 1000"),
        ({"weight": float("nan")}, "The weight is nan"),
        ({"weight": float("inf")}, "The weight is inf"),
        ({"landmarks": [(1, 1)]}, "The landmark (1, 1) is inside a wall"),
        ({"landmarks": [(9, 9)]}, "The landmark (9, 9) lies outside the map, which is 4 × 3 cells"),
        ({"changes": {(9, 9): 1}}, "The cell (9, 9) lies outside"),
    ],
)
@pytest.mark.parametrize("door", [solve, search])
def test_what_cannot_be_asked_is_refused_with_a_sentence(
    door: object, options: dict[str, object], sentence: str
) -> None:
    assert callable(door)
    with pytest.raises(SearchError) as refusal:
        door(FIELD, (0, 0), (3, 2), **options)
    assert sentence in str(refusal.value)
    assert isinstance(refusal.value, ValueError)


@pytest.mark.parametrize(("start", "goal"), [((1, 1), (3, 2)), ((0, 0), (2, 1)), ((-1, 0), (3, 2)), ((0, 0), (0, 3))])
def test_start_and_goal_must_be_free_cells_of_the_map(start: tuple[int, int], goal: tuple[int, int]) -> None:
    with pytest.raises(SearchError, match=r"(start|goal) .* (inside a wall|outside the map)"):
        solve(FIELD, start, goal)


def test_every_word_is_explained_and_the_defaults_are_among_them() -> None:
    for words in (DIAGONALS, HEURISTICS, TIES):
        assert all(sentence.endswith(".") for sentence in words.values())
    assert DEFAULTS["algorithm"] in ALGORITHMS
    assert DEFAULTS["heuristic"] in HEURISTICS
    assert DEFAULTS["diagonal"] in DIAGONALS
    assert DEFAULTS["ties"] in TIES


def test_a_large_map_is_searched_by_the_same_rules() -> None:
    """Larger than a band of rows, and than what one digit of Python's integers holds of costs."""
    field = ["." * 700] * 300
    assert solve(field, (0, 0), (699, 299)).cost == pytest.approx(400 + 299 * 2**0.5)
    assert solve(field, (0, 0), (699, 299), diagonal="never", heuristic="manhattan").cost == 998


def test_it_is_plain_python() -> None:
    code = (
        "import sys\n"
        "for name in ('flask', 'sqlalchemy', 'numpy', 'torch'): sys.modules[name] = None\n"
        "from app.algorithms.search import solve\n"
        "from app.algorithms.search import audit, mazes, movingai, puzzles, replanner, scenarios\n"
        "assert solve(['...'], (0, 0), (2, 0)).cost == 2"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
