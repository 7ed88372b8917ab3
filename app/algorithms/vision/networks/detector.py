"""The detector's architecture: a trunk of depthwise convolutions, a pyramid on it, and SSD's heads on each level.

Idea: the trunk halves the picture five times; the pyramid carries what its deep layers understand back to the fine
grids and the fine grids' edges down again, so that each of three grids (strides 8, 16, 32) knows both. On every cell
of every grid two towers end in one convolution for the anchors' offsets and one for their class scores.
Sources: single shot, anchors: Liu et al., “SSD” (2016); trunk and pyramid have the shape of YOLOX-Nano (Ge et al.,
2021), so that training can start from its features. Invariant: anchors come grid by grid, row by row, cell by cell.
"""

from collections.abc import Iterator
from typing import NamedTuple

import torch
from torch import Tensor, nn

STRIDES = (8, 16, 32)
LEVEL_WIDTHS = (64, 128, 256)
TOWER = 64
MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
PRIOR = 0.004  # what an untrained anchor says of every class, so that the first steps are not spent on saying “nothing”


class Raw(NamedTuple):
    """What the network says of every anchor."""

    offsets: Tensor  # (n, a, 4): centre and log size, see boxes.moved
    logits: Tensor  # (n, a, classes): sigmoid makes them scores


class SingleShot(nn.Module):
    """RGB pictures in 0…1 (n, 3, h, w), sides multiples of 32, to offsets and class scores of all anchors."""

    def __init__(self, classes: int, anchors_per_cell: int) -> None:
        super().__init__()
        self.classes = classes
        self.trunk = Trunk()
        self.heads = nn.ModuleList(Head(width, classes, anchors_per_cell) for width in LEVEL_WIDTHS)

    def forward(self, x: Tensor) -> Raw:
        parts = [head(level) for head, level in zip(self.heads, self.trunk(x), strict=True)]
        return Raw(*(torch.cat(part, 1) for part in zip(*parts, strict=True)))


class Head(nn.Module):
    """One grid's feature maps (n, width, h, w) to offsets (n, h · w · anchors, 4) and logits (…, classes)."""

    def __init__(self, width: int, classes: int, anchors_per_cell: int) -> None:
        super().__init__()
        self.enter = convolution(width, TOWER)
        self.what = nn.Sequential(separable(TOWER, TOWER), separable(TOWER, TOWER))
        self.where = nn.Sequential(separable(TOWER, TOWER), separable(TOWER, TOWER))
        # Which anchor fits is a question of shape, so the class scores are read from both towers.
        self.logits = nn.Conv2d(2 * TOWER, anchors_per_cell * classes, 1)
        self.offsets = nn.Conv2d(TOWER, anchors_per_cell * 4, 1)
        nn.init.normal_(self.logits.weight, std=0.01)
        nn.init.constant_(self.logits.bias, logit(PRIOR))  # type: ignore[arg-type]
        self.classes = classes

    def forward(self, level: Tensor) -> tuple[Tensor, Tensor]:
        what, where = self.towers(level)
        logits = self.logits(torch.cat([what, where], 1))
        return _by_anchor(self.offsets(where), 4), _by_anchor(logits, self.classes)

    def towers(self, level: Tensor) -> tuple[Tensor, Tensor]:
        """What the last convolutions read, twice (n, 64, h, w): what there is, and where."""
        entered = self.enter(level)
        return self.what(entered), self.where(entered)


