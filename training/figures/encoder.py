"""What the style encoder sees: Gram matrices of two styles."""

from copy import deepcopy

import numpy as np
import torch
from PIL import Image

from app.algorithms.vision.catalogue import load_style_encoder
from app.algorithms.vision.losses import gram
from app.algorithms.vision.networks.style_encoder import Vgg
from app.algorithms.vision.pixels import tensor
from training.figures.pen import Pen
from training.styles import canvas, style

CPU = torch.device("cpu")
HEAT = [(0.0, "#1c1830"), (0.3, "#2f4d86"), (0.6, "#6fb7c6"), (0.85, "#f0d98a"), (1.0, "#fff6dc")]


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


def _encoder() -> Vgg:
    return deepcopy(load_style_encoder("style-encoder", CPU)).float()


def _cosines(network: Vgg, image: Image.Image) -> canvas.Array:
    with torch.no_grad():
        matrix = gram(network(tensor(image, CPU), ["relu3_1"])["relu3_1"]).numpy().astype(np.float64)
    loudness = np.sqrt(np.diag(matrix)).clip(1e-6)
    return np.asarray(matrix / loudness[:, None] / loudness)
