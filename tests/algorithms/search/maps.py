"""Maps for the tests: at random, and drawn."""

from __future__ import annotations

from random import Random

from hypothesis import settings
from hypothesis import strategies as st

from app.algorithms.search import DIAGONALS, Place

Rows = list[list[int]]
untimed = settings(max_examples=60, deadline=None)  # how long a test takes is no failure


def random_rows(random: Random, width: int, height: int, walls: float, heaviest: int = 1) -> Rows:
    return [
        [0 if random.random() < walls else random.randint(1, heaviest) for _ in range(width)] for _ in range(height)
    ]


def places(rows: Rows) -> list[Place]:
    return [(x, y) for y, row in enumerate(rows) for x, weight in enumerate(row) if weight]


@st.composite
def questions(draw: st.DrawFn, heaviest: int = 1, longest: int = 11) -> tuple[Rows, Place, Place, str]:
    """A map with at least one free cell, a start, a goal and a rule for diagonals."""
    width, height = draw(st.integers(1, longest)), draw(st.integers(1, longest))
    random = Random(draw(st.integers(0, 2**32)))
    rows = random_rows(random, width, height, random.choice((0.1, 0.25, 0.4)), heaviest)
    rows[random.randrange(height)][random.randrange(width)] = 1
    free = places(rows)
    return rows, random.choice(free), random.choice(free), draw(st.sampled_from(list(DIAGONALS)))