class Trunk(nn.Module):
    """RGB pictures in 0…1 to feature maps of 64, 128 and 256 channels at strides 8, 16 and 32."""

    mean: Tensor
    deviation: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("mean", torch.tensor(MEAN).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("deviation", torch.tensor(DEVIATION).view(1, 3, 1, 1), persistent=False)
        self.stem = convolution(12, 16, 3)
        self.stage2 = nn.Sequential(separable(16, 32, 2), CrossStage(32, 32, 1))
        self.stage3 = nn.Sequential(separable(32, 64, 2), CrossStage(64, 64, 3))
        self.stage4 = nn.Sequential(separable(64, 128, 2), CrossStage(128, 128, 3))
        self.stage5 = nn.Sequential(
            separable(128, 256, 2), SpatialPyramid(256), CrossStage(256, 256, 1, residual=False)
        )
        self.lateral5 = convolution(256, 128)
        self.up4 = CrossStage(256, 128, 1, residual=False)
        self.lateral4 = convolution(128, 64)
        self.up3 = CrossStage(128, 64, 1, residual=False)
        self.down3 = separable(64, 64, 2)
        self.out4 = CrossStage(128, 128, 1, residual=False)
        self.down4 = separable(128, 128, 2)
        self.out5 = CrossStage(256, 256, 1, residual=False)

    @property
    def precision(self) -> torch.dtype:
        """The type of the weights."""
        return next(self.parameters()).dtype

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        maps = dict(self.opened(x))
        return maps["level3"], maps["level4"], maps["level5"]

    def opened(self, x: Tensor) -> Iterator[tuple[str, Tensor]]:
        """Every stage's maps by name, from the picture upwards; what is not asked for is not computed."""
        x = ((x - self.mean) / self.deviation).to(self.precision)
        yield "stem", (stem := self.stem(_fold(x)))
        yield "stage2", (stage2 := self.stage2(stem))
        yield "stage3", (stage3 := self.stage3(stage2))
        yield "stage4", (stage4 := self.stage4(stage3))
        yield "stage5", (stage5 := self.stage5(stage4))
        lateral5 = self.lateral5(stage5)
        lateral4 = self.lateral4(self.up4(torch.cat([_double(lateral5), stage4], 1)))
        yield "level3", (level3 := self.up3(torch.cat([_double(lateral4), stage3], 1)))
        yield "level4", (level4 := self.out4(torch.cat([self.down3(level3), lateral4], 1)))
        yield "level5", self.out5(torch.cat([self.down4(level4), lateral5], 1))


class CrossStage(nn.Module):
    """Half of the channels pass `depth` bottlenecks, half go past them, and both are merged (Wang et al., 2020)."""

    def __init__(self, before: int, after: int, depth: int, *, residual: bool = True) -> None:
        super().__init__()
        self.through, self.past = convolution(before, after // 2), convolution(before, after // 2)
        self.bottlenecks = nn.Sequential(*(Bottleneck(after // 2, residual) for _ in range(depth)))
        self.merge = convolution(after, after)

    def forward(self, x: Tensor) -> Tensor:
        return self.merge(torch.cat([self.bottlenecks(self.through(x)), self.past(x)], 1))  # type: ignore[no-any-return]


class Bottleneck(nn.Module):
    """A pointwise and a separable convolution, added to what came in if `residual`."""

    def __init__(self, width: int, residual: bool) -> None:
        super().__init__()
        self.layers, self.residual = nn.Sequential(convolution(width, width), separable(width, width)), residual

    def forward(self, x: Tensor) -> Tensor:
        return x + self.layers(x) if self.residual else self.layers(x)  # type: ignore[no-any-return]


class SpatialPyramid(nn.Module):
    """Maxima of ever larger surroundings beside the features themselves (He et al., 2014)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.enter, self.leave = convolution(width, width // 2), convolution(width * 2, width)

    def forward(self, x: Tensor) -> Tensor:
        x = self.enter(x)
        around5 = _maximum5(x)
        around9 = _maximum5(around5)  # a maximum of maxima: 5 and 5 see 9
        return self.leave(torch.cat([x, around5, around9, _maximum5(around9)], 1))  # type: ignore[no-any-return]


def convolution(before: int, after: int, side: int = 1, stride: int = 1, groups: int = 1) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(before, after, side, stride, side // 2, groups=groups), nn.SiLU(inplace=True))


def separable(before: int, after: int, stride: int = 1) -> nn.Sequential:
    """A convolution of each channel alone, then of each pixel alone: a ninth of the arithmetic."""
    return nn.Sequential(convolution(before, before, 3, stride, before), convolution(before, after))


def _fold(x: Tensor) -> Tensor:
    # Four neighbouring pixels become one with twelve channels: a stride of two that loses nothing.
    return torch.cat([x[..., row::2, column::2] for column in (0, 1) for row in (0, 1)], 1)


def _double(x: Tensor) -> Tensor:
    return nn.functional.interpolate(x, scale_factor=2.0, mode="nearest")


def _maximum5(x: Tensor) -> Tensor:
    return nn.functional.max_pool2d(x, 5, 1, 2)


def _by_anchor(x: Tensor, numbers: int) -> Tensor:
    return x.permute(0, 2, 3, 1).reshape(len(x), -1, numbers)  # (n, h · w · anchors, numbers)


def logit(probability: float) -> float:
    """The log-odds that a sigmoid turns into this probability; infinite at 0 and 1."""
    return float(torch.tensor(probability, dtype=torch.float64).logit())
