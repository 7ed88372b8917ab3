"""Gives channels that never fire another chance, without changing what the others compute.

Idea: a rectified channel whose input is always negative gets no gradient and stays dead. It is given fresh weights,
centred on what it sees so that it fires on about half of it, and nobody listens to it at first, as when Net2Net grows
a network (Chen et al., 2015). Invariant: outputs stay what they were but for the dead channels' own tiny share.
"""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from app.algorithms.vision.networks.style_encoder import Vgg

SILENT = 1e-3  # of the layer's mean activation


def revive(encoder: Vgg, projections: Sequence[nn.Module], x: Tensor, random: np.random.Generator) -> int:
    """How many channels were dead on pictures `x` (n, 3, h, w); `projections` read the first layer of each block."""
    names = list(encoder.convolutions)
    readers = dict(zip((name for name in names if name.endswith("_1")), projections, strict=True))
    before, count = (x - encoder.mean) / encoder.deviation, 0
    with torch.no_grad():
        features = encoder(x)
        for name, following in zip(names, [*names[1:], ""], strict=True):
            means = features[f"relu{name}"].mean((0, 2, 3))  # (c)
            dead = torch.nonzero(means < SILENT * means.mean()).flatten()
            _refresh(encoder.convolutions[name], dead, before.mean((0, 2, 3)), random)
            for reader in (encoder.convolutions[following] if following else None, readers.get(name)):
                if isinstance(reader, nn.Conv2d):
                    reader.weight[:, dead] = 0
            before, count = features[f"relu{name}"], count + len(dead)
    return count


def _refresh(layer: nn.Module, dead: Tensor, seen: Tensor, random: np.random.Generator) -> None:
    assert isinstance(layer, nn.Conv2d) and layer.bias is not None
    spread = float(np.sqrt(2 / layer.weight[0].numel()))
    fresh = random.normal(0, spread, (len(dead), *layer.weight.shape[1:])).astype(np.float32)
    layer.weight[dead] = torch.from_numpy(fresh)
    layer.bias[dead] = -(layer.weight[dead].sum((2, 3)) @ seen)
