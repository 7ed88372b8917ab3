"""Decoding: from what the network says of every anchor to a short list of boxes.

Only anchor and class pairs above the threshold are looked at, and at most CANDIDATES of them. Then non-maximum
suppression within each class. Invariant: the boxes kept are those that greedy suppression keeps.
"""

import torch
from torch import Tensor

from app.algorithms.vision.detection.boxes import iou, moved
from app.algorithms.vision.networks.detector import logit

CANDIDATES = 1000
OVERLAP = 0.6


def nms(boxes: Tensor, scores: Tensor, overlap: float, labels: Tensor | None = None) -> Tensor:
    """Indices of the boxes kept, best first: each drops those that overlap it by more than `overlap`.

    boxes (n, 4), scores (n), result int64 (kept); with labels (n) only boxes of the same label drop each other. All
    pairs at once: a box is dropped if a better one that is itself kept overlaps it; starting from “all are kept”,
    asking again settles box by box from the best down.
    """
    order = scores.argsort(descending=True, stable=True)
    drops = iou(boxes[order], boxes[order]).gt(overlap).triu(1)  # (n, n): row drops column
    if labels is not None:
        drops &= labels[order, None] == labels[order]
    kept = torch.ones(len(order), dtype=torch.bool, device=order.device)
    while True:
        settled = ~drops[kept].any(0)
        if torch.equal(settled, kept):
            return order[kept]
        kept = settled


def decode(
    anchors: Tensor, offsets: Tensor, logits: Tensor, *, threshold: float, overlap: float = OVERLAP, most: int = 100
) -> tuple[Tensor, Tensor, Tensor]:
    """Boxes (k, 4) as corners, scores (k) and labels (k) of one picture, best first, at most `most`.

    anchors (a, 4) as centres, offsets (a, 4), logits (a, classes).
    """
    anchor, label = torch.where(logits > logit(threshold))
    scores = logits[anchor, label].float().sigmoid()
    if len(scores) > CANDIDATES:
        scores, best = scores.topk(CANDIDATES)
        anchor, label = anchor[best], label[best]
    boxes = moved(anchors[anchor], offsets[anchor].float())
    kept = nms(boxes, scores, overlap, label)[:most]
    return boxes[kept], scores[kept], label[kept]
