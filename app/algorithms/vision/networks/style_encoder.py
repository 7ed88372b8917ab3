"""The style encoder: a stack of 3x3 convolutions in VGG-19's shape whose layers are read as content and style.

Idea: neighbouring layers see growing patches of a picture, so `relu1_1` … `relu5_1` describe strokes, textures and
motifs. Ours is a quarter as wide as VGG-19 (Simonyan and Zisserman, 2014), hence a sixteenth of the arithmetic; the
same class at full width holds VGG-19's own weights. Pooling takes the average, as Gatys et al. (2016) advise, or the
maximum.
Invariant: the features of a layer do not depend on which other layers were asked for.
"""

from collections.abc import Callable, Collection, Iterator, Sequence

import torch
from torch import Tensor, nn

DEPTHS = (2, 2, 4, 4, 1)
WIDTHS = (16, 32, 64, 128, 128)
VGG19_DEPTHS = (2, 2, 4, 4, 4)
VGG19_WIDTHS = (64, 128, 256, 512, 512)


class Vgg(nn.Module):
    """RGB pictures in 0…1 (n, 3, h, w) to features by layer name; block b: depths[b] layers of widths[b] channels."""

    mean: Tensor
    deviation: Tensor

    def __init__(
        self,
        widths: Sequence[int] = WIDTHS,
        depths: Sequence[int] = DEPTHS,
        *,
        pooling: str = "average",
        mean: Sequence[float] = (0.5, 0.5, 0.5),
        deviation: Sequence[float] = (0.25, 0.25, 0.25),
    ) -> None:
        super().__init__()
        self.pool = pooled(pooling)
        self.register_buffer("mean", torch.tensor(mean).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("deviation", torch.tensor(deviation).view(1, 3, 1, 1), persistent=False)
        self.convolutions = nn.ModuleDict(dict(_convolutions(widths, depths)))

    @property
    def layers(self) -> list[str]:
        """Names of all layers, from the picture upwards."""
        return [f"relu{name}" for name in self.convolutions]

    @property
    def precision(self) -> torch.dtype:
        """The type of the weights; features come in it too."""
        return next(self.parameters()).dtype

    def forward(self, x: Tensor, layers: Collection[str] | None = None) -> dict[str, Tensor]:
        """Features of the layers asked for (all without `layers`); nothing above the highest of them is computed."""
        wanted = set(self.layers if layers is None else layers)
        if unknown := wanted.difference(self.layers):
            raise ValueError(f"This network has no layer {', '.join(sorted(unknown))}.")
        features: dict[str, Tensor] = {}
        x = ((x - self.mean) / self.deviation).to(self.precision)
        for name, convolution in self.convolutions.items():
            if len(features) == len(wanted):
                break
            if name.endswith("_1") and name != "1_1":
                x = halve(x, self.pool)
            x = convolution(x).relu_()  # (n, width, h / 2**block, w / 2**block)
            if f"relu{name}" in wanted:
                features[f"relu{name}"] = x
        return features


def pooled(pooling: str) -> Callable[..., Tensor]:
    """How four pixels become one: their average, or the largest of them."""
    return nn.functional.avg_pool2d if pooling == "average" else nn.functional.max_pool2d


def halve(x: Tensor, pool: Callable[..., Tensor]) -> Tensor:
    """The features (n, c, h, w), half as high and half as wide."""
    # A side of one pixel stays: pictures of any size have features at every layer.
    return pool(x, tuple(min(2, side) for side in x.shape[-2:]))


def _convolutions(widths: Sequence[int], depths: Sequence[int]) -> Iterator[tuple[str, nn.Conv2d]]:
    before = 3
    for block, (width, depth) in enumerate(zip(widths, depths, strict=True), start=1):
        for layer in range(1, depth + 1):
            # The picture's edge is repeated so that a frame of zeros is no feature; inside, zeros cost nothing.
            convolution = nn.Conv2d(before, width, 3, padding=1)
            convolution.padding_mode = "replicate" if (block, layer) == (1, 1) else "zeros"
            yield f"{block}_{layer}", convolution
            before = width
