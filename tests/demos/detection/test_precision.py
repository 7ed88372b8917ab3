"""Average precision in the browser: the figures of the evaluation, on one picture, at an overlap of a half."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.demos.detection.node import answers, needs_node
from training.average_precision import Found, Truth, average_precision

pytestmark = needs_node


def scene(random: np.random.Generator) -> dict[str, list[dict[str, Any]]]:
    """Up to eight objects of three classes, and boxes found near them or nowhere, some more than once."""
    corners = random.random((int(random.integers(1, 9)), 2)) * 60
    sides = random.random(corners.shape) * 40 + 5
    truth = [
        {"box": [*map(float, c), *map(float, c + s)], "label": int(random.integers(3))}
        for c, s in zip(corners, sides, strict=True)
    ]
    found = []
    for _ in range(int(random.integers(13))):
        one = truth[int(random.integers(len(truth)))]
        box = (np.array(one["box"]) + random.normal(0, 4, 4)).tolist()
        label = one["label"] if random.random() < 0.8 else int(random.integers(4))
        found.append({"box": box, "label": label, "score": float(random.random())})
    return {"found": found, "truth": truth}


def columns(boxes: list[dict[str, Any]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([one["box"] for one in boxes]).reshape(-1, 4), np.array([one["label"] for one in boxes], int)


def test_average_precision_is_the_evaluations() -> None:
    random = np.random.default_rng(7)
    scenes = [scene(random) for _ in range(200)]
    told = answers("precision.js", "cases.map((c) => it.precision(c.found, c.truth))", scenes)
    for case, ours in zip(scenes, told, strict=True):
        boxes, labels = columns(case["found"])
        scores = np.array([one["score"] for one in case["found"]])
        wanted = average_precision([Found(boxes, scores, labels)], [Truth(*columns(case["truth"]))], 0.5)
        assert ours["ap"] == pytest.approx(wanted.ap50, abs=1e-12)
        assert ours["recall"] == pytest.approx(ours["right"] / len(case["truth"]))
        assert ours["precision"] == (ours["right"] / len(labels) if len(labels) else None)
    assert len({round(one["ap"], 6) for one in told}) > 20


def test_a_class_that_nobody_drew_counts_against_precision_alone() -> None:
    one = {"box": [0, 0, 10, 10], "label": 1}
    scenes = [{"found": [{**one, "score": 0.5}, {**one, "label": 2, "score": 0.9}], "truth": [one]}]
    (told,) = answers("precision.js", "cases.map((c) => it.precision(c.found, c.truth))", scenes)
    assert told == {"right": 1, "found": 2, "truth": 1, "precision": 0.5, "recall": 1, "ap": pytest.approx(1)}


def test_nothing_drawn_and_nothing_found_have_no_figures() -> None:
    (told,) = answers("precision.js", "cases.map((c) => it.precision(c.found, c.truth))", [{"found": [], "truth": []}])
    assert (told["precision"], told["recall"], told["ap"]) == (None, None, None)
