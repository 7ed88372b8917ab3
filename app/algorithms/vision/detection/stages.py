"""The posts' earlier stages for one picture: what is in it, where its largest object is, what sixteen anchors find."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import torch
from PIL import Image
from torch import Tensor

from app.algorithms.vision import devices
from app.algorithms.vision.catalogue import Weights, checked, weights
from app.algorithms.vision.detection.decode import OVERLAP, decode
from app.algorithms.vision.detection.detector import Detection, Detector, named, prepared, stored, upright
from app.algorithms.vision.networks.detector import Raw, Trunk
from app.algorithms.vision.networks.stages import Stages, sixteen_anchors

SIZE = 416  # of the square that the heads were trained on


@dataclass(frozen=True)
class Staging:
    """The answers of all three stages to one picture."""

    presence: dict[str, float]  # score in 0…1 of every class
    largest: Detection
    sixteen: list[Detection]  # best first
    answers: Raw  # what each of the sixteen says: offsets (16, 4) and logits (16, classes)
    scale: float  # pixels of the square of SIZE for one of the picture


class StagedDetector:
    """The stages' heads on a detector's trunk."""

    def __init__(self, trunk: Trunk, stages: Stages, classes: tuple[str, ...], device: torch.device) -> None:
        self.trunk, self.stages, self.classes, self.device = trunk, stages.eval(), classes, device

    @staticmethod
    def load(device: str | None = None) -> StagedDetector:
        """The heads that ship, on the trunk of the detector that ships; ValueError where a file is wrong."""
        picked = devices.pick(device)
        detector = Detector.load(device)
        stages, classes = _load(weights("detector-stages"), picked)
        return StagedDetector(detector.network.trunk, stages, classes, picked)

    def look(self, image: Image.Image, *, threshold: float = 0.3, overlap: float = OVERLAP) -> Staging:
        """All three answers; of the sixteen anchors those above `threshold`, suppressed within each class."""
        image = upright(image)
        x, scale = prepared(image, SIZE, square=True)
        with torch.inference_mode():
            staged = self.stages(self.trunk(x.to(self.device).float() / 255)[-1])
        score, label = staged.largest_class.float().softmax(1).max(1)
        largest = _within(staged.largest_box.float() * SIZE, image.size, scale), score, label
        standing = sixteen_anchors(SIZE).to(self.device)
        answers = Raw(*(part[0].float() for part in staged.sixteen))
        sixteen = decode(standing, *answers, threshold=threshold, overlap=overlap)
        return Staging(
            dict(zip(self.classes, staged.presence[0].float().sigmoid().tolist(), strict=True)),
            named(largest, self.classes, image.size, scale)[0],
            named(sixteen, self.classes, image.size, scale),
            answers,
            scale,
        )


def _within(boxes: Tensor, size: tuple[int, int], scale: float) -> Tensor:
    """Boxes (n, 4), with a pixel at least in a picture of this width and height.

    This head always gives one box. Of a panorama it may lie in the grey below, or have its edges the wrong way round.
    """
    start = torch.minimum(boxes[:, :2], torch.tensor(size, device=boxes.device) * scale - scale).clamp_min(0)
    return torch.cat([start, torch.maximum(boxes[:, 2:], start + scale)], 1)


@lru_cache(maxsize=2)
def _load(entry: Weights, device: torch.device) -> tuple[Stages, tuple[str, ...]]:
    values, classes = stored(checked(entry))
    stages = Stages(len(classes))
    stages.load_state_dict(values)
    return stages.requires_grad_(False).to(device), classes
