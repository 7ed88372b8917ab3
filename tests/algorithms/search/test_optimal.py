"""Every optimal algorithm finds what the cheapest path costs, exactly, on any map and under every rule."""

from __future__ import annotations

from random import Random

from app.algorithms.search import solve
from benchmarks.agreement import OPTIMAL, Length, disagreements, questions, shortest


def test_all_optimal_algorithms_agree_with_a_judge_that_rounds_nothing() -> None:
    compared, wrong = disagreements(200, seed=11)
    assert compared > 200 * (len(OPTIMAL) - 2)
    assert wrong == []


def test_the_judge_compares_lengths_as_their_squares_do() -> None:
    random = Random(1)
    for _ in range(300):
        one, other = (Length(random.randint(0, 99), random.randint(0, 99)) for _ in range(2))
        # x = a + b√2 has x² = (a² + 2b²) + 2ab√2, far enough from a tie for floating point at this size
        assert (one < other) == (float(one) < float(other) and one != other)


def test_where_the_judge_finds_no_path_nobody_does() -> None:
    unreachable = [question for question in questions(200, seed=5) if shortest(question) is None]
    assert unreachable
    for question in unreachable:
        for word in ("greedy", "depth", "breadth", "weighted"):
            found = solve(question.rows, question.start, question.goal, algorithm=word, diagonal=question.diagonal)
            assert (found.found, found.cost, found.path, found.complete) == (False, None, [], True)
