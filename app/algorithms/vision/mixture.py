"""Several styles as one: their Gram matrices and their moments, mixed by weights.

Idea: a Gram matrix holds second raw moments, and those of a picture that is half one style and half another are the
mean of both; so styles mix as numbers do. Source of the mean of moments: Huang and Belongie (2017).
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

import torch
from PIL import Image
from torch import Tensor

from app.algorithms.vision.encoders import Network
from app.algorithms.vision.images import fit
from app.algorithms.vision.losses import STYLE_LAYERS, gram
from app.algorithms.vision.moments import Moments, ratios
from app.algorithms.vision.pixels import tensor


class Statistics(Protocol):
    """A style that need not be a picture: all that style transfer asks of one."""

    @property
    def name(self) -> str: ...

    @property
    def network(self) -> str:
        """The name of the network whose features were counted; its pooling was its own."""

    def grams(self, size: int) -> Mapping[str, Tensor]:
        """Gram matrices (c, c) of STYLE_LAYERS by name, of this style on `size` pixels along the longest side."""

    def moments(self, size: int) -> Moments:
        """The channels' means and deviations (c) by layer, of this style at that size."""


Source = Image.Image | Statistics
Mixture = Sequence[tuple[Source, float]]  # styles with their weights, of which only the ratios count


def mixture(style: Source | Mixture) -> Mixture:
    """A style alone, or several with their weights, as several."""
    return style if isinstance(style, Sequence) else [(style, 1.0)]


def grams(network: Network, styles: Mixture, size: int, device: torch.device) -> dict[str, Tensor]:
    """The mixture's Gram matrices (c, c) by layer, on `size` pixels along each style's longest side."""
    each = [_grams(network, style, size, device) for style, _ in styles]
    shares = ratios([weight for _, weight in styles])
    if len(each) == 1:
        return each[0]
    return {
        layer: torch.stack([share * own[layer] for own, share in zip(each, shares, strict=True)]).sum(0)
        for layer in STYLE_LAYERS
    }


def _grams(network: Network, style: Source, size: int, device: torch.device) -> dict[str, Tensor]:
    if not isinstance(style, Image.Image):
        return {layer: matrix.to(device) for layer, matrix in style.grams(size).items()}
    with torch.no_grad():
        painted = network(tensor(fit(style, size), device), STYLE_LAYERS)
        return {layer: gram(painted[layer].float()) for layer in STYLE_LAYERS}
