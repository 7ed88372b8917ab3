"""The loss of a style transfer on one rung: how far a picture is from the photograph's content and the style's hand.

Losses are shares: of the photograph's content, and of the style that the photograph lacks, so 1 is what the photograph
itself would have of each. Invariant: measuring a picture changes nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from app.algorithms.vision.encoders import Network
from app.algorithms.vision.images import fit
from app.algorithms.vision.losses import STYLE_LAYERS, content_loss, shares, style_loss, total_variation
from app.algorithms.vision.mixture import grams
from app.algorithms.vision.options import Options
from app.algorithms.vision.pixels import tensor
from app.algorithms.vision.regions import Region, kept, regions
from app.algorithms.vision.scene import Scene

SMOOTHNESS = 5.0


@dataclass(frozen=True)
class Pull:
    """One region's style, and how much of it the photograph lacks there in each layer."""

    grams: Mapping[str, Tensor]  # (c, c) a layer
    lack: Mapping[str, Tensor]
    weights: Mapping[str, Tensor | None]  # (1, 1, h, w) a layer
    share: float

    def loss(self, layer: str, features: Tensor) -> Tensor:
        """As a share of what the photograph lacks, and of the picture's area."""
        distance = style_loss(features, self.grams[layer], self.weights[layer])
        return distance * (self.share / self.lack[layer])


@dataclass(frozen=True)
class Transfer:
    """What a rung's picture is pulled towards, under the options as they are when it is measured."""

    network: Network
    content: Tensor  # features (1, c, h, w) of the photograph
    counts: Tensor | None  # how much the content of each of their places counts (1, 1, h, w)
    pulls: list[Pull]
    shape: torch.Size
    options: Callable[[], Options]

    def losses(self, x: Tensor) -> dict[str, Tensor]:
        """Of the five style layers, then `style`, `content`, `smoothness` and the `total` of these three."""
        options = self.options()
        features = self.network(x, {*STYLE_LAYERS, options.content_layer})
        losses = {layer: self._style(layer, features[layer]) for layer in STYLE_LAYERS}
        weights = shares(STYLE_LAYERS, x) * x.new_tensor(options.layers)
        losses["style"] = torch.stack(list(losses.values())) @ weights
        losses["content"] = content_loss(features[options.content_layer].float(), self.content, self.counts)
        losses["smoothness"] = SMOOTHNESS * total_variation(x)
        losses["total"] = _total(losses, options)
        return losses

    def _style(self, layer: str, features: Tensor) -> Tensor:
        return sum((pull.loss(layer, features) for pull in self.pulls), features.new_zeros((), dtype=torch.float32))


def transfer(
    network: Network, scene: Scene, size: int, options: Callable[[], Options], device: torch.device
) -> Transfer:
    """The objective of a picture of the scene whose longest side is `size` pixels."""
    x, chosen = tensor(fit(scene.content, size), device), options()
    shape, stroke = x.shape[-2:], max(1, round(size * chosen.scale))
    with torch.no_grad():
        own = network(x, {*STYLE_LAYERS, chosen.content_layer})
        layers = {layer: own[layer] for layer in STYLE_LAYERS}
        pulls = [
            _pull(region, layers, grams(network, region.styles, stroke, device))
            for region in regions(scene.styles, scene.inside, scene.mask, shape)
        ]
    content, counts = own[chosen.content_layer].float(), None
    if scene.mask is not None and scene.inside is None:
        counts = functional.interpolate(kept(scene.mask, shape), tuple(content.shape[-2:]), mode="area").to(device)
    return Transfer(network, content, counts, pulls, shape, options)


def _pull(region: Region, own: Mapping[str, Tensor], wanted: Mapping[str, Tensor]) -> Pull:
    weights = region.weights(own)
    lack = {layer: style_loss(own[layer].float(), wanted[layer], weights[layer]).clamp_min(0.02) for layer in own}
    return Pull(wanted, lack, weights, region.share)


def _total(losses: Mapping[str, Tensor], options: Options) -> Tensor:
    total = options.smoothness * losses["smoothness"]
    if options.goal != "style":
        total = total + losses["content"]
    if options.goal != "content":
        total = total + 10 ** (4 * options.strength - 1) * losses["style"]
    return total
