"""Decoding: from what the network says of every anchor to a short list of boxes.

Only anchor and class pairs above the threshold are looked at, and at most CANDIDATES of them. Then non-maximum
suppression: `nms` drops what overlaps a better box, `soft_nms` only lowers its score. Invariants: candidates come best
first, of equal scores the earlier anchor, then the earlier label; everything after that is float32 arithmetic written
out operation by operation, so that a browser with the same candidates comes to the same bits.
"""

from typing import NamedTuple

import torch
from torch import Tensor

from app.algorithms.vision.detection.boxes import iou, moved
from app.algorithms.vision.networks.detector import logit

CANDIDATES = 1000
LOWEST = (
    0.05  # candidates are gathered down to here, whatever is asked for, so that all thresholds above see the same bits
)
OVERLAP = 0.6
SUPPRESSIONS = ("classes", "all", "soft")  # within each class, across classes, Gaussian within each class
TERMS = 9  # of the exponential's series, as far as float64 can tell for overlaps of 0.05 and more


class Candidates(NamedTuple):
    """Anchor and class pairs worth a look, best first."""

    boxes: Tensor  # (n, 4) corners, moved
    scores: Tensor  # (n) in 0…1
    labels: Tensor  # (n) int64
    anchors: Tensor  # (n) int64
    logits: Tensor  # (n)


def decode(
    anchors: Tensor,
    offsets: Tensor,
    logits: Tensor,
    *,
    threshold: float,
    overlap: float = OVERLAP,
    most: int = 100,
    suppression: str = "classes",
    smallest: float = 0.0,
) -> tuple[Tensor, Tensor, Tensor]:
    """Boxes (k, 4) as corners, scores (k) and labels (k) of one picture, best first, at most `most`.

    anchors (a, 4) as centres, offsets (a, 4), logits (a, classes); the rest as for `suppress`.
    """
    found = candidates(anchors, offsets, logits, min(threshold, LOWEST))
    kept, scores = suppress(
        found, threshold=threshold, overlap=overlap, most=most, suppression=suppression, smallest=smallest
    )
    return found.boxes[kept], scores, found.labels[kept]


def candidates(anchors: Tensor, offsets: Tensor, logits: Tensor, least: float = LOWEST) -> Candidates:
    """The at most CANDIDATES best pairs whose score is above `least`."""
    # Nearly all anchors say nothing of any class: these are passed over first, in a third of the time.
    near = torch.where(logits.amax(1) > logit(least))[0]
    place, label = torch.where(logits[near] > logit(least))
    anchor = near[place]
    said = logits[anchor, label].float()
    scores, order = said.sigmoid().sort(descending=True, stable=True)
    best = order[:CANDIDATES]
    anchor, label = anchor[best], label[best]
    boxes = moved(anchors[anchor], offsets[anchor].float())
    return Candidates(boxes, scores[:CANDIDATES], label, anchor, said[best])


def suppress(
    found: Candidates,
    *,
    threshold: float,
    overlap: float = OVERLAP,
    most: int = 100,
    suppression: str = "classes",
    smallest: float = 0.0,
) -> tuple[Tensor, Tensor]:
    """Places (k) of the candidates kept and their scores (k), best first; ValueError for another `suppression`.

    Boxes whose longer side is below `smallest` are left out last: a filter takes away, it does not bring back what the
    small had dropped. `suppression` is one of SUPPRESSIONS; the soft one takes `overlap` as its Gaussian's variance.
    """
    if suppression not in SUPPRESSIONS:
        raise ValueError(f"The suppression can be {', '.join(SUPPRESSIONS)}, not {suppression}.")
    count = int((found.scores > _single(threshold)).sum())  # best first, so these are the first ones
    boxes, scores, labels = found.boxes[:count], found.scores[:count], found.labels[:count]
    if suppression == "soft":
        kept, scores = soft_nms(boxes, scores, overlap, labels, threshold)
    else:
        kept = nms(boxes, scores, overlap, labels if suppression == "classes" else None)
        scores = scores[kept]
    large = ((boxes[kept, 2:] - boxes[kept, :2]).amax(-1) >= _single(smallest)).nonzero()[:most, 0]
    return kept[large], scores[large]


def nms(boxes: Tensor, scores: Tensor, overlap: float, labels: Tensor | None = None) -> Tensor:
    """Indices of the boxes kept, best first: each drops those that overlap it by more than `overlap`.

    boxes (n, 4), scores (n), result int64 (kept); with labels (n) only boxes of the same label drop each other. All
    pairs at once: a box is dropped if a better one that is itself kept overlaps it; starting from “all are kept”,
    asking again settles box by box from the best down.
    """
    order = scores.argsort(descending=True, stable=True)
    drops = iou(boxes[order], boxes[order]).gt(_single(overlap)).triu(1)  # (n, n): row drops column
    if labels is not None:
        drops &= labels[order, None] == labels[order]
    kept = torch.ones(len(order), dtype=torch.bool, device=order.device)
    while True:
        settled = ~drops[kept].any(0)
        if torch.equal(settled, kept):
            return order[kept]
        kept = settled


def soft_nms(
    boxes: Tensor, scores: Tensor, variance: float, labels: Tensor | None = None, threshold: float = 0.0
) -> tuple[Tensor, Tensor]:
    """Indices and lowered scores of the boxes kept, best first: each lowers those that overlap it, by how much they do.

    A score falls by e to -IoU² / variance, and a box is dropped when it falls to the threshold; with labels (n) only
    boxes of the same label lower each other. Source: Bodla et al., “Soft-NMS” (2017), Gaussian, one class at a time.
    """
    scores, waiting = scores.clone(), scores > _single(threshold)
    kept: list[int] = []
    while waiting.any():
        best = int(torch.where(waiting, scores, -1).argmax())  # the first of equal ones
        kept.append(best)
        waiting[best] = False
        near = waiting if labels is None else waiting & (labels == labels[best])
        lowered = (scores[near].double() * _gaussian(iou(boxes[best : best + 1], boxes[near])[0], variance)).float()
        scores[near] = lowered
        waiting &= scores > _single(threshold)
    places = torch.tensor(kept, dtype=torch.int64, device=scores.device)
    return places, scores[places]


def _gaussian(overlaps: Tensor, variance: float) -> Tensor:
    """e to -IoU² / variance in float64, in sums and products alone: no two libraries' exp agree on the last bit."""
    x = overlaps.double()
    part = x * x / variance / -256
    power = torch.ones_like(part)
    for term in range(TERMS, 0, -1):
        power = power * part / term + 1
    for _ in range(8):
        power = power * power
    return power


def _single(value: float) -> float:
    """A number as float32 has it, for comparison: 3 / 5 is not more than 0.6."""
    return float(torch.tensor(value, dtype=torch.float32))
