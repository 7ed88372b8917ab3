"""A small picture made large with the detail of another, so that what is coarse is refined first and nothing is lost.

Source: the Laplacian pyramid, Burt and Adelson (1983). Idea: what one pass painted finely is put aside while the coarse
is changed at a small size, where that is cheap, and put back on the way up.
"""

from functools import lru_cache

import torch
from PIL import Image
from torch import Tensor

from app.algorithms.vision.pixels import channels_last, resized, tensor


class Detail:
    """What a picture has at each size that it has not at smaller ones."""

    def __init__(self, whole: Image.Image, device: torch.device) -> None:
        self.whole, self.device = whole, device
        self.shape = torch.Size((whole.height, whole.width))
        self.between = lru_cache(maxsize=2)(self._between)

    def enlarge(self, x: Tensor, shape: torch.Size) -> Tensor:
        """The picture (1, 3, h, w) with height and width of `shape`, and the whole one's detail in what that adds."""
        if x.shape[-2:] == shape:
            return x
        return channels_last((resized(x, shape) + self.between(x.shape[-2:], shape)).clamp(0, 1))

    def _between(self, small: torch.Size, large: torch.Size) -> Tensor:
        return self._at(large) - resized(self._at(small), large)

    def _at(self, shape: torch.Size) -> Tensor:
        return tensor(self.whole.resize((shape[1], shape[0]), Image.Resampling.LANCZOS), self.device)
