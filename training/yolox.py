"""The material's YOLOX-Nano as a teacher of detectors: what it sees on a batch of canvases, with all class scores."""

from pathlib import Path

import torch
from torch import Tensor

from app.algorithms.vision.detection.boxes import corners
from app.algorithms.vision.detection.decode import nms
from app.algorithms.vision.detection.loss import Objects
from app.algorithms.vision.networks.detector import DEVIATION, MEAN
from training.teacher import material

FAINTEST, MOST, OVERLAP = 0.05, 200, 0.65


class Yolox:
    """Pictures in 0…1 (n, 3, side, side) to the objects it sees, faint ones too. Its scores are its certainty."""

    def __init__(self, data: Path, precision: torch.dtype = torch.float32) -> None:
        self.network = material(data).YoloxNano()
        self.precision = precision

    @torch.no_grad()
    def __call__(self, x: Tensor) -> list[Objects]:
        mean, deviation = (x.new_tensor(numbers).view(1, 3, 1, 1) for numbers in (MEAN, DEVIATION))
        with torch.autocast(x.device.type, self.precision, enabled=self.precision is not torch.float32):
            out = self.network.raw((x - mean) / deviation).float()  # (n, cells, 85)
        return [_objects(corners(cells[:, :4]), cells[:, 4:5] * cells[:, 5:]) for cells in out]


def _objects(boxes: Tensor, classes: Tensor) -> Objects:
    """The cells that see something, one for each object: boxes (cells, 4), classes (cells, 80)."""
    certainty, label = classes.max(1)
    best = certainty.topk(MOST).indices
    best = best[certainty[best] > FAINTEST]
    kept = best[nms(boxes[best], certainty[best], OVERLAP, label[best])]
    return Objects(boxes[kept], classes[kept])
