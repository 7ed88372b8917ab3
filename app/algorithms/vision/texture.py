"""Texture synthesis: a picture made from a style's statistics alone, like a swatch of the painter's hand.

Source: Gatys, Ecker, Bethge, “Texture Synthesis Using Convolutional Neural Networks” (2015). Idea: noise is optimised
until its features have the style's Gram matrices. Where things were in the painting is in none of them, so it cannot
come back. Departs from the paper: coarse to fine, and the channels' means are matched beside their Gram matrices, since
a Gram matrix cannot tell a strong mean from a strong deviation, and the picture turns to grey mud. Invariant: the same
style, numbers and seed give the same picture on the same machine.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from app.algorithms.vision import devices
from app.algorithms.vision.bounds import check
from app.algorithms.vision.catalogue import load_style_encoder
from app.algorithms.vision.descent import Iterate, descend
from app.algorithms.vision.encoders import Network
from app.algorithms.vision.ladder import SMALLEST, ladder
from app.algorithms.vision.losses import shares, style_loss, total_variation
from app.algorithms.vision.opening import noise
from app.algorithms.vision.options import SEEDS, SIZES, STEPS
from app.algorithms.vision.styles import Style

# The paper weighs all layers alike; more weight on colours and strokes keeps the encoder's blind spots out of them.
LAYERS = {"relu1_1": 4.0, "relu2_1": 2.0, "relu3_1": 1.0, "relu4_1": 1.0, "relu5_1": 1.0}
MEANS = 2.0
SMOOTHNESS = 1.0


@dataclass(frozen=True)
class Swatch:
    """What a rung's picture, (h, w) of `shape`, is pulled towards. Its losses are shares of the style's own power."""

    network: Network
    grams: Mapping[str, Tensor]  # (c, c) a layer
    means: Mapping[str, Tensor]  # (c) a layer
    shape: torch.Size

    def losses(self, x: Tensor) -> dict[str, Tensor]:
        """Of each layer's Gram matrix, then `style`, `means`, and `total`, which is made of these two."""
        features, weights = self.network(x, LAYERS), shares(LAYERS, x)
        losses = {layer: style_loss(features[layer], self.grams[layer]) for layer in LAYERS}
        means = [_distance(features[layer], self.means[layer]) for layer in LAYERS]
        losses |= {"style": torch.stack(list(losses.values())) @ weights, "means": torch.stack(means) @ weights}
        losses["total"] = losses["style"] + MEANS * losses["means"] + SMOOTHNESS * total_variation(x)
        return losses


def synthesise(
    style: Style, *, size: int = 512, steps: int = 200, seed: int = 0, device: str | None = None
) -> Iterator[Iterate]:
    """A square picture, one iterate a step; the last one's sides are `size` pixels. ValueError names what is wrong.

    The losses are shares of the power of the style's own numbers: 0 is what the painting has itself.
    """
    check("size", size, *SIZES)
    check("steps", steps, *STEPS)
    check("seed", seed, *SEEDS)
    picked = devices.pick(device)
    if picked.type == "cpu":
        devices.leave_one()
    network = load_style_encoder(style.network, picked)
    return optimise(network, style, size=size, steps=steps, seed=seed, device=picked)


def optimise(
    network: Network,
    style: Style,
    *,
    size: int,
    steps: int,
    seed: int,
    device: torch.device,
    smallest: int = SMALLEST,
) -> Iterator[Iterate]:
    """`synthesise` on any network, up the ladder of sizes."""
    rungs = ladder(size, steps, smallest)
    x = noise(torch.Size((rungs[0][0], rungs[0][0])), seed, device)
    return descend(rungs, x, _swatches(network, style, device))


def _swatches(network: Network, style: Style, device: torch.device) -> Callable[[int], Swatch]:
    def swatch(size: int) -> Swatch:
        grams, means = style.grams(size), style.moments(size).means
        grams, means = ({layer: part[layer].to(device) for layer in LAYERS} for part in (grams, means))
        return Swatch(network, grams, means, torch.Size((size, size)))

    return swatch


def _distance(features: Tensor, target: Tensor) -> Tensor:
    """Squared distance of the channels' means, as a share of the target's own power."""
    return (features.mean((0, 2, 3)).float() - target).square().sum() / target.square().sum().clamp_min(1e-8)
