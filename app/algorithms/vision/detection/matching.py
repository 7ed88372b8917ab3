"""Matching: which anchor answers for which object, decided before the network has said anything.

Source: Liu et al. (2016), section 2.2. Two rules: every object has the anchor that fits it best, however badly; every
other anchor answers for the object it fits best, if it fits well enough. Anchors that nearly fit are asked nothing.
"""

from typing import NamedTuple

import torch
from torch import Tensor

from app.algorithms.vision.detection.boxes import corners, iou

FITS, NEARLY = 0.5, 0.4
NOTHING, IGNORED = -1, -2


class Matches(NamedTuple):
    """For each anchor: the object it answers for, NOTHING or IGNORED; and the IoU with the object it fits best."""

    objects: Tensor  # (a) int64
    fit: Tensor  # (a)


def match(anchors: Tensor, boxes: Tensor, *, fits: float = FITS, nearly: float = NEARLY) -> Matches:
    """Anchors (a, 4) as centres with the objects' boxes (m, 4) as corners."""
    if not len(boxes):
        return Matches(torch.full((len(anchors),), NOTHING), anchors.new_zeros(len(anchors)))
    shared = iou(corners(anchors), boxes)  # (a, m)
    fit, objects = shared.max(1)
    objects = torch.where(fit >= fits, objects, torch.where(fit >= nearly, IGNORED, NOTHING))
    return Matches(_with_best(objects, shared), fit)


def _with_best(objects: Tensor, shared: Tensor) -> Tensor:
    # Objects of equal best anchor go in order of fit, so that the one that fits it best has it.
    best, anchor = shared.max(0)  # (m)
    order = best.argsort()
    objects[anchor[order]] = order
    return objects
