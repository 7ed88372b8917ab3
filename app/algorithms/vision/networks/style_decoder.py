"""The style decoder: the style encoder's mirror, from normalised features back to a picture, all in one pass.

Idea (Huang and Belongie, 2017): give the content's `relu4_1` the style's means and deviations, and learn to paint what
such features show. Two departures, since our encoder is narrow. The content's `relu3_1` and `relu2_1`, normalised too,
join on the way up, so edges stay crisp; and at every level the decoder's own features take on the style's moments of
that layer, so colours and strokes come from the style rather than from what the decoder was trained on. Enlarging by
interpolation before a convolution leaves no checkerboard (Odena et al., 2016).
Invariant: a picture comes out as large as the one whose features went in.
"""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from app.algorithms.vision.moments import LAYERS, Moments, adain
from app.algorithms.vision.networks.style_encoder import WIDTHS

# Residual blocks by level: most of them where strokes are laid out and pixels are few.
BLOCKS = {"relu4_1": 1, "relu3_1": 2, "relu2_1": 1, "relu1_1": 0}
JOINED = ("relu3_1", "relu2_1")


class StyleDecoder(nn.Module):
    """Features by layer name (n, c, h, w) and a style's moments to RGB pictures in 0…1 (n, 3, h, w)."""

    def __init__(self, widths: Sequence[int] = WIDTHS) -> None:
        super().__init__()
        width = dict(zip(LAYERS, widths[: len(LAYERS)], strict=True))
        deep = width["relu4_1"]
        self.layout = _residuals(deep, BLOCKS["relu4_1"])
        self.levels = nn.ModuleDict()
        for layer in reversed(LAYERS[:-1]):
            joined = width[layer] if layer in JOINED else 0
            self.levels[layer] = Level(deep, joined, width[layer], BLOCKS[layer])
            deep = width[layer]
        self.paint = _convolution(deep, 3)

    @property
    def precision(self) -> torch.dtype:
        """The type of the weights; features must come in it too."""
        return next(self.parameters()).dtype

    def forward(self, features: Mapping[str, Tensor], style: Moments) -> Tensor:
        """The picture, float32; `features` are the content's of every layer in LAYERS."""
        x = self.layout(_normalised(features["relu4_1"], "relu4_1", style))
        for layer, level in self.levels.items():
            content = features[layer]
            joined = [_normalised(content, layer, style)] if layer in JOINED else []
            x = _normalised(level(x, joined, content.shape[-2:]), layer, style)
        return torch.sigmoid(self.paint(x).float())


class Level(nn.Module):
    """Features one block down, and those that join, to this block's size and width."""

    def __init__(self, deep: int, joined: int, width: int, blocks: int) -> None:
        super().__init__()
        self.narrow = _convolution(deep, width)
        self.join = _convolution(width + joined, width)
        self.refine = nn.Sequential(*_residuals(width, blocks), _convolution(width, width))

    def forward(self, x: Tensor, joined: Sequence[Tensor], shape: Sequence[int]) -> Tensor:
        x = functional.interpolate(self.narrow(x).relu(), tuple(shape), mode="bilinear")
        x = self.join(torch.cat([x, *joined], dim=1)).relu()
        return self.refine(x)  # type: ignore[no-any-return]


class Residual(nn.Module):
    """Two convolutions whose outcome is added to what went in."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first, self.second = _convolution(width, width), _convolution(width, width)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.second(self.first(x).relu())  # type: ignore[no-any-return]


def _residuals(width: int, count: int) -> nn.Sequential:
    return nn.Sequential(*(Residual(width) for _ in range(count)))


def _convolution(before: int, after: int) -> nn.Conv2d:
    # Zeros around the picture would be a dark frame in it.
    return nn.Conv2d(before, after, 3, padding=1, padding_mode="replicate")


def _normalised(x: Tensor, layer: str, style: Moments) -> Tensor:
    return adain(x, style.means[layer], style.deviations[layer])
