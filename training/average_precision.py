"""Average precision, by which detectors are compared: how well found boxes agree with true ones, at COCO's rules.

Idea: class by class, the boxes found in all pictures are gone through from the surest to the least sure. Each is right
if it overlaps an object that no surer one took, and wrong otherwise; the precision so far, over the recall so far,
is averaged at 101 recalls. Source: Lin et al., “Microsoft COCO” (2014), and its reference code, with whose figures
these agree: all sizes of object, at most 100 boxes a class and picture. Invariant: an ignored object is never asked
for, and a box that lies in one counts neither way.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RANGE = tuple(np.linspace(0.5, 0.95, 10).tolist())
RECALLS = np.linspace(0.0, 1.0, 101)
MOST = 100  # boxes a class and picture that are looked at

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Found:
    """What a detector found in one picture: boxes (n, 4) as x0 y0 x1 y1 in pixels, scores (n), labels (n)."""

    boxes: np.ndarray
    scores: np.ndarray
    labels: np.ndarray


@dataclass(frozen=True)
class Truth:
    """What is in one picture: boxes (n, 4) as x0 y0 x1 y1 in pixels, labels (n), ignored (n) bool, nothing if None.

    Ignored are crowds and objects too difficult to ask for; each may hold any number of found boxes.
    """

    boxes: np.ndarray
    labels: np.ndarray
    ignored: np.ndarray | None = None


@dataclass(frozen=True)
class Precision:
    """Means over the classes that have an object to find, all in 0…1."""

    ap: float  # over the overlaps asked for
    ap50: float  # at an overlap of 0.5
    by_class: dict[int, float]  # ap by label
    recall: float  # share of the objects found at all, over the overlaps asked for


def average_precision(
    found: Sequence[Found], truth: Sequence[Truth], iou: float | Sequence[float] = RANGE
) -> Precision:
    """COCO's average precision of `found` in the pictures of `truth`, in the same order.

    `iou` is the least intersection over union at which a box is right, or several of them to average over.
    ValueError where the two differ in length, a picture's arrays do, or there is no object to find.
    """
    _check(found, truth)
    overlaps = np.array([0.5, *np.atleast_1d(iou)])  # ap50 is always the first
    wanted = np.concatenate([picture.labels[~_ignored(picture)] for picture in truth] or [np.empty(0)])
    curves = {int(label): _curve(found, truth, int(label), overlaps) for label in np.unique(wanted)}
    if not curves:
        raise ValueError("There is no object to find, so nothing can be said of how many were found.")
    precisions = np.array([precision for precision, _ in curves.values()])  # (classes, overlaps)
    recalls = np.array([recall for _, recall in curves.values()])
    by_class = dict(zip(curves, precisions[:, 1:].mean(1).tolist(), strict=True))
    ap, ap50, recall = precisions[:, 1:].mean(), precisions[:, 0].mean(), recalls[:, 1:].mean()
    return Precision(float(ap), float(ap50), by_class, float(recall))


def overlap(boxes: np.ndarray, others: np.ndarray, crowd: np.ndarray) -> Floats:
    """Intersection over union (n, m) of boxes (n, 4) and others (m, 4); of a crowd (m), over the box's own area."""
    a, b = boxes.astype(np.float64)[:, None], others.astype(np.float64)[None]
    sides = np.minimum(a[..., 2:], b[..., 2:]) - np.maximum(a[..., :2], b[..., :2])
    shared = sides.clip(0).prod(2)
    area, other = (a[..., 2:] - a[..., :2]).prod(2), (b[..., 2:] - b[..., :2]).prod(2)
    whole = np.where(crowd, area, area + other - shared)
    result: Floats = np.divide(shared, whole, out=np.zeros_like(shared), where=shared > 0)
    return result


def _check(found: Sequence[Found], truth: Sequence[Truth]) -> None:
    if len(found) != len(truth):
        raise ValueError(f"Boxes were found in {len(found)} pictures, but the truth is known of {len(truth)}.")
    for index, (ours, picture) in enumerate(zip(found, truth, strict=True)):
        arrays = ((ours.boxes, ours.scores, ours.labels), (picture.boxes, picture.labels, _ignored(picture)))
        if any(len({len(array) for array in group}) > 1 for group in arrays):
            raise ValueError(f"Picture {index} does not have one label and one score or flag for every box.")


def _ignored(picture: Truth) -> Flags:
    if picture.ignored is None:
        return np.zeros(len(picture.labels), bool)
    return picture.ignored.astype(bool)


def _curve(found: Sequence[Found], truth: Sequence[Truth], label: int, overlaps: Floats) -> tuple[Floats, Floats]:
    """One class's average precision and final recall, each (overlaps)."""
    pictures = [_judged(ours, picture, label, overlaps) for ours, picture in zip(found, truth, strict=True)]
    scores = np.concatenate([scores for scores, _, _ in pictures])
    order = np.argsort(-scores, kind="stable")
    right, wrong = (np.concatenate(parts, 1)[:, order].cumsum(1) for parts in list(zip(*pictures, strict=True))[1:])
    objects = sum(int(np.sum((picture.labels == label) & ~_ignored(picture))) for picture in truth)
    if not len(scores):
        return np.zeros(len(overlaps)), np.zeros(len(overlaps))
    precision = right / np.maximum(right + wrong, 1)
    # What can be had at this recall or at any higher one: the curve without its teeth.
    precision = np.maximum.accumulate(precision[:, ::-1], 1)[:, ::-1]
    recall = right / objects
    return np.array([_mean(*rows) for rows in zip(precision, recall, strict=True)]), recall[:, -1]


def _judged(ours: Found, picture: Truth, label: int, overlaps: Floats) -> tuple[Floats, Flags, Flags]:
    """Scores (n), best first, and which boxes are right and which wrong at each overlap, both (overlaps, n)."""
    mine, objects = np.flatnonzero(ours.labels == label), picture.labels == label
    best = mine[np.argsort(-ours.scores[mine].astype(np.float64), kind="stable")][:MOST]
    ignored = _ignored(picture)[objects]
    shares = overlap(ours.boxes[best].reshape(-1, 4), picture.boxes[objects].reshape(-1, 4), ignored)
    right, wrong = np.zeros((len(overlaps), len(best)), bool), np.ones((len(overlaps), len(best)), bool)
    taken = np.zeros((len(overlaps), int(objects.sum())), bool)
    for index, share in enumerate(shares):
        if share.max(initial=0) < overlaps.min():
            continue
        near = share >= overlaps[:, None]  # (overlaps, objects)
        free = near & ~taken & ~ignored
        hit = free.any(1)
        taken[hit, _last_largest(np.where(free, share, -1))[hit]] = True
        right[:, index], wrong[:, index] = hit, ~hit & ~(near & ignored).any(1)
    return ours.scores[best].astype(np.float64), right, wrong


def _last_largest(values: Floats) -> NDArray[np.intp]:
    # Of two objects that overlap alike, the reference takes the later one.
    index: NDArray[np.intp] = values.shape[1] - 1 - values[:, ::-1].argmax(1)
    return index


def _mean(precision: Floats, recall: Floats) -> float:
    reached = np.searchsorted(recall, RECALLS, side="left")
    return float(np.append(precision, 0.0)[reached].mean())
