"""A style as one pass needs it: the mean and the deviation of every channel in each layer that is read.

Source: Huang, Belongie, “Arbitrary Style Transfer in Real-Time with Adaptive Instance Normalization” (2017). Idea: what
a layer's channels are on average, and how far they stray from it, says most of how a picture is painted; so a style is
a few hundred numbers, and styles are mixed as numbers are. Invariant: deviations are never negative.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

# What the style decoder reads, from the picture upwards.
LAYERS = ("relu1_1", "relu2_1", "relu3_1", "relu4_1")
# A channel that hardly fires in the content would be blown up into noise, were it divided by less than this.
FLOOR = 0.1


@dataclass(frozen=True)
class Moments:
    """Of each layer by name the channels' means and deviations over all pixels, (c) or (n, c), float32."""

    means: Mapping[str, Tensor]
    deviations: Mapping[str, Tensor]


def moments(features: Mapping[str, Tensor], layers: Collection[str] = LAYERS) -> Moments:
    """Moments of every picture's features (n, c, h, w), one row (n, c) a picture; one pixel deviates by nothing."""
    pairs = {layer: _mean_and_variance(features[layer]) for layer in layers}
    # The clamp keeps training alive: a root's slope at nought is infinite.
    return Moments(
        {layer: mean[..., 0, 0] for layer, (mean, _) in pairs.items()},
        {layer: variance[..., 0, 0].clamp_min(1e-12).sqrt() for layer, (_, variance) in pairs.items()},
    )


def adain(content: Tensor, mean: Tensor, deviation: Tensor) -> Tensor:
    """Adaptive instance normalisation: the features (n, c, h, w) with these means and deviations, (c) or (n, c).

    Source: Huang and Belongie (2017), equation 8. Departs from it where a channel deviates by less than `FLOOR`.
    """
    own, variance = _mean_and_variance(content)
    scale = deviation[..., None, None] / variance.clamp_min(FLOOR**2).sqrt()
    shift = mean[..., None, None] - own * scale
    return content * scale.to(content.dtype) + shift.to(content.dtype)


def mixed(styles: Sequence[Moments], weights: Iterable[float]) -> Moments:
    """The weighted mean of several styles; ValueError unless there is one weight a style, none negative, some above 0.

    Only the weights' ratios count. Since `adain` is linear in both moments, this mixes the normalised features as well.
    """
    given = list(weights)
    if not styles or len(given) != len(styles):
        raise ValueError(f"A mix needs one weight for each of its styles, not {len(given)} for {len(styles)}.")
    shares = ratios(given)
    return Moments(
        _weighted([style.means for style in styles], shares), _weighted([style.deviations for style in styles], shares)
    )


def ratios(weights: Sequence[float]) -> list[float]:
    """The weights as shares of their sum; ValueError unless none is negative and some are above 0."""
    # Read as “all is well unless”, so that a weight that is no number is refused too.
    if not (all(0 <= weight < float("inf") for weight in weights) and sum(weights) > 0):
        raise ValueError("The weights of a mix must be numbers from 0 upwards, and at least one of them more than 0.")
    return [weight / sum(weights) for weight in weights]


def _mean_and_variance(x: Tensor) -> tuple[Tensor, Tensor]:
    # torch.var_mean takes three to five times as long where the channels lie last.
    x = x.float()
    mean = x.mean((2, 3), keepdim=True)  # (n, c, 1, 1)
    return mean, (x - mean).square().mean((2, 3), keepdim=True)


def _weighted(values: Sequence[Mapping[str, Tensor]], shares: Sequence[float]) -> dict[str, Tensor]:
    layers = [layer for layer in values[0] if all(layer in value for value in values)]
    pairs = list(zip(values, shares, strict=True))
    return {layer: sum((share * value[layer] for value, share in pairs), torch.zeros(())) for layer in layers}
