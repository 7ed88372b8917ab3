"""Matching: which anchor answers for which object, decided before the network has said anything.

Source: Liu et al. (2016), section 2.2. Two rules: every object has the anchor that fits it best, however badly (unless
that anchor fits another object still better); every other anchor answers for the object it fits best, if it fits well
enough and stands near that object's middle. Anchors there that nearly fit are asked nothing. The middle is not in the
paper; as in Tian et al., “FCOS” (2019), it keeps cells from guessing at objects that they hardly see, which is learned
sooner and leaves fewer boxes to suppress.
"""

from typing import NamedTuple

import torch
from torch import Tensor

from app.algorithms.vision.detection.boxes import centres, corners, iou

FITS, NEARLY = 0.4, 0.3
MIDDLE = 0.2  # an anchor's centre may be this share of the object's sides from the object's own
NOTHING, IGNORED = -1, -2


class Matches(NamedTuple):
    """For each anchor: the object it answers for, NOTHING or IGNORED; and the IoU with the object it fits best."""

    objects: Tensor  # (a) int64
    fit: Tensor  # (a)


def match(
    anchors: Tensor,
    boxes: Tensor,
    asked: Tensor | None = None,
    *,
    fits: float = FITS,
    nearly: float = NEARLY,
    middle: float = MIDDLE,
) -> Matches:
    """Anchors (a, 4) as centres with the objects' boxes (m, 4) as corners; fit is 0 where there is no object.

    Anchors of an object that is not to be asked for, such as a crowd (asked (m) is False there), are asked nothing.
    """
    if not len(boxes):
        nothing = torch.full((len(anchors),), NOTHING, device=anchors.device)
        return Matches(nothing, anchors.new_zeros(len(anchors)))
    shared = iou(corners(anchors), boxes)  # (a, m)
    fit, objects = (shared * _central(anchors, boxes, middle)).max(1)
    objects = torch.where(fit >= fits, objects, torch.where(fit >= nearly, IGNORED, NOTHING))
    objects = _with_best(objects, shared if asked is None else shared * asked)
    if asked is not None:
        objects = torch.where((objects >= 0) & ~asked[objects.clamp_min(0)], IGNORED, objects)
    return Matches(objects, shared.amax(1))


def _central(anchors: Tensor, boxes: Tensor, middle: float) -> Tensor:
    """Whether each anchor stands near the middle of each object: (a, m)."""
    wanted = centres(boxes)
    return ((anchors[:, None, :2] - wanted[:, :2]).abs() <= middle * wanted[:, 2:]).all(-1)


def _with_best(objects: Tensor, shared: Tensor) -> Tensor:
    # Objects of equal best anchor go in order of fit, so that the one that fits it best has it.
    best, anchor = shared.max(0)  # (m)
    order = best.argsort()
    order = order[best[order] > 0]  # a crowd has no anchor of its own
    objects[anchor[order]] = order
    return objects
