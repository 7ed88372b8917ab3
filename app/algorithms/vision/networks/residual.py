"""A network with shortcuts, as wide as the style encoder and with layers of the same names and sizes.

Source: He, Zhang, Ren, Sun, “Deep Residual Learning for Image Recognition” (2016): the blocks of ResNet-18. Idea: it
differs from the style encoder in nothing but the shortcuts, so that what they do to style can be seen.
"""

from collections.abc import Collection
from itertools import pairwise

import torch
from torch import Tensor, nn

from app.algorithms.vision.networks.style_encoder import WIDTHS, halve, pooled

BLOCKS = 2


class Residual(nn.Module):
    """RGB pictures in 0…1 (n, 3, h, w) to features of `relu1_1` … `relu5_1`, what each stage ends with."""

    def __init__(self, *, pooling: str = "average") -> None:
        super().__init__()
        self.pool = pooled(pooling)
        self.stem = nn.Conv2d(3, WIDTHS[0], 3, padding=1, padding_mode="replicate")
        self.stages = nn.ModuleList(
            nn.Sequential(Block(before, after), *(Block(after, after) for _ in range(BLOCKS - 1)))
            for before, after in pairwise(WIDTHS)
        )

    def forward(self, x: Tensor, layers: Collection[str] | None = None) -> dict[str, Tensor]:
        """Features of the layers asked for (all without `layers`); nothing above the highest of them is computed."""
        names = [f"relu{stage}_1" for stage in range(1, len(WIDTHS) + 1)]
        wanted = set(names if layers is None else layers)
        if unknown := wanted.difference(names):
            raise ValueError(f"This network has no layer {', '.join(sorted(unknown))}.")
        x = self.stem(((x - 0.5) / 0.25).to(self.stem.weight.dtype)).relu_()
        features = {names[0]: x}
        for name, stage in zip(names[1:], self.stages, strict=True):
            if wanted <= features.keys():
                break
            features[name] = x = stage(halve(x, self.pool))
        return {name: features[name] for name in features if name in wanted}


class Block(nn.Module):
    """Two convolutions, and a shortcut past both."""

    def __init__(self, before: int, after: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(before, after, 3, padding=1)
        self.second = nn.Conv2d(after, after, 3, padding=1)
        self.past = nn.Conv2d(before, after, 1) if before != after else nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        return torch.relu(self.past(x) + self.second(self.first(x).relu()))
