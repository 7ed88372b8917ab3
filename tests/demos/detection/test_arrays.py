"""The files of a run: what Python writes is what the browser reads."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from app.demos.detection import arrays
from tests.demos.detection.node import answers, needs_node

pytestmark = needs_node
RANDOM = np.random.default_rng(0)
GRIDS = [
    {"stride": 8, "rows": 3, "columns": 4, "sizes": [20, 34], "ratios": [1, 0.5, 2]},
    {"stride": 16, "rows": 2, "columns": 2, "sizes": [58], "ratios": [1]},
]
ANCHORS, CLASSES = 3 * 4 * 6 + 2 * 2, 5
FILE = "Uint8Array.from(atob(cases.file), (sign) => sign.charCodeAt(0)).buffer"
PLAIN = """((found) => Object.fromEntries(Object.entries(found).map(([name, column]) =>
    [name, typeof column === "number" ? column : [...column]])))"""


def read(module: str, call: str, file: bytes) -> dict[str, list[float]]:
    case = {"file": base64.b64encode(file).decode(), "grids": GRIDS}
    columns: dict[str, list[float]] = answers(module, f"{PLAIN}(it.{call})", case)
    return columns


def some(*shape: int) -> NDArray[np.float32]:
    return RANDOM.normal(size=shape).astype(np.float32)


@pytest.mark.parametrize("count", [0, 1, 37])
def test_candidates_come_through_to_the_last_bit(count: int) -> None:
    boxes, scores, logits = some(count, 4), some(count), some(count)
    anchors, labels = RANDOM.integers(0, 50400, count), RANDOM.integers(0, 80, count)
    columns = read("candidates.js", f"candidates({FILE})", arrays.candidates(boxes, scores, logits, anchors, labels))
    assert columns.pop("count") == count
    expected: dict[str, NDArray[Any]] = {
        "boxes": boxes,
        "scores": scores,
        "logits": logits,
        "anchors": anchors,
        "labels": labels,
    }
    assert columns == {name: column.ravel().tolist() for name, column in expected.items()}


def test_the_head_comes_through_as_far_as_half_precision_goes() -> None:
    sixteen, offsets, logits = some(16, 4 + CLASSES), some(ANCHORS, 4) * 1e-5, some(ANCHORS, CLASSES) * 9
    columns = read("arrays.js", f"head({FILE}, cases.grids, {CLASSES})", arrays.head(sixteen, offsets, logits, 1.5))
    anchors, labels = np.nonzero(logits > 1.5)
    assert 0 < len(anchors) < logits.size
    assert columns["sixteen"] == sixteen.ravel().tolist()
    assert columns["offsets"] == offsets.astype(np.float16).astype(float).ravel().tolist()
    assert columns["logits"] == logits[anchors, labels].astype(np.float16).astype(float).tolist()
    assert (columns["anchors"], columns["labels"]) == (anchors.tolist(), labels.tolist())


def test_every_half_is_the_number_that_numpy_says() -> None:
    halves = np.arange(2**16, dtype=np.uint16).view(np.float16)
    # As many anchors as there are numbers; their offsets are what is read as halves.
    grids = [{"stride": 8, "rows": 1, "columns": 2**14, "sizes": [1], "ratios": [1]}]
    file = np.zeros(16 * 5, np.float32).tobytes() + halves.tobytes()
    case = {"file": base64.b64encode(file).decode(), "grids": grids}
    told = answers("arrays.js", f"Array.from(it.head({FILE}, cases.grids, 1).offsets, String)", case)
    assert np.array_equal(np.array(told, dtype=float), halves.astype(float), equal_nan=True)
