"""Which style goes where: areas of the picture that a mask tells apart.

Source: Gatys et al., “Controlling Perceptual Factors in Neural Style Transfer” (2017), spatial control with guided Gram
matrices. Idea: a Gram matrix is a mean over places, so a region's is a mean weighted by how much each place belongs to
it. Departs from the paper: a region's loss counts by its area, so that a small one is not painted harder.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional

from app.algorithms.vision.mixture import Mixture

# In what stays the photograph its content counts that much more, so that what is painted around it does not show.
KEPT = 10.0
LEAST = 1e-3  # share of the picture that is a region at all


@dataclass(frozen=True)
class Region:
    """An area (1, 1, h, w), 1 where it is and 0 where it is not, and its style; no area is all of the picture."""

    styles: Mixture
    area: Tensor | None = None

    @property
    def share(self) -> float:
        """Of the picture's area."""
        return 1.0 if self.area is None else self.area.mean().item()

    def weights(self, features: Mapping[str, Tensor]) -> dict[str, Tensor | None]:
        """How much each place of these features counts, by layer: one on average."""
        if self.area is None:
            return dict.fromkeys(features)
        areas = {
            layer: functional.interpolate(self.area, tuple(x.shape[-2:]), mode="area") for layer, x in features.items()
        }
        return {layer: (area / area.mean()).to(features[layer].device) for layer, area in areas.items()}


def regions(styles: Mixture, inside: Mixture | None, mask: Image.Image | None, shape: torch.Size) -> list[Region]:
    """The regions of a picture (h, w) of `shape`: `styles` outside the mask's white, `inside` in it where it is given.

    Regions that hardly are there are left out, so that there may be none.
    """
    if mask is None:
        return [Region(styles)]
    white = area(mask, shape)
    found = [Region(styles, 1 - white), *([Region(inside, white)] if inside else [])]
    return [region for region in found if region.share > LEAST]


def area(mask: Image.Image, shape: torch.Size) -> Tensor:
    """The mask's white as (1, 1, h, w) in 0…1."""
    grey = mask.convert("L").resize((shape[1], shape[0]), Image.Resampling.BILINEAR)
    pixels = torch.frombuffer(bytearray(grey.tobytes()), dtype=torch.uint8)
    return pixels.view(1, 1, *shape).float() / 255


def kept(mask: Image.Image, shape: torch.Size) -> Tensor:
    """How much the content of each place counts (1, 1, h, w), where the mask's white stays the photograph."""
    weights = 1 + (KEPT - 1) * area(mask, shape)
    return weights / weights.mean()
