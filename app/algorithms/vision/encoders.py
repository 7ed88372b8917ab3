"""The networks whose features style transfer can be asked of, by name: trained ones, and three that know nothing.

`random` has the style encoder's shape and random weights (He, Wang, Hopcroft, “A Powerful Generative Model Using Random
Weights”, 2016); `residual` is as wide and as random, with shortcuts; `smoothed` is `residual` read through a softmax
(Wang, Li, Vasconcelos, “Rethinking and Improving the Robustness of Image Style Transfer”, 2021).
"""

import copy
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from pathlib import Path

import torch
from torch import Tensor

from app.algorithms.vision import devices
from app.algorithms.vision.catalogue import DOWNLOADED, STYLE_ENCODERS, load_style_encoder
from app.algorithms.vision.networks.residual import Residual
from app.algorithms.vision.networks.style_encoder import Vgg, pooled
from app.algorithms.vision.networks.untrained import randomised

# A network: features by layer name of pictures (n, 3, h, w) in 0…1.
Network = Callable[[Tensor, Collection[str]], Mapping[str, Tensor]]
UNTRAINED = {"random": Vgg, "residual": Residual, "smoothed": Residual}
TEMPERATURE = 5.0
NAMES = (*STYLE_ENCODERS, *UNTRAINED)


def encoder(name: str, device: torch.device, *, pooling: str | None = None, models: Path = DOWNLOADED) -> Network:
    """The network of this name, frozen, on `device` in its best precision; None is its own way of pooling.

    ValueError where there is none of this name, or where its file is missing or wrong.
    """
    if name not in NAMES:
        raise ValueError(f"There is no network “{name}”; there are {', '.join(NAMES)}.")
    if name in UNTRAINED:
        made: Vgg | Residual = _untrained(UNTRAINED[name], device, devices.precision(device))
    else:
        made = load_style_encoder(name, device, models)
    if pooling:
        made = copy.copy(made)  # the weights are shared
        made.pool = pooled(pooling)
    return Smoothed(made) if name == "smoothed" else made


class Smoothed:
    """A network whose features are read through a softmax over all channels and places.

    Source: Wang, Li, Vasconcelos (2021): shortcuts let a few features stand far above all others, and a Gram matrix,
    being of squares, sees little else.
    """

    def __init__(self, network: Network) -> None:
        self.network = network

    def __call__(self, x: Tensor, layers: Collection[str]) -> dict[str, Tensor]:
        return {layer: smoothed(features) for layer, features in self.network(x, layers).items()}


def smoothed(features: Tensor) -> Tensor:
    """The softmax of each picture's features (n, c, h, w), times their number: one on average, in float32."""
    # In float32, since they differ little from one. The paper has no temperature; here, where features are of size
    # one, its softmax makes peaks where there were none, and noise of the picture.
    cooled = features.float() / TEMPERATURE
    raised = (cooled - cooled.detach().amax()).exp()
    return raised / raised.mean((1, 2, 3), keepdim=True)


@lru_cache(maxsize=4)
def _untrained(kind: type[Vgg] | type[Residual], device: torch.device, precision: torch.dtype) -> Vgg | Residual:
    made = randomised(kind()).requires_grad_(False).to(device, precision)
    return made.to(memory_format=torch.channels_last)  # type: ignore[call-overload, no-any-return]
