"""The answers of the puzzles are what the searches find."""

from __future__ import annotations

from itertools import pairwise

import pytest

from app.algorithms.search.puzzles import PUZZLES, Puzzle


@pytest.mark.parametrize("puzzle", PUZZLES, ids=lambda puzzle: puzzle.word)
def test_the_answer_is_what_the_search_finds(puzzle: Puzzle) -> None:
    assert puzzle.found(puzzle) == puzzle.answer
    assert puzzle.solve().found
    assert 0 <= puzzle.answer < len(puzzle.choices)


def test_there_are_eight_each_with_its_question() -> None:
    assert len(PUZZLES) == len({puzzle.word for puzzle in PUZZLES}) == 8
    for puzzle in PUZZLES:
        assert puzzle.question.endswith("?")
        assert puzzle.why.endswith(".")
        assert len(puzzle.choices) == len(set(puzzle.choices)) >= 2


def test_the_texts_are_true_where_they_give_numbers() -> None:
    by_word = {puzzle.word: puzzle for puzzle in PUZZLES}
    swamp = by_word["swamp"]
    dry = Puzzle(**{**vars(swamp), "rows": tuple(row.replace("5", ".") for row in swamp.rows)})
    assert (swamp.solve().cost or 0) - (dry.solve().cost or 0) == pytest.approx(2.5, abs=0.05)
    assert sum((a - c != 0) and (b - d != 0) for (a, b), (c, d) in pairwise(swamp.solve().path)) == 6
    assert by_word["plateau"].solve(ties="high-g").expanded == len(by_word["plateau"].solve().path) - 1
