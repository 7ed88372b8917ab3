"""Pictures as tensors and back, and tensors of other sizes."""

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional


def tensor(image: Image.Image, device: torch.device) -> Tensor:
    """A picture as (1, 3, h, w) in 0…1."""
    pixels = torch.from_numpy(np.array(image.convert("RGB"))).to(device)  # (h, w, 3)
    return channels_last(pixels.permute(2, 0, 1)[None].float() / 255)


def picture(x: Tensor) -> Image.Image:
    """The reverse of `tensor`."""
    pixels = (x.detach()[0] * 255).round().clamp(0, 255).byte().permute(1, 2, 0)
    return Image.fromarray(pixels.cpu().numpy())


def resized(x: Tensor, shape: torch.Size) -> Tensor:
    """The tensor (n, c, h, w) with height and width of `shape`."""
    # Three channels are resized twice as fast where they lie apart.
    return channels_last(functional.interpolate(x.contiguous(), tuple(shape), mode="bicubic", align_corners=False))


def channels_last(x: Tensor) -> Tensor:
    """The same numbers in the order in memory that the networks are fastest with."""
    return x.contiguous(memory_format=torch.channels_last)
