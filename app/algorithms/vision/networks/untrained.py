"""Networks that were never trained: random weights, scaled so that every layer's features are of size one.

Source: He, Wang, Hopcroft, “A Powerful Generative Model Using Random Weights for the Deep Image Representation” (2016).
Idea: what a picture's neighbourhoods have in common can be told by any filters, if none of them drowns the others.
Invariant: the same network is made every time.
"""

from typing import Any, TypeVar

import torch
from torch import Tensor, nn

SEED = 2016
SIDE = 128

Made = TypeVar("Made", bound=nn.Module)


def randomised(network: Made, seed: int = SEED) -> Made:
    """The network, with orthogonal weights and no biases, each layer scaled by what it makes of one drawn picture."""
    chance = torch.Generator().manual_seed(seed)
    hooks = []
    for layer in network.modules():
        if isinstance(layer, nn.Conv2d | nn.Linear):
            nn.init.orthogonal_(layer.weight, generator=chance)
            if layer.bias is not None:
                nn.init.zeros_(layer.bias)
            hooks.append(layer.register_forward_hook(_scale))
    with torch.no_grad():
        network(drawn(chance))
    for hook in hooks:
        hook.remove()
    return network


def drawn(chance: torch.Generator, side: int = SIDE) -> Tensor:
    """A picture (1, 3, side, side) in 0…1 of soft coloured noise, as much of every size as photographs have."""
    x = torch.zeros(1, 3, side, side)
    for octave in range(2, side.bit_length()):
        noise = torch.randn((1, 3, 2**octave, 2**octave), generator=chance)
        x += nn.functional.interpolate(noise, (side, side), mode="bicubic", align_corners=False)
    return (0.5 + 0.25 * x / x.std()).clamp(0, 1)


def _scale(layer: nn.Module, _inputs: Any, made: Tensor) -> Tensor:
    size = made.relu().square().mean().sqrt()
    layer.get_parameter("weight").div_(size)
    return made / size
