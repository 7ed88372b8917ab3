"""Scrubbing: after k steps is known what a fresh search of k steps knows, and the open list names the next one."""

from __future__ import annotations

from itertools import islice
from random import Random

import pytest

from app.algorithms.search import ALGORITHMS, TIES, Place, Step, search, solve, state

from .maps import places, random_rows

WORDS = [word for word in ALGORITHMS if word != "ida"]  # which has no list of what is open, only a path


def maps(seed: object, count: int, heaviest: int) -> list[tuple[list[list[int]], Place, Place]]:
    random = Random(str(seed))
    made = []
    for _ in range(count):
        rows = random_rows(random, random.randint(3, 12), random.randint(3, 12), 0.25, heaviest)
        rows[0][0] = 1
        made.append((rows, random.choice(places(rows)), random.choice(places(rows))))
    return made


def steps_of(rows: list[list[int]], start: Place, goal: Place, word: str, **options: object) -> list[Step]:
    return solve(rows, start, goal, algorithm=word, steps=True, **options).steps or []  # type: ignore[arg-type]


@pytest.mark.parametrize("word", ALGORITHMS)
def test_scrubbing_to_k_is_a_fresh_run_to_k(word: str) -> None:
    random = Random(word)
    for rows, start, goal in maps(word, 6, 1):
        options = {"changes": {(1, 1): 1}} if word == "dstar" else {}
        whole = steps_of(rows, start, goal, word, budget=300, **options)
        for k in random.sample(range(len(whole) + 1), min(8, len(whole) + 1)):
            fresh = list(islice(search(rows, start, goal, algorithm=word, budget=300, **options), k))
            assert fresh == whole[:k]
            assert state(fresh) == state(whole[:k])
        forward = state([])
        for k, step in enumerate(whole, start=1):
            forward.advance(step)
            assert forward.expanded == k
        assert forward == state(whole)


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("ties", TIES)
@pytest.mark.parametrize("heaviest", [1, 5])
def test_the_first_of_the_open_list_is_expanded_next(word: str, ties: str, heaviest: int) -> None:
    if heaviest > 1 and not ALGORITHMS[word].weights:
        heaviest = 1
    order = ALGORITHMS[word].order(ties)
    for rows, start, goal in maps((word, ties), 5, heaviest):
        steps = steps_of(rows, start, goal, word, ties=ties, weight=1.7)
        known = state([])
        for step in steps:
            if known.sides[step.side].open:  # the root of a search is expanded without having been opened
                assert known.open_list(order, step.side, (start, goal))[0].cell == step.cell
            known.advance(step)


@pytest.mark.parametrize("word", WORDS)
def test_counters_of_a_replay_are_those_of_the_solution(word: str) -> None:
    for rows, start, goal in maps(word, 8, 1):
        found = solve(rows, start, goal, algorithm=word, steps=True, weight=2)
        known = state(found.steps or [])
        assert (known.expanded, known.peak) == (found.expanded, found.peak)
        if word not in ("dstar",):
            assert known.reopened == found.reopened
            roots = 2 if word == "bidirectional" else 1
            assert known.generated + roots == found.generated


@pytest.mark.parametrize("word", [word for word in WORDS if word != "dstar"])
def test_parents_lead_back_to_the_root_and_g_adds_up(word: str) -> None:
    for rows, start, goal in maps(word, 6, 1):
        known = state(steps_of(rows, start, goal, word))
        for number, root in ((0, start), (1, goal)):
            side = known.sides[number]
            for cell, last in {**side.expanded, **side.open}.items():
                trail = [cell]
                while (parent := {**side.expanded, **side.open}[trail[-1]].parent) is not None:
                    trail.append(parent)
                    assert len(trail) <= len(side.expanded) + len(side.open)
                assert trail[-1] == root
                assert last.g >= 0


def test_f_is_what_each_algorithm_says_it_is() -> None:
    for rows, start, goal in maps("f", 5, 4):
        for step in steps_of(rows, start, goal, "astar"):
            assert step.f == pytest.approx(step.g + step.h)
            assert all(opened.f == pytest.approx(opened.g + opened.h) for opened in step.opened)
        for step in steps_of(rows, start, goal, "weighted", weight=2.5):
            assert step.f == pytest.approx(step.g + 2.5 * step.h, abs=1e-4)  # estimates are rounded down
        for step in steps_of(rows, start, goal, "dijkstra"):
            assert (step.f, step.h) == (pytest.approx(step.g), 0)


def test_a_search_can_be_closed_and_tells_its_solution_at_the_end() -> None:
    run = search(["....."] * 5, (0, 0), (4, 4))
    next(run)
    run.close()
    run = search(["....."] * 5, (0, 0), (4, 4))
    count = 0
    while True:
        try:
            next(run)
            count += 1
        except StopIteration as end:
            assert end.value.path == solve(["....."] * 5, (0, 0), (4, 4)).path
            assert end.value.expanded == count
            break
