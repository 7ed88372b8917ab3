"""The steps on the way to a detector, as small heads on its trunk: what is there, the largest object, sixteen anchors.

They read the coarsest maps of a square picture, which see most of it. Source: the order of lessons 8 and 9 of Howard's
Practical Deep Learning for Coders, part 2 (2018); trained on the finished detector's trunk, which they do not change.
"""

from typing import NamedTuple

import torch
from torch import Tensor, nn

from app.algorithms.vision.networks.detector import LEVEL_WIDTHS, Raw, convolution

WIDTH = LEVEL_WIDTHS[-1]
GRID = 4


class Staged(NamedTuple):
    """What the three heads say of n pictures."""

    presence: Tensor  # (n, classes) logits: sigmoid makes them scores
    largest_box: Tensor  # (n, 4) x0 y0 x1 y1 as shares of the picture
    largest_class: Tensor  # (n, classes) logits: softmax makes them probabilities
    sixteen: Raw  # offsets (n, 16, 4) and logits (n, 16, classes)


class Stages(nn.Module):
    """The trunk's coarsest maps (n, 256, h, w) to the answers of all three."""

    def __init__(self, classes: int) -> None:
        super().__init__()
        self.presence = Presence(classes)
        self.largest = Largest(classes)
        self.sixteen = Sixteen(classes)

    def forward(self, maps: Tensor) -> Staged:
        box, label = self.largest(maps)
        return Staged(self.presence(maps), box, label, self.sixteen(maps))


class Presence(nn.Module):
    """What is in the picture: the maximum of each feature over all places, then a layer a class."""

    def __init__(self, classes: int) -> None:
        super().__init__()
        self.widen = convolution(WIDTH, WIDTH)
        self.logits = nn.Linear(WIDTH, classes)

    def forward(self, maps: Tensor) -> Tensor:
        return self.logits(self.widen(maps).amax((2, 3)))  # type: ignore[no-any-return]


class Largest(nn.Module):
    """The largest object's box and class by one head: the maps as they are, for places must not be averaged away."""

    SIDE, NARROW, HIDDEN = 7, 32, 192

    def __init__(self, classes: int) -> None:
        super().__init__()
        self.narrow = convolution(WIDTH, self.NARROW)
        self.head = nn.Sequential(
            nn.Flatten(),
            nn.Linear(self.NARROW * self.SIDE**2, self.HIDDEN),
            nn.ReLU(),
            nn.Dropout(0.3),
            nn.Linear(self.HIDDEN, 4 + classes),
        )

    def forward(self, maps: Tensor) -> tuple[Tensor, Tensor]:
        answer = self.head(nn.functional.adaptive_avg_pool2d(self.narrow(maps), self.SIDE))
        return answer[:, :4].sigmoid(), answer[:, 4:]


class Sixteen(nn.Module):
    """One anchor on each cell of a 4 × 4 grid, as large as the cell: sixteen questions of the kind above at once."""

    MIDDLE = 96

    def __init__(self, classes: int) -> None:
        super().__init__()
        self.enter = nn.Sequential(convolution(WIDTH, self.MIDDLE), convolution(self.MIDDLE, self.MIDDLE, 3))
        self.offsets = nn.Conv2d(self.MIDDLE, 4, 1)
        self.logits = nn.Conv2d(self.MIDDLE, classes, 1)
        nn.init.constant_(self.logits.bias, -4.0)  # type: ignore[arg-type]

    def forward(self, maps: Tensor) -> Raw:
        x = self.enter(nn.functional.adaptive_avg_pool2d(maps, GRID))
        return Raw(*(part(x).flatten(2).transpose(1, 2) for part in (self.offsets, self.logits)))  # (n, 16, …)


def sixteen_anchors(side: int) -> Tensor:
    """Centre x, centre y, width and height of the 4 × 4 cells of a picture of `side` pixels: (16, 4)."""
    middle = (torch.arange(GRID) + 0.5) * side / GRID
    y, x = torch.meshgrid(middle, middle, indexing="ij")
    return torch.stack([x, y, torch.full_like(x, side / GRID), torch.full_like(x, side / GRID)], -1).flatten(0, 1)
