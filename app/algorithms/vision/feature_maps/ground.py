"""What is drawn on, at every size: grey, or a photograph that is pushed.

Idea: as Mordvintsev, Olah, Tyka, “Inceptionism” (2015), what grows from size to size is not the picture but what was
done to it, so that a photograph keeps the fine detail that its small copies have lost.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional

from app.algorithms.vision.images import fit
from app.algorithms.vision.pixels import resized, tensor

CONTRAST = 0.1  # of the noise on grey: without something to climb from, a channel stays silent
FAINT = 0.01  # of the noise on a photograph, so that seeds differ and yet none of it is seen


@dataclass(frozen=True)
class Ground:
    """Grey and square, or a photograph with its own proportions."""

    device: torch.device
    photograph: Image.Image | None = None

    def at(self, size: int) -> Tensor:
        """The ground (1, 3, h, w) with its longest side at `size` pixels."""
        if self.photograph is None:
            return torch.full((1, 3, size, size), 0.5, device=self.device)
        return tensor(fit(self.photograph, size), self.device)

    def begun(self, pictures: int, size: int, seed: int) -> Tensor:
        """The ground with noise (n, 3, h, w), another one for each picture, in 0…1."""
        ground = self.at(size)
        noise = torch.randn((pictures, *ground.shape[1:]), generator=torch.Generator().manual_seed(seed))
        return (ground + (FAINT if self.photograph else CONTRAST) * noise.to(self.device)).clamp(0, 1)

    def grown(self, x: Tensor, before: int, size: int, radius: float) -> Tensor:
        """The pictures x, made on the ground at `before` pixels, on that at `size`; what was done to it is blurred."""
        ground = self.at(size)
        changes = resized(x - self.at(before), ground.shape[-2:])
        return (ground + blurred(changes, radius)).clamp(0, 1)


def blurred(x: Tensor, radius: float) -> Tensor:
    """The pictures (n, 3, h, w) under a Gaussian of this deviation in pixels; their edges are repeated."""
    if radius == 0:
        return x
    reach = round(3 * radius) + 1
    weights = torch.exp(-(torch.arange(-reach, reach + 1) / radius).square() / 2).to(x)
    kernel = (weights / weights.sum()).expand(3, 1, -1)
    x = functional.pad(x, (reach,) * 4, mode="replicate")
    x = functional.conv2d(x, kernel[:, :, None], groups=3)
    return functional.conv2d(x, kernel[..., None], groups=3)
