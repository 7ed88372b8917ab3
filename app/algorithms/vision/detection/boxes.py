"""Boxes: two ways to write them, how much two of them share, and how a network moves one.

Boxes are corners (x0, y0, x1, y1) unless a name says centres (centre x, centre y, width, height); all in pixels.
"""

import torch
from torch import Tensor

# Offsets are divided by these, so that a network's numbers for them are of size one (Liu et al., 2016).
VARIANCES = (0.1, 0.1, 0.2, 0.2)
LONGEST_LOG = 4.0  # a prediction may grow an anchor fifty-fold at most; e to a wild number would be infinite


def corners(centres: Tensor) -> Tensor:
    """Centre, width and height to x0 y0 x1 y1: (…, 4) to (…, 4)."""
    middle, half = centres[..., :2], centres[..., 2:] / 2
    return torch.cat([middle - half, middle + half], -1)


def centres(corners: Tensor) -> Tensor:
    """x0 y0 x1 y1 to centre, width and height: (…, 4) to (…, 4)."""
    start, end = corners[..., :2], corners[..., 2:]
    return torch.cat([(start + end) / 2, end - start], -1)


def area(boxes: Tensor) -> Tensor:
    """Square pixels: (…, 4) to (…)."""
    return (boxes[..., 2:] - boxes[..., :2]).clamp_min(0).prod(-1)


def iou(boxes: Tensor, others: Tensor) -> Tensor:
    """Intersection over union of every box with every other: (n, 4), (m, 4) to (n, m); 0 where both are empty."""
    shared, union = _overlap(boxes[:, None], others)
    return shared / union.clamp_min(1e-9)


def paired_iou(boxes: Tensor, others: Tensor) -> Tensor:
    """Intersection over union of pairs: (n, 4), (n, 4) to (n); 0 where both are empty."""
    shared, union = _overlap(boxes, others)
    return shared / union.clamp_min(1e-9)


def generalised_iou(boxes: Tensor, others: Tensor) -> Tensor:
    """IoU of pairs, less the share of their common frame that neither covers: (n, 4), (n, 4) to (n), from -1 to 1.

    Unlike IoU it tells boxes that do not touch which way to go. Source: Rezatofighi et al. (2019).
    """
    shared, union = _overlap(boxes, others)
    start, end = torch.minimum(boxes[..., :2], others[..., :2]), torch.maximum(boxes[..., 2:], others[..., 2:])
    frame = (end - start).prod(-1)
    return shared / union.clamp_min(1e-9) - (frame - union) / frame.clamp_min(1e-9)


def moved(anchors: Tensor, offsets: Tensor) -> Tensor:
    """Anchors (a, 4) as centres, moved and stretched by offsets (…, a, 4): corners (…, a, 4)."""
    variances = offsets.new_tensor(VARIANCES)
    step = offsets * variances
    middle = anchors[:, :2] + step[..., :2] * anchors[:, 2:]
    side = anchors[:, 2:] * step[..., 2:].clamp(max=LONGEST_LOG).exp()
    return corners(torch.cat([middle, side], -1))


def offsets(anchors: Tensor, boxes: Tensor) -> Tensor:
    """The offsets that move anchors (a, 4), centres, onto boxes (a, 4), corners: (a, 4). Reverse of `moved`."""
    wanted = centres(boxes)
    middle = (wanted[:, :2] - anchors[:, :2]) / anchors[:, 2:]
    side = (wanted[:, 2:] / anchors[:, 2:]).clamp_min(1e-6).log()
    return torch.cat([middle, side], -1) / boxes.new_tensor(VARIANCES)


def _overlap(boxes: Tensor, others: Tensor) -> tuple[Tensor, Tensor]:
    start, end = torch.maximum(boxes[..., :2], others[..., :2]), torch.minimum(boxes[..., 2:], others[..., 2:])
    shared = (end - start).clamp_min(0).prod(-1)
    return shared, area(boxes) + area(others) - shared
