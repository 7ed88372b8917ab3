"""The material's YOLOX-Nano as a teacher of detectors: what it sees on a batch of canvases, with all class scores."""

from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from app.algorithms.vision.detection.boxes import corners
from app.algorithms.vision.detection.decode import nms
from app.algorithms.vision.detection.loss import Objects
from app.algorithms.vision.networks.detector import DEVIATION, MEAN, STRIDES
from training.teacher import material

CPU = torch.device("cpu")
FAINTEST, MOST, OVERLAP = 0.05, 200, 0.65


class Yolox:
    """Pictures in 0…1 (n, 3, side, side) to the objects it sees, faint ones too. Its scores are its certainty."""

    def __init__(self, data: Path, device: torch.device = CPU, precision: torch.dtype = torch.float32) -> None:
        self.graph = material(data).YoloxNano().graph
        self.device, self.precision = device, precision
        # The material's reader keeps its weights on the processor.
        self.graph.layers = [tuple(_on(device, part) for part in row) for row in self.graph.layers]

    def __call__(self, x: Tensor) -> list[Objects]:
        return [_objects(*parts) for parts in zip(*self.cells(x), strict=True)]

    @torch.no_grad()
    def cells(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """What each cell of its three grids says: boxes (n, cells, 4) as corners, scores (n, cells, 80)."""
        mean, deviation = (x.new_tensor(numbers).view(1, 3, 1, 1) for numbers in (MEAN, DEVIATION))
        with torch.autocast(x.device.type, self.precision, enabled=self.precision is not torch.float32):
            out = self.graph((x - mean) / deviation).float()  # (n, cells, 85)
        cells, stride = _cells(x.shape[-1], x.device)
        boxes = torch.cat([(out[..., :2] + cells) * stride, out[..., 2:4].exp() * stride], -1)
        return corners(boxes), out[..., 4:5] * out[..., 5:]


def _on(device: torch.device, part: Any) -> Any:
    return part.to(device) if isinstance(part, Tensor) else part


def _cells(side: int, device: torch.device) -> tuple[Tensor, Tensor]:
    """Column and row of every cell (cells, 2), and its grid's stride in pixels (cells, 1)."""
    places, strides = [], []
    for stride in STRIDES:
        steps = torch.arange(side // stride, device=device)
        places.append(torch.cartesian_prod(steps, steps).flip(1))
        strides.append(torch.full((len(places[-1]), 1), stride, device=device))
    return torch.cat(places), torch.cat(strides)


def _objects(boxes: Tensor, classes: Tensor) -> Objects:
    """The cells that see something, one for each object: boxes (cells, 4), classes (cells, 80)."""
    certainty, label = classes.max(1)
    best = certainty.topk(min(MOST, len(certainty))).indices
    best = best[certainty[best] > FAINTEST]
    kept = best[nms(boxes[best], certainty[best], OVERLAP, label[best])]
    return Objects(boxes[kept], classes[kept], torch.ones_like(kept, dtype=torch.bool))
