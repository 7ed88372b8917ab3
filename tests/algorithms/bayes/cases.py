"""Inputs as plain data: what these tests try, and what a browser's own copy can be held to as well."""

from __future__ import annotations

# prior, sensitivity, false positives
TESTS = [
    [0.01, 0.8, 0.096],
    [0.001, 0.99, 0.01],
    [0.5, 0.5, 0.5],
    [1 / 3, 1.0, 0.25],
    [0.2, 0.0, 0.3],
    [0.2, 0.7, 0.0],
    [0.0, 0.9, 0.1],
    [1.0, 0.9, 0.1],
    [0.3, 0.0, 0.0],
    [0.3, 1.0, 1.0],
    [1e-9, 1 - 1e-9, 1e-9],
    [1 - 1e-9, 1e-9, 1 - 1e-12],
]

# a letter is a test (sensitivity, false positives), a sign its result
KINDS = {"a": [0.9, 0.2], "b": [0.6, 0.05], "c": [0.99, 0.5]}
ROWS = ["a+", "a-", "a+b+", "a+b-c+", "a+a+", "a+a-", "a+a+a-", "a+a-a+", "a+b+a+b-", "c-c-c-c+", "a+" * 12]

ROW_OF_FIVE = [["green", "red", "red", "green", "green"]]
ROOM = [
    ["red", "green", "green", "red", "red"],
    ["red", "red", "green", "red", "red"],
    ["red", "red", "green", "green", "red"],
    ["red", "red", "red", "red", "red"],
]
# world, then colours sensed and steps taken in turn
DRIVES = [
    [ROW_OF_FIVE, ["red", [0, 1], "red", [0, 1]]],
    [ROW_OF_FIVE, ["red", [0, -2], "green", [0, 0], "green"]],
    [ROOM, ["green", [0, 1], "green", [1, 0], "green", [1, 0], "green", [0, 1], "green"]],
    [ROOM, ["red", [1, 1], "red", [-2, 2], "green"]],
]

# a, b, x
INTEGRALS = [[1, 1, 0.3], [2, 3, 0.4], [8, 4, 0.7], [2.5, 7.25, 0.2], [0.5, 0.5, 0.25], [40, 60, 0.45], [300, 200, 0.6]]

# two beliefs, of which at least one parameter is whole
PAIRS = [[[1, 1], [1, 1]], [[2, 5], [4, 3]], [[12, 90], [16, 88]], [[3.5, 2], [2.2, 4.7]], [[200, 300], [230, 290]]]
