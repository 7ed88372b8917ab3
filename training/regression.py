"""Where the detector's last layers start: at the linear map that best predicts what the teacher says, cell by cell.

The towers begin with features of the teacher's, so what a cell shows is nearly a linear question of them. Least squares
on the training canvases answers it in a minute, for classes that hardly appear there too: even “certainly no
toothbrush” says in which direction toothbrushes lie. All of a cell's anchors start with the same classes and each with
its own way to the teacher's box; which of them fits is left to the training.
"""

from collections.abc import Iterable

import torch
from torch import Tensor

from app.algorithms.vision.detection.anchors import PER_CELL, anchors
from app.algorithms.vision.detection.boxes import offsets
from app.algorithms.vision.networks.detector import STRIDES, TOWER, Head, SingleShot

FAINTEST = 1e-3  # whether a score is this or less makes no difference
NOTHING_COUNTS = 0.002  # weight of a cell that shows nothing against one that surely shows something
RIDGE = 1e-3


def solve(network: SingleShot, batches: Iterable[tuple[Tensor, Tensor, Tensor]]) -> None:
    """Set the layers of offsets and class scores.

    Batches are pictures (n, 3, side, side) in 0…1 with what the teacher says of all cells of the three grids: boxes
    (n, cells, 4) as corners and scores (n, cells, classes).
    """
    sums = [_Sums(network.classes) for _ in STRIDES]
    with torch.no_grad():
        for x, boxes, scores in batches:
            _add(sums, network, x, boxes, scores)
        for head, each in zip(network.heads, sums, strict=True):
            assert isinstance(head, Head)
            _set(head, each)


class _Sums:
    """The normal equations of one grid's two maps."""

    def __init__(self, classes: int) -> None:
        self.seen: dict[str, Tensor] = {}
        self.said: dict[str, Tensor] = {}
        for name, inputs, outputs in (("logits", 2 * TOWER + 1, classes), ("offsets", TOWER + 1, PER_CELL * 4)):
            self.seen[name] = torch.zeros(inputs, inputs, dtype=torch.float64)
            self.said[name] = torch.zeros(inputs, outputs, dtype=torch.float64)

    def add(self, name: str, features: Tensor, wanted: Tensor, weights: Tensor) -> None:
        """Features (cells, inputs - 1), what they should give (cells, outputs), how much each counts (cells)."""
        rows = torch.cat([features, torch.ones(len(features), 1)], 1).double()
        weighed = rows * weights[:, None].double()
        self.seen[name] += weighed.T @ rows
        self.said[name] += weighed.T @ wanted.double()

    def solution(self, name: str) -> Tensor:
        """Weights and, as the last column, biases: (outputs, inputs)."""
        ridge = RIDGE * self.seen[name].diagonal().mean() * torch.eye(len(self.seen[name]), dtype=torch.float64)
        solution: Tensor = torch.linalg.solve(self.seen[name] + ridge, self.said[name])
        return solution.T.float()


def _add(sums: list[_Sums], network: SingleShot, x: Tensor, boxes: Tensor, scores: Tensor) -> None:
    side = x.shape[-1]
    counts = [(side // stride) ** 2 for stride in STRIDES]
    standing = anchors(side, side).split([count * PER_CELL for count in counts])
    parts = zip(boxes.split(counts, 1), scores.split(counts, 1), standing, strict=True)
    for each, head, level, (box, score, anchor) in zip(sums, network.heads, network.trunk(x), parts, strict=True):
        assert isinstance(head, Head)
        what, where = (_rows(tower) for tower in head.towers(level))
        said = score.flatten(0, 1).clamp(FAINTEST, 1 - FAINTEST)  # (n · cells, classes)
        sure = said.amax(1)
        each.add("logits", torch.cat([what, where], 1), said.logit(), sure + NOTHING_COUNTS)
        moves = [_moves(anchor, picture) for picture in box]
        each.add("offsets", where, torch.cat(moves), sure)


def _moves(standing: Tensor, boxes: Tensor) -> Tensor:
    """What moves each of a cell's anchors onto its box: (cells, anchors per cell · 4)."""
    return offsets(standing, boxes.repeat_interleave(PER_CELL, 0)).view(len(boxes), -1)


def _rows(x: Tensor) -> Tensor:
    return x.float().permute(0, 2, 3, 1).flatten(0, 2)


def _set(head: Head, sums: _Sums) -> None:
    classes, moves = sums.solution("logits").repeat(PER_CELL, 1), sums.solution("offsets")
    for layer, values in ((head.logits, classes), (head.offsets, moves)):
        layer.weight.copy_(values[:, :-1, None, None])
        layer.bias.copy_(values[:, -1])  # type: ignore[union-attr]
