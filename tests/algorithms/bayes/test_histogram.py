"""The lost robot: the published values, every path counted, and a hidden robot simulated."""

from __future__ import annotations

import math
import random
from itertools import product

import pytest

from app.algorithms.bayes import histogram
from app.algorithms.bayes.histogram import Belief, World
from tests.algorithms.bayes.cases import DRIVES, ROOM, ROW_OF_FIVE

ROUNDED = [  # Thrun's course: five cells, uniform start
    ("red", [0.1111, 0.3333, 0.3333, 0.1111, 0.1111]),
    ((0, 1), [0.1111, 0.1333, 0.3111, 0.3111, 0.1333]),
    ("red", None),
    ((0, 1), [0.0788, 0.0753, 0.2247, 0.4329, 0.1882]),
]


def test_the_values_of_the_course() -> None:
    belief = histogram.uniform(ROW_OF_FIVE)
    for action, expected in ROUNDED:
        if isinstance(action, str):
            belief, _ = histogram.sense(belief, ROW_OF_FIVE, action)
        else:
            belief = histogram.move(belief, action)
        if expected is not None:
            assert [round(p, 4) for p in belief[0]] == expected


def filtered(world: World, actions: list[object], cyclic: bool) -> Belief:
    belief = histogram.uniform(world)
    for action in actions:
        if isinstance(action, str):
            belief, _ = histogram.sense(belief, world, action)
        else:
            belief = histogram.move(belief, tuple(action), cyclic=cyclic)  # type: ignore[arg-type]
    return belief


def enumerated(world: World, actions: list[object], cyclic: bool) -> Belief:
    """Every start and every error of every move, weighed, and only then normalised."""
    height, width = len(world), len(world[0])
    weights = [[0.0] * width for _ in range(height)]
    moves = [action for action in actions if not isinstance(action, str)]
    for y, x, errors in product(range(height), range(width), product((-1, 0, 1), repeat=len(moves))):
        weight, place, left = 1.0, (y, x), list(errors)
        for action in actions:
            if isinstance(action, str):
                weight *= 0.6 if world[place[0]][place[1]] == action else 0.2
                continue
            error = left.pop(0)
            down, right = action  # type: ignore[misc]
            if not (down or right):
                weight *= 1.0 if error == 0 else 0.0
                continue
            weight *= {0: 0.8, 1: 0.1, -1: 0.1}[error]
            # one too far is one more cell in the direction of the step
            to = [
                place[0] + down + error * ((down > 0) - (down < 0)),
                place[1] + right + error * ((right > 0) - (right < 0)),
            ]
            if cyclic:
                place = (to[0] % height, to[1] % width)
            else:
                place = (max(0, min(height - 1, to[0])), max(0, min(width - 1, to[1])))
        weights[place[0]][place[1]] += weight
    total = sum(map(sum, weights))
    return [[w / total for w in row] for row in weights]


@pytest.mark.parametrize("cyclic", [True, False])
@pytest.mark.parametrize(("world", "actions"), DRIVES)
def test_the_filter_is_every_path_counted(world: World, actions: list[object], cyclic: bool) -> None:
    for row, expected in zip(filtered(world, actions, cyclic), enumerated(world, actions, cyclic), strict=True):
        assert row == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("cyclic", [True, False])
def test_moving_loses_no_probability_and_knows_no_more(cyclic: bool) -> None:
    belief, _ = histogram.sense(histogram.uniform(ROOM), ROOM, "green")
    after = histogram.move(belief, (1, 0), cyclic=cyclic)
    assert sum(map(sum, after)) == pytest.approx(1)
    if cyclic:  # a wall gathers probability, and so may tell where the robot is
        assert histogram.entropy(after) >= histogram.entropy(belief) - 1e-12


def test_entropy_is_the_bits_that_are_missing() -> None:
    assert histogram.entropy(histogram.uniform([["a"] * 8] * 2)) == pytest.approx(4)
    assert histogram.entropy([[0, 1, 0]]) == 0
    assert histogram.entropy([[0.5, 0.25, 0.25]]) == pytest.approx(1.5)


def test_sensing_what_cannot_be_starts_anew() -> None:
    belief, evidence = histogram.sense([[1.0, 0.0]], [["a", "b"]], "b", 1.0, 0.0)
    assert (belief, evidence) == ([[0.5, 0.5]], 0.0)


def test_a_hidden_robot_is_where_the_filter_says_as_often_as_it_says() -> None:
    """Calibration: over many journeys, the probability that the filter gives the true cell averages what it should.

    For a right filter, E(P(true cell)) is E(sum of P squared): the truth is drawn from the belief.
    """
    chance = random.Random(5)
    gaps = []
    for _ in range(3000):
        start = (chance.randrange(4), chance.randrange(5))
        last = list(histogram.journey(ROOM, start, [(0, 1), (1, 0), (0, 1)], chance.random))[-1]
        y, x = last["position"]
        gaps.append(last["belief"][y][x] - sum(p * p for row in last["belief"] for p in row))
    mean = sum(gaps) / len(gaps)
    sigma = math.sqrt(sum((gap - mean) ** 2 for gap in gaps) / len(gaps) ** 2)
    assert abs(mean) < 3 * sigma


def test_a_journey_is_told_step_by_step() -> None:
    steps = list(histogram.journey(ROW_OF_FIVE, (0, 1), [(0, 1)] * 4, random.Random(1).random, noise=(0, 1, 0), miss=0))
    assert [step["position"] for step in steps] == [(0, 1), (0, 2), (0, 3), (0, 4), (0, 0)]
    assert [step["seen"] for step in steps] == ["red", "red", "green", "green", "green"]
    assert steps[-1]["likeliest"] == (0, 0)
    assert steps[-1]["entropy"] == 0
    assert [step["entropy"] for step in steps] == sorted((step["entropy"] for step in steps), reverse=True)


def steps_lost(share: float, seed: int) -> int:
    """How many steps after its kidnapping the filter gives the robot's true cell less than half."""
    world = [["red", "green", "green", "red", "blue", "blue", "green", "blue", "red", "red", "blue", "green"]]
    draw = random.Random(seed).random
    drive = {"share": share, "hit": 0.95, "miss": 0.01, "noise": (0.0, 1.0, 0.0)}
    journey = histogram.journey(world, (0, 0), [(0, 1)] * 60, draw, kidnapped={20: (0, 5)}, **drive)  # type: ignore[arg-type]
    return sum(step["step"] >= 20 and step["belief"][0][step["position"][1]] < 0.5 for step in journey)


def test_a_kidnapped_robot_finds_itself_sooner_if_the_filter_doubts() -> None:
    sure = sum(steps_lost(0.0, seed) for seed in range(20))
    doubting = sum(steps_lost(0.02, seed) for seed in range(20))
    assert doubting < sure / 3


def test_wandering_ends_are_walls_or_the_other_side() -> None:
    assert [histogram.landed(position, 5, True) for position in (-1, 0, 5, 11)] == [4, 0, 0, 1]
    assert [histogram.landed(position, 5, False) for position in (-1, 0, 5, 11)] == [0, 0, 4, 4]
