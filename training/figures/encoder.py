"""What the style encoder sees: Gram matrices of two styles, and the patterns that its channels look for."""

from copy import deepcopy

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional

from app.algorithms.vision.catalogue import load_style_encoder
from app.algorithms.vision.losses import gram
from app.algorithms.vision.networks.style_encoder import Vgg
from app.algorithms.vision.pixels import picture, tensor
from training.figures.pen import Pen
from training.photographs import CROPS, photograph
from training.styles import canvas, style

CPU = torch.device("cpu")
HEAT = [(0.0, "#1c1830"), (0.3, "#2f4d86"), (0.6, "#6fb7c6"), (0.85, "#f0d98a"), (1.0, "#fff6dc")]
TILES, ROUNDS, STEPS = 4, 4, 20
LAYER = "relu4_1"


def gram_tables() -> Image.Image:
    """Swirls and woodcut, each beside the cosines of its Gram matrix at relu3_1, coloured by their rank in both."""
    pen = Pen(1240, 326)
    network = _encoder()
    cosines = np.stack([_cosines(network, style(name)) for name in ("swirls", "woodcut")])
    ranks = (cosines.ravel().argsort().argsort() / cosines.size).reshape(cosines.shape)
    # One order for both: at one end the features that belong together in the first style, at the other in the second.
    order = np.linalg.eigh(ranks[0] - ranks[1])[1][:, -1].argsort()
    for place, (name, matrix) in enumerate(zip(("swirls", "woodcut"), ranks, strict=True)):
        left = 16 + 612 * place
        pen.paste(style(name), (left, 16, left + 294, 310))
        table = canvas.picture(canvas.ramp(matrix[order][:, order], HEAT)).resize((588, 588), Image.Resampling.NEAREST)
        pen.paste(table, (left + 306, 16, left + 600, 310))
    return pen.finished(0)


def tiles() -> Image.Image:
    """The pictures that excite sixteen channels of one layer most, four by four."""
    pen = Pen(640, 640)
    network = _encoder()
    for place, channel in enumerate(_lively(network)[: 3 * TILES**2 : 3]):
        left, top = 48 + 138 * (place % TILES), 48 + 138 * (place // TILES)
        pen.paste(_looked_for(network, channel), (left, top, left + 130, top + 130))
    return pen.finished(0)


def _encoder() -> Vgg:
    return deepcopy(load_style_encoder("style-encoder", CPU)).float()


def _cosines(network: Vgg, image: Image.Image) -> canvas.Array:
    with torch.no_grad():
        matrix = gram(network(tensor(image, CPU), ["relu3_1"])["relu3_1"]).numpy().astype(np.float64)
    loudness = np.sqrt(np.diag(matrix)).clip(1e-6)
    return np.asarray(matrix / loudness[:, None] / loudness)


def _lively(network: Vgg) -> list[int]:
    """The layer's channels, those first that fire most on our photographs."""
    with torch.no_grad():
        fired = [network(tensor(photograph(name), CPU), [LAYER])[LAYER].mean((0, 2, 3)) for name in CROPS]
    return [int(channel) for channel in torch.stack(fired).mean(0).argsort(descending=True)]


def _looked_for(network: Vgg, channel: int) -> Image.Image:
    """Gradient ascent from noise on one channel, on a picture that grows (Graetz, 2019), is shaken and is smoothed."""
    noise = torch.Generator().manual_seed(channel)
    x, side = 0.5 + 0.08 * torch.randn(1, 3, 64, 64, generator=noise), 64
    for _ in range(ROUNDS):
        x = functional.interpolate(x, (side, side), mode="bicubic").clamp(0, 1).requires_grad_()
        adam = torch.optim.Adam([x], lr=0.04)
        for _ in range(STEPS):
            shift = torch.randint(-6, 7, (2,), generator=noise).tolist()
            features = network(_smooth(x).roll(shift, (2, 3)), [LAYER])[LAYER][0]
            # The channel's share of the layer: its mean alone would only make the picture loud.
            dullness = (features.mean() + 1e-3).log() - (features[channel].mean() + 1e-3).log()
            adam.zero_grad()
            dullness.backward()
            adam.step()
        x, side = x.detach(), round(side * 1.2)
    return picture(_smooth(x).clamp(0, 1))


def _smooth(x: Tensor) -> Tensor:
    return functional.avg_pool2d(functional.pad(x, (1, 1, 1, 1), mode="replicate"), 3, 1)
