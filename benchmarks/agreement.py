"""Do all optimal algorithms find what Dijkstra's finds? On random maps, with lengths compared without any rounding.

The judge is a plain search of its own: it has lengths a + b√2 as pairs of whole numbers, and shares no code with
`app.algorithms.search`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import total_ordering
from heapq import heappop, heappush
from math import sqrt
from random import Random

from app.algorithms.search import ALGORITHMS, DIAGONALS, Place, Solution, solve

OPTIMAL = [word for word, algorithm in ALGORITHMS.items() if algorithm.optimal]
HEURISTICS = ("octile", "euclidean", "chebyshev", "zero", "landmarks")
BESIDE = {
    "never": 3,
    "no-corner-cutting": 2,
    "one-free": 1,
    "always": 0,
}  # free cells that a diagonal move needs beside it
CLOSE = 1e-9
SMALL = 30  # free cells up to which IDA*, which forgets everything, comes to an end


@total_ordering
@dataclass(frozen=True)
class Length:
    """a + b√2, exactly."""

    a: int
    b: int

    def __add__(self, other: Length) -> Length:
        return Length(self.a + other.a, self.b + other.b)

    def __lt__(self, other: Length) -> bool:
        a, b = self.a - other.a, self.b - other.b
        if (a < 0) == (b < 0) or not a or not b:
            return a < 0 or b < 0
        return a * a > 2 * b * b if a < 0 else a * a < 2 * b * b

    def __float__(self) -> float:
        return self.a + self.b * sqrt(2)


@dataclass(frozen=True)
class Question:
    rows: list[list[int]]
    start: Place
    goal: Place
    diagonal: str


def shortest(question: Question) -> Length | None:
    """What the cheapest path costs; None if there is none."""
    best = {question.start: Length(0, 0)}
    heap = [(Length(0, 0), question.start)]
    while heap:
        so_far, place = heappop(heap)
        if place == question.goal:
            return so_far
        if so_far > best[place]:
            continue
        for there, cost in moves(question, place):
            new = so_far + cost
            if there not in best or new < best[there]:
                best[there] = new
                heappush(heap, (new, there))
    return None


def questions(count: int, seed: int) -> Iterator[Question]:
    """Random maps of up to 14 × 14 cells, three in eight with weights, under each of the four rules for diagonals."""
    random, rules = Random(seed), list(DIAGONALS)
    while count:
        width, height, walls = random.randint(1, 14), random.randint(1, 14), random.choice((0.1, 0.2, 0.3, 0.4))
        heaviest = random.choice((1, 1, 1, 1, 1, 2, 9, 200))
        rows = [
            [0 if random.random() < walls else random.randint(1, heaviest) for _ in range(width)] for _ in range(height)
        ]
        free = [(x, y) for y in range(height) for x in range(width) if rows[y][x]]
        if free:
            count -= 1
            yield Question(rows, random.choice(free), random.choice(free), rules[count % len(rules)])


def disagreements(count: int, seed: int) -> tuple[int, list[str]]:
    """How many searches were compared on `count` maps, and a line for each that did not find the cheapest path."""
    compared, wrong, random = 0, list[str](), Random(seed)
    for question in questions(count, seed):
        best = shortest(question)
        uniform = max(map(max, question.rows)) == 1
        free = sum(weight > 0 for row in question.rows for weight in row)
        for word in OPTIMAL:
            if (word == "jps" and not uniform) or (word == "ida" and free > SMALL):
                continue
            heuristic = random.choice((*HEURISTICS, "manhattan") if question.diagonal == "never" else HEURISTICS)
            found = solve(
                question.rows,
                question.start,
                question.goal,
                algorithm=word,
                heuristic=heuristic,
                diagonal=question.diagonal,
            )
            if not found.complete:
                continue
            compared += 1
            if not _right(question, found, best):
                wrong.append(f"{word}, {heuristic}: {found.cost} instead of {best and float(best)} in {question}")
    return compared, wrong


def _right(question: Question, found: Solution, best: Length | None) -> bool:
    """Whether the path is legal, costs what is said, and is the cheapest."""
    if best is None or not found.found:
        return best is None and not found.found
    total = Length(0, 0)
    for here, there in zip(found.path, found.path[1:], strict=False):
        cost = dict(moves(question, here)).get(there)
        if cost is None:
            return False
        total += cost
    ends = (found.path[0], found.path[-1]) == (question.start, question.goal)
    return (
        ends and total == best and found.cost is not None and abs(found.cost - float(best)) < CLOSE * (1 + float(best))
    )


def moves(question: Question, place: Place) -> Iterator[tuple[Place, Length]]:
    x, y = place
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            weight = _weight(question, x + dx, y + dy)
            if not weight or not (dx or dy):
                continue
            if dx and dy:
                beside = (_weight(question, x + dx, y) > 0) + (_weight(question, x, y + dy) > 0)
                if beside >= BESIDE[question.diagonal]:
                    yield (x + dx, y + dy), Length(0, weight)
            else:
                yield (x + dx, y + dy), Length(weight, 0)


def _weight(question: Question, x: int, y: int) -> int:
    inside = 0 <= y < len(question.rows) and 0 <= x < len(question.rows[0])
    return question.rows[y][x] if inside else 0
