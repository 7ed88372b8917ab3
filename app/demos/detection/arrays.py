"""Arrays: what the network says, as files that arrays.js reads.

All numbers are little-endian and all columns stand one after the other, the wide types first, without a header: the
lengths follow from the file's own and from the grids, which the run's data has.

candidates   n rows, best first; also “sixteen”, of the 4 × 4 anchors alone
    boxes     float32 (n, 4)  corners x0 y0 x1 y1 in pixels of what the network saw, moved, not cut off
    scores    float32 (n)     in 0…1
    logits    float32 (n)
    anchors   uint32  (n)     place among all, in the order of algorithms/vision/detection/anchors.py
    labels    uint8   (n)     place among the classes

head         a anchors, s pairs of anchor and class that say more than nearly nothing, by anchor, then by label
    sixteen   float32 (16, 4 + classes)  offsets and logits of the 4 × 4 anchors
    offsets   float16 (a, 4)
    anchors   uint16  (s)
    logits    float16 (s)
    labels    uint8   (s)
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def candidates(boxes: NDArray[np.float32], scores: NDArray[np.float32], logits: NDArray[np.float32],
               anchors: NDArray[np.int64], labels: NDArray[np.int64]) -> bytes:  # fmt: skip
    """The file of candidates, 29 bytes each."""
    return _columns((boxes, "<f4"), (scores, "<f4"), (logits, "<f4"), (anchors, "<u4"), (labels, "u1"))


def head(
    sixteen: NDArray[np.float32], offsets: NDArray[np.float32], logits: NDArray[np.float32], least: float
) -> bytes:
    """The file of the head: sixteen (16, 4 + classes), offsets (a, 4), logits (a, classes) where above `least`."""
    anchors, labels = np.nonzero(logits > least)
    said = logits[anchors, labels]
    return _columns((sixteen, "<f4"), (offsets, "<f2"), (anchors, "<u2"), (said, "<f2"), (labels, "u1"))


def _columns(*columns: tuple[NDArray[np.generic], str]) -> bytes:
    return b"".join(np.ascontiguousarray(column, np.dtype(kind)).tobytes() for column, kind in columns)
