"""The loss: how wrong every anchor's class scores are, and how far the boxes of the matched ones are off.

Nearly all anchors rightly say “nothing”; the focal loss turns such easy answers down. Source: Lin et al., “Focal Loss
for Dense Object Detection” (2017); for targets between 0 and 1, and scores that know how well their box is placed:
Li et al., “Generalized Focal Loss” (2020).
"""

from dataclasses import dataclass
from itertools import accumulate

import torch
from torch import Tensor
from torch.nn import functional

from app.algorithms.vision.detection.boxes import generalised_iou, moved, paired_iou
from app.algorithms.vision.detection.matching import NOTHING, Matches
from app.algorithms.vision.networks.detector import Raw, logit

# A million scores a picture say “nothing” with this little doubt or less; looking at each would double a step's time.
FAINT = 0.005


@dataclass(frozen=True)
class Objects:
    """What is in one picture: boxes in pixels and what is known of their classes, 1 for certain, less for a guess."""

    boxes: Tensor  # (m, 4) corners
    classes: Tensor  # (m, classes) in 0…1
    asked: Tensor  # (m) bool: False for crowds and for what is too difficult to ask for

    @property
    def certainty(self) -> Tensor:
        """The highest class score of each object: (m)."""
        return self.classes.amax(1)


def focal_loss(logits: Tensor, targets: Tensor, gamma: float = 2.0) -> Tensor:
    """Cross-entropy of scores with targets in 0…1, weighed by |target - score|**gamma: shape as given."""
    error = (targets - logits.sigmoid()).abs()
    return error**gamma * functional.binary_cross_entropy_with_logits(logits, targets, reduction="none")


def detection_loss(
    raw: Raw, anchors: Tensor, objects: list[Objects], matches: list[Matches], *, by_quality: bool = False
) -> dict[str, Tensor]:
    """Losses `classes` and `boxes` of a batch, each a sum over anchors as a share of the certainty matched.

    `by_quality` asks each anchor for a score no higher than the IoU of its moved box with the object, so that of the
    many anchors that find it the best placed one has the highest score, and suppression keeps that one.
    """
    owner = torch.stack([matched.objects for matched in matches])  # (n, a)
    picture, anchor = torch.where(owner >= 0)
    place = [0, *accumulate(len(seen.boxes) for seen in objects)]  # where each picture's objects begin in the batch
    object_ = owner[picture, anchor] + owner.new_tensor(place)[picture]
    classes = torch.cat([seen.classes for seen in objects])[object_]  # (matched, classes)
    boxes = torch.cat([seen.boxes for seen in objects])[object_]  # (matched, 4)
    certainty = classes.amax(1)
    all_certainty = certainty.sum().clamp_min(1)
    found = moved(anchors[anchor], raw.offsets[picture, anchor].float())
    apart = (1 - generalised_iou(found, boxes)) * certainty
    if by_quality:
        classes = classes * paired_iou(found.detach(), boxes)[:, None]
    wrong = focal_loss(raw.logits[picture, anchor].float(), classes).sum() + _false_alarms(raw.logits, owner)
    return {"classes": wrong / all_certainty, "boxes": apart.sum() / all_certainty}


def _false_alarms(logits: Tensor, owner: Tensor) -> Tensor:
    """The focal loss of all anchors that answer for nothing (n, a, classes), where they say more than FAINT."""
    loud = logits[(logits.detach() > logit(FAINT)) & (owner == NOTHING)[..., None]].float()
    return focal_loss(loud, torch.zeros_like(loud)).sum()
